"""Falcon: resources and their responders, suffixes, sinks, static routes, hooks and middleware."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.python.django_urls import plain_path
from threat_modeling.codebase.python.endpoints import Endpoints, Registration
from threat_modeling.codebase.python.handlers import METHODS
from threat_modeling.codebase.python.routers import Placement, joined
from threat_modeling.codebase.python.views import Served, class_methods, view
from threat_modeling.codebase.python.wiring import Wiring, calls, places_of
from threat_modeling.codebase.syntax import Attribute, Call, Expression, Name, Parameter, Sequence, Statement, dotted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.observations import EntryPointType, Guard, Route
    from threat_modeling.codebase.project import Project
    from threat_modeling.codebase.python.scopes import Scope

LANGUAGES: Final = ("python",)
KEYWORDS: Final = ("falcon", "add_route(")
_RESPONDERS: Final = {f"on_{method.lower()}": method for method in METHODS} | {"on_websocket": "GET"}
_MIDDLEWARE: Final = ("process_request", "process_resource")


def routes(project: Project) -> Iterator[Route]:
    """The routes of all Falcon applications in a project."""
    places = places_of(project, KEYWORDS, ("falcon",))
    if places:
        yield from _Falcon(project, places).routes()


class _Falcon:
    def __init__(self, project: Project, places: list[tuple[Scope, Statement]]) -> None:
        self._places = places
        self._endpoints = Endpoints(project, "falcon")
        self._guards = self._endpoints.guards
        self._wiring = Wiring(places, _made)
        for scope, statement in places:
            for call in calls(statement):
                self._middleware(scope, call)

    def routes(self) -> Iterator[Route]:
        for scope, statement in self._places:
            for call in calls(statement):
                if isinstance(call.callee, Attribute) and call.callee.name in {"add_route", "add_static_route", "add_sink"} and call.arguments:
                    yield from self._added(scope, call, call.callee)

    def _added(self, scope: Scope, call: Call, callee: Attribute) -> Iterator[Route]:
        places = self._places_of(scope, callee.object)
        path = scope.constant(call.keyword("uri_template") or call.keyword("prefix") or call.arguments[0])
        given = call.keyword("resource") or (call.arguments[1] if len(call.arguments) > 1 else None)
        if not places:
            return
        if callee.name == "add_sink":
            prefix = scope.constant(call.keyword("prefix") or given) or "/"
            shown = plain_path(prefix) if "(" in prefix else joined(prefix, "{path}")
            sink = Registration(scope, call, shown.replace(".+", "").replace(".*", ""), ("ANY",))
            yield from self._endpoints.of(sink, view(scope, call.arguments[0]), places)
        elif path is not None and callee.name == "add_static_route":
            yield from self._endpoints.of(Registration(scope, call, joined(path, "{filename}"), ("GET",)), None, places)
        elif path is not None:
            yield from self._resource(Registration(scope, call, path), given, scope.constant(call.keyword("suffix")) or "", places)

    def _resource(self, registration: Registration, given: Expression | None, suffix: str, places: list[Placement]) -> Iterator[Route]:
        found = self._wiring.class_of(registration.scope, given)
        if found is None:
            return
        scope, class_ = found
        ending = f"_{suffix}" if suffix else ""
        for inner, owner, function in class_methods(scope, class_):
            method = _RESPONDERS.get(function.name.removesuffix(ending) if ending else function.name)
            if method is None or (ending and not function.name.endswith(ending)):
                continue
            served = Served(method, inner.within(owner), function, f"{class_.name}.{function.name}")
            kind: EntryPointType = "websocket" if function.name.startswith("on_websocket") else "http"
            own = tuple(self._hooks(inner, (*owner.decorators, *function.decorators)))
            route = Registration(registration.scope, registration.node, registration.path, (), kind)
            yield from self._endpoints.served(route, method, served, places, own)

    def _hooks(self, scope: Scope, decorators: tuple[Expression, ...]) -> Iterator[Guard]:
        """`@falcon.before(check)` by what its hook does; other decorators as they are."""
        for decorator in decorators:
            if isinstance(decorator, Call) and scope.qualified(decorator.callee).endswith("falcon.before") and decorator.arguments:
                yield from self._guards.of(scope, decorator.arguments[:1], "route")
            else:
                yield from self._guards.of(scope, (decorator,), "route")

    def _places_of(self, scope: Scope, receiver: Expression) -> list[Placement]:
        """Where the application stands; a parameter in a project with Falcon is taken for one."""
        routers = self._wiring.receivers(scope, receiver)
        if routers:
            return [place for router in routers for place in self._wiring.routers.placements(router)]
        bound = scope.bound(receiver) if isinstance(receiver, Name | Attribute) else None
        unknown = bound is None or isinstance(bound[1], Parameter)
        return [Placement("")] if unknown and dotted(receiver).rpartition(".")[2] in {"app", "api", "application"} else []

    def _middleware(self, scope: Scope, call: Call) -> None:
        router = self._wiring.made(scope, call)
        given = call.keyword("middleware") if router is not None else None
        routers = [router] if router is not None else []
        if isinstance(call.callee, Attribute) and call.callee.name == "add_middleware" and call.arguments:
            given, routers = call.arguments[0], self._wiring.receivers(scope, call.callee.object)
        for element in given.elements if isinstance(given, Sequence) else (given,) if given is not None else ():
            found = [*self._before(scope, element)]
            for owner in routers:
                owner.guards += [guard for guard in found if guard not in owner.guards]

    def _before(self, scope: Scope, element: Expression) -> Iterator[Guard]:
        found = self._wiring.class_of(scope, element)
        if found is None:
            yield from self._guards.of(scope, (element,), "application")
            return
        for inner, owner, function in class_methods(*found):
            if function.name.removesuffix("_async") in _MIDDLEWARE:
                yield from self._guards.in_hook(inner.within(owner), function, "application")


def _made(scope: Scope, call: Call) -> tuple[str, str] | None:
    return ("application", "") if scope.qualified(call.callee) in {"falcon.App", "falcon.API", "falcon.asgi.App"} else None
