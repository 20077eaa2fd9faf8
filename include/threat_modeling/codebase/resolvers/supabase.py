"""Supabase: tables, views and functions that its REST layer serves, from migrations in their order, and edge functions."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.observations import Handler, Parameter
from threat_modeling.codebase.stated import Document, texts
from threat_modeling.model import ControlCategory

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.observations import Guard, Route
    from threat_modeling.codebase.project import Project

_MIGRATIONS: Final = r"(?:^|/)supabase/(?:migrations|schemas)/[^/]+\.sql$"
_HIDDEN: Final = re.compile(r"\$(\w*)\$(?:.*?\$\1\$|.*)|--[^\n]*|/\*(?:.*?\*/|.*)|'(?:[^']|'')*'", re.DOTALL)
_NAME: Final = r'(?:"?(?P<schema>\w+)"?\s*\.\s*)?"?(?P<name>\w+)"?'
_CREATE: Final = re.compile(
    rf"\bcreate\s+(?:or\s+replace\s+)?(?:unlogged\s+)?(?:materialized\s+)?(?P<kind>table|view|function)\s+(?:if\s+not\s+exists\s+)?{_NAME}",
    re.IGNORECASE,
)
_DROP: Final = re.compile(rf"\bdrop\s+(?:materialized\s+)?(?P<kind>table|view|function)\s+(?:if\s+exists\s+)?{_NAME}", re.IGNORECASE)
_RENAME: Final = re.compile(rf"\balter\s+table\s+(?:if\s+exists\s+)?(?:only\s+)?{_NAME}\s+rename\s+to\s+\"?(?P<to>\w+)\"?", re.IGNORECASE)
_SECURE: Final = re.compile(
    rf"\balter\s+table\s+(?:if\s+exists\s+)?(?:only\s+)?{_NAME}\s+(?P<what>enable|disable)\s+row\s+level\s+security", re.IGNORECASE
)
_COLUMN: Final = re.compile(r'^\s*"?(\w+)"?\s+([a-z]\w*)', re.IGNORECASE)
_EXPOSED: Final = re.compile(r"(?m)^\s*schemas\s*=\s*\[([^\]]*)\]")
_FUNCTION: Final = re.compile(r"(?:^|/)supabase/functions/([\w-]+)/index\.[tj]s$")
_NOT_COLUMNS: Final = frozenset({"primary", "foreign", "unique", "check", "constraint", "exclude", "like"})
_METHODS: Final = {"table": ("GET", "POST", "PATCH", "DELETE"), "view": ("GET",), "function": ("POST",)}


@dataclass
class _Relation:
    """A table, view or function as the migrations leave it."""

    kind: str
    document: Document
    line: int
    columns: list[str] = field(default_factory=list)
    secured: tuple[Document, int] | None = None


def routes(project: Project) -> Iterator[Route]:
    """What Supabase serves for a project."""
    exposed = _schemas(project)
    relations: dict[str, _Relation] = {}
    for path, text in texts(project, ("create", "CREATE", "alter", "ALTER", "drop", "DROP"), ("sql",), _MIGRATIONS):
        _apply(relations, Document(project, path, "supabase"), text, exposed)
    for name, relation in relations.items():
        yield from _served(name, relation)
    yield from _edge(project)


def _schemas(project: Project) -> set[str]:
    for _, text in texts(project, ("schemas",), ("toml",), r"(?:^|/)supabase/config\.toml$"):
        found = _EXPOSED.search(text)
        if found is not None:
            return set(re.findall(r"\w+", found[1])) - {"graphql_public", "storage"}
    return {"public"}


def _apply(relations: dict[str, _Relation], document: Document, text: str, exposed: set[str]) -> None:
    """One migration, its statements in order."""
    plain = _HIDDEN.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)
    steps = sorted((match for pattern in (_CREATE, _DROP, _RENAME, _SECURE) for match in pattern.finditer(plain)), key=lambda match: match.start())
    for match, following in itertools.zip_longest(steps, steps[1:]):
        name, line = match["name"], plain.count("\n", 0, match.start()) + 1
        if (match["schema"] or "public").lower() not in exposed:
            continue
        if match.re is _CREATE:
            before = relations.get(name)
            columns = (
                _columns(plain, match.end(), following.start() if following is not None else len(plain)) if match["kind"].lower() != "view" else []
            )
            relations[name] = _Relation(match["kind"].lower(), document, line, columns, before.secured if before is not None else None)
        elif match.re is _DROP:
            relations.pop(name, None)
        elif match.re is _RENAME and name in relations:
            relations[match["to"]] = relations.pop(name)
        elif match.re is _SECURE and name in relations:
            relations[name].secured = (document, line) if match["what"].lower() == "enable" else None


def _columns(text: str, start: int, last: int) -> list[str]:
    """The names in the parentheses that follow: columns of a table, parameters of a function."""
    opened = text.find("(", start, start + 20)
    if opened < 0:
        return []
    depth, parts, begun = 0, [], opened + 1
    for index in range(opened, last):
        character = text[index]
        depth += (character == "(") - (character == ")")
        if (character == "," and depth == 1) or (character == ")" and depth == 0):
            parts.append(text[begun:index])
            begun = index + 1
        if depth == 0:
            break
    names = [found[1] for part in parts if (found := _COLUMN.match(part))]
    return [name for name in names if name.lower() not in _NOT_COLUMNS]


def _served(name: str, relation: _Relation) -> Iterator[Route]:
    path = f"/rest/v1/rpc/{name}" if relation.kind == "function" else f"/rest/v1/{name}"
    guards: list[Guard] = []
    if relation.secured is not None:
        document, line = relation.secured
        guards.append(document.guard(line, "row level security", ControlCategory.AUTHORIZATION))
    body = [Parameter(name=column[:200], source="body") for column in relation.columns]
    for method in _METHODS[relation.kind]:
        yield relation.document.route(method, path, relation.line, guards=guards, parameters=body if method in {"POST", "PATCH"} else ())


def _edge(project: Project) -> Iterator[Route]:
    """Edge functions check a token before they run unless the configuration says no."""
    unchecked = {
        match
        for _, text in texts(project, ("verify_jwt",), ("toml",), r"(?:^|/)supabase/config\.toml$")
        for match in re.findall(r"\[functions\.([\w-]+)\][^\[]*?verify_jwt\s*=\s*false", text)
    }
    for path in project.paths:
        found = _FUNCTION.search(path)
        if found is not None and not found[1].startswith("_") and project.text(path):
            document = Document(project, path, "supabase")
            guards = [] if found[1] in unchecked else [document.guard(1, "verify_jwt")]
            yield document.route("ANY", f"/functions/v1/{found[1]}", 1, guards=guards, handler=Handler(file=path, line=1, end=1, function="serve"))
