"""Phoenix and Plug.Router: scopes, resources, live routes, forwards and sockets, with the plugs of their pipelines.

Elixir is not lowered to the syntax tree: routers are tables of calls in `do ... end` blocks, which are read line by line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.observations import Handler
from threat_modeling.codebase.stated import Document, texts
from threat_modeling.model import ControlCategory

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.observations import EntryPointType, Guard, Route
    from threat_modeling.codebase.project import Project

KEYWORDS: Final = (":router", "Phoenix.Router", "Plug.Router", "Phoenix.Endpoint")
MAX_JOINED: Final = 40
"""Lines of one call."""

_HIDDEN: Final = re.compile(r'"""(?s:.*?"""|.*)|("(?:[^"\\\n]|\\.)*")|#[^\n]*')
_TEST: Final = re.compile(r"(?:^|/)(?:test|deps)/|_test\.exs$")
_VERBS: Final = {verb: verb.upper() for verb in ("get", "post", "put", "patch", "delete", "options", "head", "trace", "connect")}
_WORDS: Final = "match|live|live_dashboard|forward|resources|scope|socket|pipeline|pipe_through|plug"
_CALL: Final = re.compile(rf"({'|'.join(_VERBS)}|{_WORDS})\b\s*\(?\s*(.*)$")
_TEXT: Final = re.compile(r'^"((?:[^"\\]|\\.)*)"')
_MODULE: Final = re.compile(r"^\s*defmodule\s+([\w.]+)", re.MULTILINE)
_ACTIONS: Final = (
    ("index", "GET", ""),
    ("new", "GET", "/new"),
    ("create", "POST", ""),
    ("show", "GET", "/:id"),
    ("edit", "GET", "/:id/edit"),
    ("update", "PATCH", "/:id"),
    ("update", "PUT", "/:id"),
    ("delete", "DELETE", "/:id"),
)
_PLUGS: Final = (
    (
        re.compile(r"ensure_?authenticated|require_?(?:auth\w*|login|user|token)|(?:^|_|\.)basic_?auth|authenticate(?:_|$)", re.IGNORECASE),
        ControlCategory.AUTHENTICATION,
    ),
    (re.compile(r"(?:require|ensure)_?(?:admin|role|permission)|authori[sz]e", re.IGNORECASE), ControlCategory.AUTHORIZATION),
    (re.compile(r"protect_from_forgery|put_secure_browser_headers|cors", re.IGNORECASE), ControlCategory.CORS_CSP),
    (re.compile(r"rate_?limit|throttle|hammer", re.IGNORECASE), ControlCategory.RATE_LIMITING),
)


@dataclass(frozen=True)
class _Frame:
    """A `do ... end` block: what stands in front of the paths and modules in it, and what runs before."""

    prefix: str = ""
    module: str = ""
    guards: tuple[Guard, ...] = ()
    dead: bool = False
    """Inside a function or macro, whose calls register nothing by themselves."""
    pipeline: str = ""


@dataclass
class _File:
    document: Document
    frames: list[_Frame] = field(default_factory=lambda: [_Frame()])
    pipelines: dict[str, list[Guard]] = field(default_factory=dict)


def routes(project: Project) -> Iterator[Route]:
    """The routes of all Phoenix and Plug routers of a project."""
    for path, text in texts(project, KEYWORDS, ("elixir",)):
        if not _TEST.search(path):
            yield from _read(_File(Document(project, path, "plug" if "Plug.Router" in text else "phoenix")), text)


def _read(file: _File, text: str) -> Iterator[Route]:
    plain = _HIDDEN.sub(lambda match: match[1] or re.sub(r"[^\n]", " ", match[0]), text)
    for line, number in _calls(plain):
        code = re.sub(r'"(?:[^"\\]|\\.)*"', '""', line)
        opened = len(re.findall(r"\bdo\b(?!:)|\bfn\b", code))
        closed = len(re.findall(r"\bend\b", code))
        frame = file.frames[-1]
        call = _CALL.match(line)
        inner = replace(frame, dead=frame.dead or bool(re.match(r"(?:def|defp|defmacro|quote)\b", line)))
        if call is not None and not frame.dead:
            arguments = _arguments(re.sub(r"\)?\s*(?:\bdo)?\s*$", "", call[2]) if call[2] else "")
            inner = _entered(file, frame, call[1], arguments, number)
            yield from _routes(file, frame, call[1], arguments, number)
        if opened > closed:
            file.frames.extend([inner] * (opened - closed))
        for _ in range(min(closed - opened, len(file.frames) - 1)):
            file.frames.pop()


def _calls(text: str) -> Iterator[tuple[str, int]]:
    """Each line with those that go on with it, and its number."""
    pending, start, count = "", 0, 0
    for number, raw in enumerate(text.split("\n"), 1):
        line = raw.strip()
        if not pending:
            start, count = number, 0
        pending, count = f"{pending} {line}".strip(), count + 1
        unclosed = pending.count("(") + pending.count("[") > pending.count(")") + pending.count("]")
        if (line.endswith(",") or unclosed) and count < MAX_JOINED:
            continue
        if pending:
            yield pending, start
        pending = ""


def _arguments(written: str) -> list[str]:
    """The arguments of a call, split at the commas that stand in no brackets or texts."""
    found, depth, begun = [], 0, 0
    for match in re.finditer(r'"(?:[^"\\]|\\.)*"|[\[({})\],]', written):
        if match[0] in "[({":
            depth += 1
        elif match[0] in "])}":
            depth -= 1
        elif match[0] == "," and depth == 0:
            found.append(written[begun : match.start()].strip())
            begun = match.end()
    return [*found, written[begun:].strip()]


def _entered(file: _File, frame: _Frame, name: str, arguments: list[str], number: int) -> _Frame:
    """The frame of the block that a call opens, and what it adds to the one it stands in."""
    first = _TEXT.match(arguments[0])
    if name == "scope":
        options = dict(part.split(":", 1) for part in arguments if re.match(r"\w+:\s", part))
        stated = _TEXT.match(options.get("path", "").strip())
        prefix = first[1] if first else stated[1] if stated else ""
        module = next((part for part in arguments[1 if first else 0 :] if re.fullmatch(r"[A-Z][\w.]*", part)), options.get("alias", "").strip())
        joined = f"{frame.module}.{module}".strip(".") if module and module != "false" else frame.module
        return replace(frame, prefix=_joined(frame.prefix, prefix), module=joined)
    if name == "resources" and first:
        kept = "singleton: true" in " ".join(arguments)
        member = "" if kept else f"/:{_singular(first[1].rpartition('/')[2])}_id"
        return replace(frame, prefix=_joined(frame.prefix, first[1] + member))
    if name == "pipeline":
        return replace(frame, pipeline=arguments[0].lstrip(":"))
    if name == "plug":
        _plugged(file, frame, arguments, number)
    elif name == "pipe_through":
        names = re.findall(r":(\w+)", " ".join(arguments))
        passed = [guard for pipeline in names for guard in file.pipelines.get(pipeline, []) or _guards(file, pipeline, number)]
        file.frames[-1] = replace(frame, guards=tuple(dict.fromkeys((*frame.guards, *passed))))
    return frame


def _plugged(file: _File, frame: _Frame, arguments: list[str], number: int) -> None:
    found = _guards(file, arguments[0].lstrip(":"), number)
    if frame.pipeline:
        file.pipelines.setdefault(frame.pipeline, []).extend(found)
    else:
        file.frames[-1] = replace(frame, guards=(*frame.guards, *found))


def _guards(file: _File, plug: str, number: int) -> list[Guard]:
    """What a plug is for, by the usual wording of its name."""
    return [file.document.guard(number, plug, category) for pattern, category in _PLUGS if pattern.search(plug)]


def _routes(file: _File, frame: _Frame, name: str, arguments: list[str], number: int) -> Iterator[Route]:
    methods: tuple[str, ...] = (_VERBS.get(name, "GET"),)
    rest = arguments
    if name == "match":
        options = next((part for part in arguments if part.startswith("via:")), "")
        atoms = re.findall(r":(\w+|\*)", options or arguments[0])
        methods = tuple("ANY" if atom == "*" else atom.upper() for atom in atoms) or ("ANY",)
        rest = arguments if arguments[0].startswith('"') else arguments[1:]
    stated = _TEXT.match(rest[0]) if rest else None
    if stated is None or name in {"scope", "pipeline", "plug", "pipe_through"}:
        return
    target = rest[1] if len(rest) > 1 else ""
    if name == "resources":
        yield from _resources(file, frame, stated[1], rest[1:], number)
        return
    action = rest[2].lstrip(":") if len(rest) > 2 and rest[2].startswith(":") else ""
    handler = _handler(file.document.project, f"{frame.module}.{target}".strip("."), action) if re.match(r"[A-Z]", target) else None
    if handler is None and file.document.framework == "plug" and name != "forward":
        handler = Handler(file=file.document.path, line=number, end=number, function=f"{name} {stated[1]}")
    for method in ("ANY",) if name == "forward" else methods:
        path = _joined(frame.prefix, stated[1])
        kind: EntryPointType = "websocket" if name == "socket" else "http"
        yield file.document.route(method, path, number, guards=frame.guards, handler=handler, type=kind)


def _resources(file: _File, frame: _Frame, path: str, rest: list[str], number: int) -> Iterator[Route]:
    options = " ".join(rest)
    limits = {kind: set(re.findall(r":(\w+)", listed)) for kind, listed in re.findall(r"\b(only|except):\s*\[([^\]]*)\]", options)}
    named = re.search(r'\bparam:\s*"(\w+)"', options)
    single = "singleton: true" in options
    for action, method, ending in _ACTIONS:
        if (action not in limits.get("only", {action})) or action in limits.get("except", set()) or (single and action == "index"):
            continue
        shown = ending.replace("/:id", "") if single else ending.replace(":id", f":{named[1]}") if named else ending
        handler = _handler(file.document.project, f"{frame.module}.{rest[0] if rest else ''}".strip("."), action)
        yield file.document.route(method, _joined(frame.prefix, path) + shown, number, guards=frame.guards, handler=handler)


def _handler(project: Project, module: str, action: str) -> Handler | None:
    """The function of a controller, or the module that a live route or plug is."""
    last = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", module.rpartition(".")[2]).lower()
    for path in project.paths:
        if path.endswith((f"/{last}.ex", f"/{last}/index.ex")) and (text := project.text(path)) is not None:
            if not any(name == module or name.endswith(f".{module}") for name in _MODULE.findall(text)):
                continue
            found = re.search(rf"^([ \t]*)def {re.escape(action)}\b.*?\n\1end$", text, re.MULTILINE | re.DOTALL) if action else None
            if found is not None:
                line = text.count("\n", 0, found.start()) + 1
                return Handler(file=path, line=line, end=line + found[0].count("\n"), function=action)
            return Handler(file=path, line=1, end=1, function=action or module)
    return None


def _joined(prefix: str, path: str) -> str:
    return f"{prefix.rstrip('/')}/{path.lstrip('/')}" if path.strip("/") else prefix or "/"


def _singular(name: str) -> str:
    return re.sub(r"ies$", "y", name) if name.endswith("ies") else name.removesuffix("s")
