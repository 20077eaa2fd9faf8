"""aiohttp: route tables, `add_routes`, the router's own methods, class views, nested applications, static folders, middlewares."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.python.endpoints import Endpoints, Registration
from threat_modeling.codebase.python.handlers import METHODS, decorators_of
from threat_modeling.codebase.python.routers import Placement, joined
from threat_modeling.codebase.python.views import View, view
from threat_modeling.codebase.python.wiring import Wiring, calls, places_of
from threat_modeling.codebase.syntax import Attribute, Call, Class, Expression, Function, Name, Sequence, Statement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.observations import Guard, Route
    from threat_modeling.codebase.project import Project
    from threat_modeling.codebase.python.scopes import Scope

LANGUAGES: Final = ("python",)
KEYWORDS: Final = ("aiohttp", "RouteTableDef", "add_routes(", ".router.add_", "add_subapp(")
_VERBS: Final = {method.lower(): (method,) for method in METHODS}
_ADDERS: Final = {f"add_{verb}": methods for verb, methods in _VERBS.items()}


def routes(project: Project) -> Iterator[Route]:
    """The routes of all aiohttp servers in a project."""
    places = places_of(project, KEYWORDS, ("aiohttp",))
    if places:
        yield from _Aiohttp(project, places).routes()


class _Aiohttp:
    def __init__(self, project: Project, places: list[tuple[Scope, Statement]]) -> None:
        self._project = project
        self._places = places
        self._endpoints = Endpoints(project, "aiohttp")
        self._wiring = Wiring(places, _made)
        for scope, statement in places:
            for call in calls(statement):
                self._mount(scope, call)

    def routes(self) -> Iterator[Route]:
        for scope, statement in self._places:
            if isinstance(statement, Function | Class):
                yield from self._decorated(scope, statement)
            for call in calls(statement):
                yield from self._row(scope, call)
                yield from self._added(scope, call)

    def _mount(self, scope: Scope, call: Call) -> None:
        router = self._wiring.made(scope, call)
        if router is not None:
            middlewares = call.keyword("middlewares")
            elements = middlewares.elements if isinstance(middlewares, Sequence) else ()
            router.guards += [guard for given in elements for guard in self._middleware(scope, given) if guard not in router.guards]
        callee = call.callee
        if not isinstance(callee, Attribute) or not call.arguments:
            return
        if callee.name in {"add_routes", "add_subapp"}:
            prefix = (scope.constant(call.arguments[0]) or "") if callee.name == "add_subapp" else ""
            for child in self._wiring.receivers(scope, call.arguments[-1]):
                child.mounts += [(parent.key, prefix, ()) for parent in self._wiring.receivers(scope, callee.object) if parent is not child]
        elif callee.name in {"append", "extend"} and isinstance(callee.object, Attribute) and callee.object.name == "middlewares":
            for router in self._wiring.receivers(scope, callee.object.object):
                router.guards += self._middleware(scope, call.arguments[0])

    def _middleware(self, scope: Scope, given: Expression) -> list[Guard]:
        found = scope.bound(given)
        if found is not None and isinstance(found[1], Function):
            return [*self._endpoints.guards.in_middleware(found[0], found[1])]
        return [*self._endpoints.guards.of(scope, (given,), "application")]

    def _decorated(self, scope: Scope, target: Function | Class) -> Iterator[Route]:
        """`@routes.get("/path")`, `@routes.view("/path")`."""
        decorators = decorators_of(self._project, scope.module, target)
        for decorator in decorators:
            if not isinstance(decorator, Call) or not isinstance(decorator.callee, Attribute):
                continue
            registration = _registration(scope, decorator, decorator.callee.name)
            routers = self._wiring.receivers(scope, decorator.callee.object) if registration is not None else []
            if registration is not None and routers:
                others = tuple(other for other in decorators if other is not decorator)
                places = [place for router in routers for place in self._wiring.routers.placements(router)]
                yield from self._endpoints.of(registration, View(scope, target), places, others)

    def _row(self, scope: Scope, call: Call) -> Iterator[Route]:
        """`add_routes([web.get("/path", handler), web.static("/files", folder)])`, the list given by name too."""
        callee = call.callee
        if not isinstance(callee, Attribute) or callee.name != "add_routes" or not call.arguments:
            return
        places = self._wiring.placements(scope, callee.object)
        for inner, row in self._wiring.values(scope, call.arguments[0]):
            name = inner.qualified(row.callee)
            if name.startswith("aiohttp."):
                yield from self._register(inner, row, name.rpartition(".")[2], places)

    def _added(self, scope: Scope, call: Call) -> Iterator[Route]:
        """`app.router.add_get("/path", handler)`, `resource.add_route("GET", handler)`."""
        callee: Expression = call.callee
        if isinstance(callee, Name):
            found = scope.bound(callee)
            if found is None or not isinstance(found[1], Attribute):
                return
            scope, callee = found[0], found[1]
        if not isinstance(callee, Attribute) or not callee.name.startswith("add_") or not call.arguments:
            return
        routers = self._wiring.receivers(scope, callee.object)
        if routers:
            places = [place for router in routers for place in self._wiring.routers.placements(router)]
            yield from self._register(scope, call, callee.name, places)
        elif callee.name == "add_route":
            for inner, made in self._wiring.values(scope, callee.object):
                if isinstance(made.callee, Attribute) and made.callee.name == "add_resource" and made.arguments:
                    path = inner.constant(made.arguments[0]) or ""
                    places = [Placement(joined(p.prefix, path), p.guards) for p in self._wiring.placements(inner, made.callee.object)]
                    methods = _methods(scope.constant(call.arguments[0]))
                    yield from self._endpoints.of(Registration(scope, call, "", methods), view(scope, call.arguments[-1]), places)

    def _register(self, scope: Scope, call: Call, name: str, places: list[Placement]) -> Iterator[Route]:
        registration = _registration(scope, call, name)
        if registration is None:
            return
        given = call.keyword("handler") or call.arguments[-1]
        target = None if name.endswith("static") else view(scope, given)
        yield from self._endpoints.of(registration, target, places, target.target.decorators if target is not None else ())


def _registration(scope: Scope, call: Call, name: str) -> Registration | None:
    """What a verb of aiohttp registers, in any of its three spellings (`get`, `add_get`, `@routes.get`)."""
    verb = name.removeprefix("add_")
    index = 1 if verb == "route" else 0
    path = scope.constant(call.keyword("path") or (call.arguments[index] if len(call.arguments) > index else None))
    if verb == "static":
        path = scope.constant(call.keyword("prefix") or (call.arguments[0] if call.arguments else None))
        return None if path is None else Registration(scope, call, joined(path, "{filename}"), ("GET",))
    if path is None or verb not in {*_VERBS, "route", "view"}:
        return None
    methods = _methods(scope.constant(call.arguments[0])) if verb == "route" else _VERBS.get(verb, ())
    return Registration(scope, call, path, methods)


def _methods(written: str | None) -> tuple[str, ...]:
    return ("ANY",) if written in {None, "*"} else (str(written).upper(),)


def _made(scope: Scope, call: Call) -> tuple[str, str] | None:
    name = scope.qualified(call.callee)
    if not name.startswith("aiohttp."):
        return None
    kind = name.rpartition(".")[2]
    return (kind, "") if kind in {"Application", "RouteTableDef"} else None
