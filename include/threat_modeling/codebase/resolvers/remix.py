"""Remix and React Router: route modules by their file names, and the tables of routes.ts; loaders read, actions write."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.bindings import exported
from threat_modeling.codebase.javascript.file_routes import FileRoutes, depending
from threat_modeling.codebase.javascript.paths import joined, template
from threat_modeling.codebase.syntax import Call, Expression, Operation, Sequence, dotted, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.observations import Route
    from threat_modeling.codebase.project import Project

_MODULE: Final = re.compile(r"(?P<path>(?:.*/)?[^/]+)\.[jt]sx?")
_WRITES: Final = ("POST", "PUT", "PATCH", "DELETE")
_PACKAGES: Final = ('"@remix-run/', '"@react-router/')
_ESCAPED: Final = re.compile(r"\[([^\]]*)\]")
_MAX_DEPTH: Final = 15


def routes(project: Project) -> Iterator[Route]:
    """The routes of all Remix applications of a project."""
    files = FileRoutes(project, "remix")
    for base in dict.fromkeys(folder for package in _PACKAGES for folder in depending(project, package)):
        app = f"{base}/app".lstrip("/")
        seen: set[str] = set()
        for ending in ("ts", "js", "tsx"):
            table = f"{app}/routes.{ending}"
            module = project.module(table) if table in project.paths else None
            rows = exported(module, "default") if module is not None else None
            if isinstance(rows, Sequence):
                for route in _table(files, app, rows.elements, "", 0):
                    seen.add(route.handler.file if route.handler is not None else "")
                    yield route
        for file, found in files.below(f"{app}/routes", _MODULE):
            path = served(found["path"])
            if path is not None and file not in seen:
                yield from _module(files, file, path)


def served(place: str) -> str | None:
    """The path of a route module by its name below routes/; None for a file that is no route module.

    Dots and folders part segments, `$id` is a parameter, `$` takes the rest, `_name` and `index` add nothing, `name_` is `name`,
    `(name)` is optional, what stands in brackets is as written.
    """
    escapes = _ESCAPED.findall(place)
    plain = _ESCAPED.sub("\x00", place)
    folder, _, last = plain.rpartition("/")
    if folder and last in {"route", "page", "layout"}:
        plain = folder
    parts = []
    for part in re.split(r"[./]", plain):
        name = part.strip("()")
        if name.startswith(("_", "__")) or name in {"index", ""}:
            continue
        name = name.removesuffix("_")
        parts.append("{" + (name[1:] or "splat") + "}" if name.startswith("$") else name)
    path = "/" + "/".join(parts)
    for written in escapes:
        path = path.replace("\x00", written, 1)
    return path


def _module(files: FileRoutes, file: str, path: str) -> Iterator[Route]:
    """`loader` and the page answer GET, `action` everything that writes."""
    reader = next((name for name in ("loader", "default") if files.exports(file, name)), None)
    if reader is not None:
        yield files.served("GET", path, file, files.exported(file, reader), reader)
    if files.exports(file, "action"):
        for method in _WRITES:
            yield files.served(method, path, file, files.exported(file, "action"), "action")


def _table(files: FileRoutes, app: str, rows: tuple[Expression, ...], prefix: str, depth: int) -> Iterator[Route]:
    """`[index("home.tsx"), route("users/:id", "user.tsx", [...]), ...prefix("admin", [...]), layout("shell.tsx", [...])]`."""
    for row in rows if depth < _MAX_DEPTH else ():
        call = row.operands[0] if isinstance(row, Operation) and row.operator == "..." else row
        if not isinstance(call, Call):
            continue
        kind = dotted(call.callee).rpartition(".")[2]
        texts = [given for given in map(text, call.arguments) if given is not None]
        nested = next((given.elements for given in reversed(call.arguments) if isinstance(given, Sequence)), ())
        path = prefix if kind in {"index", "layout"} or not texts else joined(prefix, template(texts[0]))
        module = texts[-1] if texts and (kind == "index" or (kind == "route" and len(texts) > 1)) else ""
        file = f"{app}/{module.removeprefix('./')}" if module else ""
        if file in files.project.paths:
            yield from _module(files, file, path or "/")
        yield from _table(files, app, nested, path, depth + 1)
