"""Tornado: tables of (pattern, handler) wherever they are built, URL specs, nested routers, handler classes, `prepare`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.python.django_urls import plain_path
from threat_modeling.codebase.python.endpoints import Endpoints, Registration
from threat_modeling.codebase.python.handlers import METHODS
from threat_modeling.codebase.python.scopes import Scope
from threat_modeling.codebase.python.views import Served, class_methods, lineage
from threat_modeling.codebase.python.wiring import places_of
from threat_modeling.codebase.syntax import (
    Assign,
    Attribute,
    Call,
    Class,
    Evaluate,
    Expression,
    Literal,
    Name,
    Return,
    Sequence,
    Statement,
    dotted,
    text,
    walk,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.observations import Guard, Route
    from threat_modeling.codebase.project import Project

LANGUAGES: Final = ("python",)
KEYWORDS: Final = ("tornado", "RequestHandler", "Handler)")
_BUILT_IN: Final = {"StaticFileHandler": "GET", "RedirectHandler": "GET", "ErrorHandler": "ANY", "FallbackHandler": "ANY"}
_SPECS: Final = frozenset({"url", "URLSpec", "Rule"})
_BASES: Final = frozenset({"RequestHandler", "WebSocketHandler"})


def routes(project: Project) -> Iterator[Route]:
    """The routes of all Tornado applications in a project."""
    places = places_of(project, KEYWORDS, ("tornado",))
    if places:
        yield from _Tornado(project, places).routes()


class _Tornado:
    def __init__(self, project: Project, places: list[tuple[Scope, Statement]]) -> None:
        self._project = project
        self._places = places
        self._endpoints = Endpoints(project, "tornado")

    def routes(self) -> Iterator[Route]:
        for scope, statement in self._places:
            value = statement.value if isinstance(statement, Assign | Evaluate | Return) else None
            for node in walk(value) if value is not None else ():
                if isinstance(node, Sequence):
                    yield from self._row(scope, node, node.elements)
                elif isinstance(node, Call) and scope.qualified(node.callee).rpartition(".")[2] in _SPECS:
                    given = (node.keyword("pattern") or node.keyword("matcher"), node.keyword("handler") or node.keyword("target"))
                    yield from self._row(scope, node, (*node.arguments, *(value for value in given if value is not None)))

    def _row(self, scope: Scope, node: Sequence | Call, elements: tuple[Expression, ...]) -> Iterator[Route]:
        """A pattern with the class that serves it; whatever else two values stand side by side for is no route."""
        if len(elements) < 2 or not isinstance(elements[1], Name | Attribute | Literal):
            return
        named = text(elements[1])
        if isinstance(elements[1], Literal) and (named is None or not re.fullmatch(r"\w+(?:\.\w+)+", named)):
            return
        pattern = self._pattern(scope, elements[0])
        if pattern is None:
            return
        name = scope.qualified(elements[1]).rpartition(".")[2]
        found = self._imported(scope, named) if named is not None else scope.bound(elements[1])
        if found is not None and isinstance(found[1], Class) and _is_handler(found[0], found[1]):
            yield from self._handlers(Registration(scope, node, pattern), found[0], found[1])
        elif found is None and name in _BUILT_IN:
            yield from self._endpoints.of(Registration(scope, node, _path(pattern, ()), (_BUILT_IN[name],)), None)

    def _imported(self, scope: Scope, name: str) -> tuple[Scope, object] | None:
        """The class behind `"shop.handlers.Main"`."""
        module, _, last = name.rpartition(".")
        path = self._project.resolve(scope.module.path, module)
        found = self._project.definition(path, last) if path is not None else None
        return None if found is None else (Scope(self._project, found[0]), found[1])

    @staticmethod
    def _pattern(scope: Scope, given: Expression) -> str | None:
        if isinstance(given, Call) and scope.qualified(given.callee).endswith("PathMatches") and given.arguments:
            given = given.arguments[0]
        pattern = scope.constant(given)
        return pattern if pattern is not None and re.match(r"\^?(?:\(\?:)?(?:/|\\/|\{value\}|\.\*|\()", pattern) else None

    def _handlers(self, registration: Registration, scope: Scope, class_: Class) -> Iterator[Route]:
        prepared = tuple(self._prepare(scope, class_))
        sockets = any(dotted(base).endswith("WebSocketHandler") for _, owner in lineage(scope, class_) for base in owner.bases)
        for inner, owner, function in class_methods(scope, class_):
            method = "GET" if sockets and function.name == "open" else function.name.upper()
            if method not in METHODS or (function.name != function.name.lower()):
                continue
            names = tuple(parameter.name for parameter in function.parameters[1:])
            served = Served(method, inner.within(owner), function, f"{class_.name}.{function.name}")
            route = Registration(
                registration.scope, registration.node, _path(registration.path, names), (), "websocket" if function.name == "open" else "http"
            )
            own = (*prepared, *self._endpoints.guards.of(inner, (*owner.decorators, *function.decorators), "route"))
            yield from self._endpoints.served(route, method, served, own=own)

    def _prepare(self, scope: Scope, class_: Class) -> Iterator[Guard]:
        """`prepare` runs before each method of a handler."""
        for inner, owner, function in class_methods(scope, class_):
            if function.name == "prepare":
                yield from self._endpoints.guards.in_hook(inner.within(owner), function, "router")
                yield from self._endpoints.guards.of(inner, function.decorators, "router")


def _is_handler(scope: Scope, class_: Class) -> bool:
    """Tell a class that Tornado can call: one of its bases is a handler by its last name, or stands outside the target."""
    bases = [base for _, owner in lineage(scope, class_) for base in owner.bases]
    return any(dotted(base).rpartition(".")[2] in _BASES or dotted(base).endswith("Handler") for base in bases)


def _path(pattern: str, names: tuple[str, ...]) -> str:
    """The pattern as a path; its unnamed groups take the names of the method's parameters."""
    found = iter(names)
    plain = plain_path(pattern.removesuffix("/?").removesuffix("/?$"))
    return re.sub(r"\{value\}", lambda _: "{" + next(found, "value") + "}", plain).replace(".{", "{")
