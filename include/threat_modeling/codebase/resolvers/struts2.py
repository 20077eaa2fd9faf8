"""Struts 2: actions of struts.xml, of annotations, of the naming convention and of the REST plug-in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.jvm.annotations import Annotation, annotations_of, find
from threat_modeling.codebase.jvm.classes import Place, modules_of, places
from threat_modeling.codebase.jvm.jaxrs.applications import package_of
from threat_modeling.codebase.jvm.packages import locate
from threat_modeling.codebase.jvm.paths import joined
from threat_modeling.codebase.jvm.routes import Reading, handler_of, reading, route
from threat_modeling.codebase.jvm.struts_xml import Configuration, configuration
from threat_modeling.codebase.observations import Parameter
from threat_modeling.codebase.syntax import Call, Node, Sequence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.observations import Handler, Route
    from threat_modeling.codebase.project import Project
    from threat_modeling.codebase.syntax import Expression, Function

LANGUAGES: Final = ("java", "kotlin")
KEYWORDS: Final = ("struts", "xwork2")

_LOCATORS: Final = frozenset({"action", "actions", "struts", "struts2"})
_REST: Final[dict[str, tuple[str, str]]] = {
    "index": ("GET", ""),
    "show": ("GET", "/{id}"),
    "create": ("POST", ""),
    "update": ("PUT", "/{id}"),
    "destroy": ("DELETE", "/{id}"),
    "editNew": ("GET", "/new"),
    "edit": ("GET", "/{id}/edit"),
    "deleteConfirm": ("GET", "/{id}/deleteConfirm"),
}
_BASES: Final = frozenset({"ActionSupport", "Action", "ModelDriven"})
_WORDS: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def routes(project: Project) -> Iterator[Route]:
    """The actions of every configuration file and class."""
    found = configuration(project)
    modules = list(modules_of(project, KEYWORDS))
    if not found.actions and not modules:
        return
    read = reading(project)
    for action in found.actions:
        handler = _handler(read, action.path, action.class_name, action.method)
        yield route(project, "struts2", "ANY", joined(action.namespace, action.name), (action.path, Node(action.line, action.line)), handler=handler)
    for module in modules:
        for place in places(module):
            if _is_action(read, found, place):
                yield from _actions(read, found, place)


def _handler(read: Reading, path: str, class_name: str, method: str) -> Handler | None:
    package, _, name = class_name.rpartition(".")
    where = locate(read.project, path, package, name) if name else None
    module = read.project.module(where[0]) if where is not None else None
    for place in places(module) if module is not None else ():
        found = place.method(method) if place.node.name == name else None
        if found is not None:
            return handler_of(place, found)
    return None


def _is_action(read: Reading, found: Configuration, place: Place) -> bool:
    """A class that can be made, in a package that is searched or with annotations of its own, named or based like an action."""
    if any(place.has(word) for word in ("abstract", "interface", "enum", "annotation")) or len(place.classes) > 1:
        return False
    decorated = [place.node.decorators, *(method.decorators for method in place.methods())]
    marked = any(find(place, decorators, ("Action", "Actions")) is not None for decorators in decorated)
    if marked:
        return True
    searched = bool(_LOCATORS & set(package_of(place).split("."))) or _namespace_of_package(read, place) is not None
    named = place.node.name.endswith(found.suffixes) or bool(read.types.base_names(place) & _BASES)
    return searched and named and place.node.name not in {action.class_name.rpartition(".")[2] for action in found.actions}


def _actions(read: Reading, found: Configuration, place: Place) -> Iterator[Route]:
    for namespace in _namespaces(read, place):
        marks = [(method, mark) for method in place.methods() for mark in _action_marks(place, method.decorators)]
        whole = [(place.method("execute"), mark) for mark in _action_marks(place, place.node.decorators)]
        for method, mark in [*marks, *whole]:
            own = read.constants.text(place, mark.argument("value")) or _name(found, place)
            path = joined(own) if own.startswith("/") else joined(namespace, own)
            yield _route(read, place, method, "ANY", path, mark.node)
        if marks or whole:
            continue
        if place.node.name.endswith("Controller") and found.rest:
            yield from _rest(read, found, place, namespace)
        else:
            yield _route(read, place, place.method("execute"), "ANY", joined(namespace, _name(found, place)), place.node)


def _rest(read: Reading, found: Configuration, place: Place, namespace: str) -> Iterator[Route]:
    for method in place.methods():
        if method.name in _REST:
            verb, below = _REST[method.name]
            yield _route(read, place, method, verb, joined(namespace, f"{_name(found, place)}{below}"), method)


def _route(read: Reading, place: Place, method: Function | None, verb: str, path: str, node: Node) -> Route:
    setters = [m.name[3].lower() + m.name[4:] for m in place.methods() if m.name.startswith("set") and len(m.name) > 3 and len(m.parameters) == 1]
    handler = handler_of(place, method) if method is not None else None
    parameters = [Parameter(name=name, source="query") for name in setters]
    return route(read.project, "struts2", verb, path, (place.module.path, node), handler=handler, parameters=parameters)


def _action_marks(place: Place, decorators: tuple[Expression, ...]) -> Iterator[Annotation]:
    for mark in annotations_of(place, decorators):
        if mark.name == "Action":
            yield mark
        elif mark.name == "Actions":
            yield from _inner(place, mark, "Action")


def _inner(place: Place, mark: Annotation, name: str) -> Iterator[Annotation]:
    """The annotations that another one holds."""
    given = mark.argument("value")
    nodes = given.elements if isinstance(given, Sequence) else (given,) if given is not None else ()
    yield from (found for found in annotations_of(place, [node for node in nodes if isinstance(node, Call)]) if found.name == name)


def _namespaces(read: Reading, place: Place) -> list[str]:
    """The namespaces of a class: its own annotations, its package's, or what its package's name says."""
    marks = [mark for mark in annotations_of(place, place.node.decorators) if mark.name == "Namespace"]
    for mark in annotations_of(place, place.node.decorators):
        if mark.name == "Namespaces":
            marks += _inner(place, mark, "Namespace")
    given = [text for mark in marks if (text := read.constants.text(place, mark.argument("value"))) is not None]
    if given:
        return given
    declared = _namespace_of_package(read, place)
    if declared is not None:
        return [declared]
    parts = package_of(place).split(".")
    at = max((index for index, part in enumerate(parts) if part in _LOCATORS), default=len(parts))
    return ["/" + "/".join(_dashed(part) for part in parts[at + 1 :])]


def _namespace_of_package(read: Reading, place: Place) -> str | None:
    """`@Namespace` of the package-info.java beside a class."""
    folder = place.module.path.rpartition("/")[0]
    text = read.project.text(f"{folder}/package-info.java" if folder else "package-info.java") or ""
    match = re.search(r'@Namespace\(\s*(?:value\s*=\s*)?"([^"]*)"', text)
    return match[1] if match else None


def _name(found: Configuration, place: Place) -> str:
    name = place.node.name
    suffix = next((suffix for suffix in found.suffixes if name.endswith(suffix) and name != suffix), "")
    return _dashed(name.removesuffix(suffix))


def _dashed(name: str) -> str:
    return _WORDS.sub("-", name).lower()
