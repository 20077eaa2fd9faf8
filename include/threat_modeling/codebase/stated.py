"""Routes that a document states rather than code: which documents of a target to read, and the one shape of what they state."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.bindings import exported
from threat_modeling.codebase.documents import DocumentRefused, Value, parse_all
from threat_modeling.codebase.observations import Guard, Handler, Parameter, Route
from threat_modeling.codebase.syntax import Function, Mapping, walk
from threat_modeling.model import ControlCategory

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from threat_modeling.codebase.observations import EntryPointType
    from threat_modeling.codebase.project import Project
    from threat_modeling.codebase.syntax import Module
    from threat_modeling.model import Evidence

_NAMED: Final = re.compile(r"(?<=/):(\w+)\??")
_REST: Final = re.compile(r"(?<=/)\*(\w*)")
_PARAMETER: Final = re.compile(r"\{([^{}/]+)\}")
CODE: Final = (".py", ".ts", ".js", ".mjs", ".cjs", ".mts", ".cts", ".tsx", ".jsx")


def documents(project: Project, keywords: Collection[str], languages: Collection[str] = ("yaml", "json")) -> Iterator[tuple[str, Value]]:
    """(path, value) of each YAML and JSON document of the files that hold a keyword; what can't be read is recorded as cut short."""
    for path, text in texts(project, keywords, languages):
        try:
            found = parse_all(text)
        except DocumentRefused as reason:
            project.cut_short(path, f"document {reason}")
            continue
        yield from ((path, value) for value in found)


def texts(project: Project, keywords: Collection[str], languages: Collection[str | None], name: str = "") -> Iterator[tuple[str, str]]:
    """(path, text) of the files of these languages that hold a keyword; `name` is a pattern that the file's name matches."""
    for file in project.files:
        if file.language not in languages or (name and not re.search(name, file.path)):
            continue
        text = project.text(file.path)
        if text is not None and any(keyword in text for keyword in keywords):
            yield file.path, text


class Document:
    """States routes from places of one file."""

    def __init__(self, project: Project, path: str, framework: str) -> None:
        self.project, self.path, self.framework = project, path, framework

    def route(
        self,
        method: str,
        path: str,
        place: Value | int,
        *,
        guards: Iterable[Guard] = (),
        parameters: Iterable[Parameter] = (),
        handler: Handler | None = None,
        type: EntryPointType = "http",  # noqa: A002 - the field's name
        documented_only: bool = False,
    ) -> Route:
        """One route; `path` may have `:name` and `*`, `place` is what states it or its line."""
        shown = templated(path)
        named = [Parameter(name=name[:200], source="path") for name in dict.fromkeys(_PARAMETER.findall(shown))]
        return Route(
            type=type,
            method=method.upper() or "ANY",
            path=shown,
            framework=self.framework,
            handler=handler,
            registration=self.evidence(place),
            parameters=tuple(dict.fromkeys((*named, *parameters))),
            guards=tuple(dict.fromkeys(guards)),
            documented_only=documented_only,
        )

    def guard(self, place: Value | int, name: str, category: ControlCategory = ControlCategory.AUTHENTICATION, *, whole: bool = False) -> Guard:
        """A control that the document asks for."""
        return Guard(category=category, name=name[:200] or category.value, scope="application" if whole else "route", evidence=self.evidence(place))

    def evidence(self, place: Value | int) -> Evidence:
        """The line of a place."""
        line = place if isinstance(place, int) else place.line
        return self.project.evidence(self.path, line, line)


def templated(path: str) -> str:
    """`/users/:id/*` -> `/users/{id}/{wildcard}`, with one leading slash."""
    braced = _REST.sub(lambda match: f"{{{match[1] or 'wildcard'}}}", _NAMED.sub(r"{\1}", path.replace("+}", "}")))
    return "/" + braced.lstrip("/")


def function_of(project: Project, module: str, name: str) -> Handler | None:
    """The function `name` of the code file that `module` (a path without its extension) names."""
    for extension in CODE:
        path = module + extension
        if path not in project.paths:
            continue
        lowered = project.module(path)
        found = _function(project, lowered, name) if lowered is not None else None
        if found is not None:
            return Handler(file=path, line=min([found.line, *(d.line for d in found.decorators)]), end=found.end, function=name)
    return None


def _function(project: Project, module: Module, name: str) -> Function | None:
    """What a file exports or binds by that name, else the method or property of that name that an object in it has."""
    bound = project.definition(module.path, name)
    for found in (exported(module, name), bound[1] if bound is not None else None):
        if isinstance(found, Function):
            return found
    for node in walk(module.body):
        if isinstance(node, Function) and node.name == name:
            return node
        value = node.get(name) if isinstance(node, Mapping) else None
        if isinstance(value, Function):
            return value
    return None


def strings(value: Value | None) -> list[str]:
    """The texts of a list, or a text alone."""
    if value is None:
        return []
    return [value.text] if value.text else [element.text for element in value.elements if element.text]
