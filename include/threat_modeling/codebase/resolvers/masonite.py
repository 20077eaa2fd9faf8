"""Masonite: route lists with groups, resources and helpers; controllers by name or by class."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.python.endpoints import Endpoints, Registration
from threat_modeling.codebase.python.routers import Placement, joined
from threat_modeling.codebase.python.scopes import Scope
from threat_modeling.codebase.python.views import View, class_methods
from threat_modeling.codebase.python.wiring import places_of
from threat_modeling.codebase.syntax import Assign, Attribute, Call, Class, Evaluate, Expression, Name, Operation, Sequence, Statement
from threat_modeling.model import ControlCategory

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.observations import Guard, Route
    from threat_modeling.codebase.project import Project

LANGUAGES: Final = ("python",)
KEYWORDS: Final = ("masonite",)
_VERBS: Final = {name: (name.upper(),) for name in ("get", "post", "put", "patch", "delete", "options", "head")} | {"any": ("ANY",)}
_PAGES: Final = frozenset({"view", "redirect", "permanent_redirect"})
_RESOURCE: Final = (
    ("index", "GET", ""),
    ("create", "GET", "/create"),
    ("store", "POST", ""),
    ("show", "GET", "/{id}"),
    ("edit", "GET", "/{id}/edit"),
    ("update", "PUT", "/{id}"),
    ("update", "PATCH", "/{id}"),
    ("destroy", "DELETE", "/{id}"),
)
_PARAMETER: Final = re.compile(r"[@?](\w+)(?::\w+)?")
_MAX_DEPTH: Final = 12


def routes(project: Project) -> Iterator[Route]:
    """The routes of all Masonite applications in a project."""
    places = places_of(project, KEYWORDS, ("masonite",))
    if places:
        yield from _Masonite(project, places).routes()


class _Masonite:
    def __init__(self, project: Project, places: list[tuple[Scope, Statement]]) -> None:
        self._project = project
        self._places = places
        self._endpoints = Endpoints(project, "masonite")

    def routes(self) -> Iterator[Route]:
        for scope, statement in self._places:
            value = statement.value if isinstance(statement, Assign | Evaluate) and not scope.functions else None
            if value is not None and any(source.startswith("masonite.routes") for source, _ in scope.module.imports.values()):
                yield from self._rows(scope, value, Placement(""), 0)

    def _rows(self, scope: Scope, value: Expression, place: Placement, depth: int) -> Iterator[Route]:
        if depth > _MAX_DEPTH:
            return
        if isinstance(value, Sequence | Operation):
            for element in value.elements if isinstance(value, Sequence) else value.operands:
                yield from self._rows(scope, element, place, depth + 1)
        elif isinstance(value, Call):
            yield from self._row(scope, value, place, depth)

    def _row(self, scope: Scope, call: Call, place: Placement, depth: int) -> Iterator[Route]:
        calls = _chain(call)
        name = scope.qualified(calls[0].callee).rpartition(".")[2]
        guards = tuple(guard for link in calls for guard in self._middleware(scope, link))
        first = calls[0]
        if name in {"group", "RouteGroup"} and first.arguments:
            prefix = scope.constant(_given(calls, "prefix")) or ""
            yield from self._rows(scope, first.arguments[0], Placement(joined(place.prefix, prefix), (*place.guards, *guards)), depth + 1)
        elif name in {"resource", "api"} and len(first.arguments) > 1:
            yield from self._resource(scope, first, place, guards, pages=name == "resource")
        else:
            yield from self._plain(scope, calls, name.lower(), place, guards)

    def _plain(self, scope: Scope, calls: list[Call], name: str, place: Placement, guards: tuple[Guard, ...]) -> Iterator[Route]:
        first = next((link for link in calls if link.arguments), calls[0])
        arguments = first.arguments
        methods: tuple[str, ...] = _VERBS.get(name) or (("GET",) if name in _PAGES else ())
        if name == "match" and len(arguments) > 2:
            given = arguments[0].elements if isinstance(arguments[0], Sequence) else (arguments[0],)
            methods, arguments = tuple(m.upper() for element in given if (m := scope.constant(element))), arguments[1:]
        path = scope.constant(arguments[0]) if arguments else None
        if path is None or not methods:
            return
        target = None if name in _PAGES or len(arguments) < 2 else self._controller(scope, arguments[1])
        registration = Registration(scope, first, _PARAMETER.sub(r"{\1}", path), methods, guards=guards)
        yield from self._endpoints.of(registration, target, [_trimmed(place, path)], target.target.decorators if target is not None else ())

    def _resource(self, scope: Scope, call: Call, place: Placement, guards: tuple[Guard, ...], *, pages: bool) -> Iterator[Route]:
        base = scope.constant(call.arguments[0]) or ""
        for action, method, ending in _RESOURCE:
            if pages or action not in {"create", "edit"}:
                target = self._controller(scope, call.arguments[1], action)
                registration = Registration(scope, call, f"/{base.strip('/')}{ending}", (method,), guards=guards)
                yield from self._endpoints.of(registration, target, [place])

    def _controller(self, scope: Scope, given: Expression, action: str = "") -> View | None:
        """The method behind `"User@show"` or `UserController.show`."""
        written = scope.constant(given)
        if written is not None:
            name, _, method = written.partition("@")
            found = self._named(scope, name)
        else:
            owner = given.object if isinstance(given, Attribute) and not action else given
            method = given.name if isinstance(given, Attribute) else "__call__"
            found = scope.bound(owner) if isinstance(owner, Name | Attribute) else None
        if found is None or not isinstance(found[1], Class):
            return None
        wanted = action or method or "__call__"
        return next((View(inner.within(owner), f) for inner, owner, f in class_methods(found[0], found[1]) if f.name == wanted), None)

    def _named(self, scope: Scope, name: str) -> tuple[Scope, object] | None:
        """The controller class of that name nearest to the routes."""
        parts = name.strip("/").replace(".", "/").split("/")
        folder = posixpath.dirname(scope.module.path)
        while True:
            for base in ("app/controllers", "app/http/controllers"):
                module = self._project.module(posixpath.normpath(posixpath.join(folder, base, *parts) + ".py"))
                if module is not None:
                    return Scope(self._project, module).bound(parts[-1])
            if not folder:
                return None
            folder = posixpath.dirname(folder)

    def _middleware(self, scope: Scope, call: Call) -> Iterator[Guard]:
        """`middleware=["auth"]`, `.middleware("auth")`: by the usual name of what stands there."""
        given = call.keyword("middleware")
        if isinstance(call.callee, Attribute) and call.callee.name == "middleware":
            given = Sequence(call.line, call.end, call.arguments)
        for element in given.elements if isinstance(given, Sequence) else ():
            category = _MIDDLEWARE.get((scope.constant(element) or "").partition(":")[0])
            if category is not None:
                yield self._endpoints.guards.guard(scope, element, category, "route", scope.constant(element) or "")


_MIDDLEWARE: Final = {
    "auth": ControlCategory.AUTHENTICATION,
    "jwt": ControlCategory.AUTHENTICATION,
    "verified": ControlCategory.AUTHENTICATION,
    "can": ControlCategory.AUTHORIZATION,
    "throttle": ControlCategory.RATE_LIMITING,
}


def _chain(call: Call) -> list[Call]:
    """The calls of `Get().route(...).middleware(...)`, innermost first."""
    links = [call]
    while isinstance(links[-1].callee, Attribute) and isinstance(links[-1].callee.object, Call):
        links.append(links[-1].callee.object)
    return links[::-1]


def _given(calls: list[Call], name: str) -> Expression | None:
    return next((value for link in calls if (value := link.keyword(name)) is not None), None)


def _trimmed(place: Placement, path: str) -> Placement:
    """A group's bare "/" adds no slash."""
    return Placement(place.prefix.rstrip("/"), place.guards) if path == "/" else place
