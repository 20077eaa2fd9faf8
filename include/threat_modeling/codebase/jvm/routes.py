"""Makes routes of methods and registrations of Java and Kotlin."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from threat_modeling.codebase.jvm.annotations import Annotation, annotations_of
from threat_modeling.codebase.jvm.classes import Place, Types, fields, simple, written
from threat_modeling.codebase.jvm.constants import Constants
from threat_modeling.codebase.jvm.paths import names
from threat_modeling.codebase.jvm.settings import Settings
from threat_modeling.codebase.observations import Guard, Handler, Parameter, Route
from threat_modeling.codebase.syntax import Class, Function, Subscript

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import Literal

    from threat_modeling.codebase.observations import EntryPointType
    from threat_modeling.codebase.project import Project
    from threat_modeling.codebase.syntax import Expression, Node
    from threat_modeling.codebase.syntax import Parameter as Declared

    Source = Literal["path", "query", "body", "header", "cookie", "file"]

MAX_FIELDS = 60
_READINGS: WeakKeyDictionary[Project, Reading] = WeakKeyDictionary()


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading the routes of a project takes."""

    project: Project
    types: Types
    constants: Constants
    settings: Settings


def reading(project: Project) -> Reading:
    """The readers of one project, the same for every resolver."""
    if project not in _READINGS:
        types = Types(project)
        _READINGS[project] = Reading(project, types, Constants(types), Settings(project))
    return _READINGS[project]


@dataclass(frozen=True, slots=True)
class Served:
    """A method that serves requests, in the class that is registered (`place`) or one of its ancestors (`owner`)."""

    place: Place
    owner: Place
    method: Function

    @property
    def label(self) -> str:
        """`Class.method`."""
        return f"{self.owner.label}.{self.method.name}" if self.owner.label else self.method.name


def route(  # noqa: PLR0913 -- what a route is made of
    project: Project,
    framework: str,
    verb: str,
    path: str,
    site: tuple[str, Node],
    *,
    handler: Handler | None = None,
    parameters: Iterable[Parameter] = (),
    guards: Iterable[Guard] = (),
    kind: EntryPointType = "http",
    unread: tuple[str, ...] = (),
) -> Route:
    """One route; its path's parameters are added to those that are given."""
    found = {("path", name): Parameter(name=name, source="path") for name in names(path) if name}
    for parameter in parameters:
        found[parameter.source, parameter.name] = parameter
    file, node = site
    return Route(
        type=kind,
        method=verb.upper(),
        path=path,
        framework=framework,
        handler=handler,
        registration=project.evidence(file, first_line(node), node.line if isinstance(node, Function) else node.end),
        parameters=tuple(found.values()),
        guards=tuple({(guard.category, guard.name, guard.scope): guard for guard in guards}.values()),
        unread=unread,
    )


def first_line(node: Node) -> int:
    """The line of a definition's first decorator, or its own."""
    decorators = node.decorators if isinstance(node, Function | Class) else ()
    return min([node.line, *(decorator.line for decorator in decorators)])


def handler_of(place: Place, function: Function, label: str = "") -> Handler:
    """The code of a method or lambda."""
    name = label or (f"{place.label}.{function.name}" if place.label and function.name else function.name or place.label)
    return Handler(file=place.module.path, line=first_line(function), end=function.end, function=name or "lambda")


def declared_parameters(
    reading: Reading, served: Served, sources: Mapping[str, Source], *, body: bool = False, contexts: Iterable[str] = ()
) -> Iterator[Parameter]:
    """The parameters of a method by their annotations; with `body`, an object without one is the request's body."""
    known = frozenset(contexts)
    for declared in served.method.parameters:
        marks = [mark for mark in annotations_of(served.owner, declared.decorators) if mark.name in sources]
        for mark in marks:
            yield from _annotated(reading, served, declared, mark, sources[mark.name])
        if not marks and body and simple(declared.annotation) not in known and not declared.decorators:
            yield from fields_of(reading, served.owner, declared.annotation, declared.name)


def _annotated(reading: Reading, served: Served, declared: Declared, mark: Annotation, source: Source) -> Iterator[Parameter]:
    if source == "body" and mark.name not in {"FormParam", "RequestPart", "Part", "Form", "RestForm"}:
        yield from fields_of(reading, served.owner, declared.annotation, declared.name)
        return
    name = reading.constants.text(served.owner, mark.argument("value", "name")) or declared.name
    yield Parameter(name=name, source=source, type=simple(declared.annotation) or None)


def fields_of(reading: Reading, place: Place, annotation: Expression | None, name: str) -> Iterator[Parameter]:
    """The fields of the class that a body is read into; the parameter itself where the class is not the target's."""
    while isinstance(annotation, Subscript) and simple(annotation) in {
        "List",
        "Set",
        "Mono",
        "Flux",
        "Optional",
        "Collection",
        "HttpEntity",
        "Valid",
    }:
        annotation = annotation.index
    found = reading.types.find(place, written(annotation)) if annotation is not None else None
    listed = [] if found is None else [(field, member) for each in (found, *reading.types.ancestors(found)) for field, member, _ in fields(each.node)]
    for field, member in listed[:MAX_FIELDS]:
        if not field.isupper():
            yield Parameter(name=field, source="body", type=simple(member.annotation) or None)
    if not listed and name:
        yield Parameter(name=name, source="body", type=simple(annotation) or None)
