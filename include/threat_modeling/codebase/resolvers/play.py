"""Play: `conf/routes` and the files it includes, with the actions of controllers and what guards them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.jvm.annotations import find
from threat_modeling.codebase.jvm.classes import Place, places
from threat_modeling.codebase.jvm.packages import locate
from threat_modeling.codebase.jvm.paths import joined
from threat_modeling.codebase.jvm.routes import Reading, handler_of, reading
from threat_modeling.codebase.observations import Guard, Parameter, Route
from threat_modeling.model import ControlCategory

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.project import Project
    from threat_modeling.codebase.syntax import Function

LANGUAGES: Final = ("java", "kotlin", "scala")
KEYWORDS: Final = ("play",)

_FILE: Final = re.compile(r"(?:^|/)conf/(?:routes|[\w.\-]+\.routes)$")
_LINE: Final = re.compile(r"^(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)\s+(\S+)\s+(.+?)\s*$")
_INCLUDE: Final = re.compile(r"^->\s+(\S+)\s+([\w.]+)\s*$")
_DYNAMIC: Final = re.compile(r"\$(\w+)<[^>]*>|:(\w+)|\*(\w+)")
_CONTEXT: Final = re.compile(r"^\s*(?:play\.http\.context|application\.context)\s*=\s*\"?([^\"\s#]+)", re.MULTILINE)
_ARGUMENT: Final = re.compile(r"(\w+)\s*(?::\s*([\w.\[\]]+))?\s*([?=])?")
_MAX_INCLUDES: Final = 6


@dataclass(frozen=True, slots=True)
class _Line:
    file: str
    number: int
    verb: str
    path: str
    action: str


def routes(project: Project) -> Iterator[Route]:
    """The lines of every `conf/routes`."""
    files = sorted(path for path in project.paths if _FILE.search(path))
    if not files:
        return
    read = reading(project)
    included = {target for path in files for _, target in _includes(project.text(path) or "")}
    for path in files:
        name = path.rpartition("/")[2]
        if name == "routes" or f"{name.removesuffix('.routes')}.Routes" not in included:
            for line in _lines(project, path, _context(project, path), _MAX_INCLUDES):
                yield _route(read, line)


def _context(project: Project, path: str) -> str:
    found = _CONTEXT.search(project.text(f"{path.rpartition('/')[0]}/application.conf") or "")
    return found[1] if found else ""


def _includes(text: str) -> list[tuple[str, str]]:
    return [(match[1], match[2]) for line in text.split("\n") if (match := _INCLUDE.match(line))]


def _lines(project: Project, path: str, prefix: str, depth: int) -> Iterator[_Line]:
    for number, line in enumerate((project.text(path) or "").split("\n"), 1):
        match, include = _LINE.match(line), _INCLUDE.match(line)
        if match:
            yield _Line(path, number, match[1], joined(prefix, _DYNAMIC.sub(lambda m: f"{{{m[1] or m[2] or m[3]}}}", match[2])), match[3])
        elif include and depth:
            below = f"{path.rpartition('/')[0]}/{include[2].removesuffix('.Routes')}.routes"
            if below in project.paths:
                yield from _lines(project, below, joined(prefix, include[1]), depth - 1)


def _route(read: Reading, line: _Line) -> Route:
    name, _, given = line.action.partition("(")
    found = _action(read, line.file, name.strip().lstrip("@"))
    arguments = [match for part in given.rpartition(")")[0].split(",") if (match := _ARGUMENT.match(part.strip()))]
    in_path = re.findall(r"\{(\w+)\}", line.path)
    parameters = [Parameter(name=each, source="path") for each in in_path]
    parameters += [Parameter(name=m[1], source="query", type=m[2]) for m in arguments if m[1] not in in_path and m[3] != "="]
    return Route(
        method=line.verb,
        path=line.path,
        framework="play",
        handler=handler_of(*found) if found is not None else None,
        registration=read.project.evidence(line.file, line.number, line.number),
        parameters=tuple(parameters),
        guards=tuple(_guards(read, *found)) if found is not None else (),
    )


def _action(read: Reading, file: str, name: str) -> tuple[Place, Function] | None:
    """The method that an action names: `controllers.Users.show`."""
    owner, _, method = name.rpartition(".")
    package, _, class_name = owner.rpartition(".")
    place = locate(read.project, file, package, class_name) if class_name else None
    module = read.project.module(place[0]) if place is not None else None
    for each in places(module) if module is not None else ():
        found = each.method(method) if each.node.name == class_name else None
        if found is not None:
            return each, found
    return None


def _guards(read: Reading, place: Place, method: Function) -> Iterator[Guard]:
    for decorators, on_method in ((method.decorators, True), (place.node.decorators, False)):
        mark = find(place, decorators, ("Authenticated", "Restrict", "SubjectPresent", "Pattern", "Secure"))
        if mark is not None:
            evidence = read.project.evidence(place.module.path, mark.node.line, mark.node.end)
            roles = mark.name in {"Restrict", "Pattern"}
            for category in (ControlCategory.AUTHENTICATION, *((ControlCategory.AUTHORIZATION,) if roles else ())):
                yield Guard(category=category, name=f"@{mark.name}", scope="route" if on_method else "router", evidence=evidence)
