"""Bottle: routes of the default application and of others, mounted applications, plugins, hooks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.python.endpoints import Endpoints, Registration
from threat_modeling.codebase.python.handlers import decorators_of
from threat_modeling.codebase.python.routers import Placement
from threat_modeling.codebase.python.views import View, options, view
from threat_modeling.codebase.python.wiring import Wiring, calls, places_of
from threat_modeling.codebase.syntax import Attribute, Call, Expression, Function, Sequence, Statement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.observations import Guard, Route
    from threat_modeling.codebase.project import Project
    from threat_modeling.codebase.python.scopes import Scope

LANGUAGES: Final = ("python",)
KEYWORDS: Final = ("bottle", "Bottle")
_VERBS: Final = {"get": "GET", "post": "POST", "put": "PUT", "patch": "PATCH", "delete": "DELETE"}
_OLD_PARAMETER: Final = re.compile(r"(?<=/):(\w+)(?:#[^#]*#)?")
_FILTER: Final = re.compile(r"<(\w+)(?::(\w+)(?::[^<>]*)?)?>")


def routes(project: Project) -> Iterator[Route]:
    """The routes of all Bottle applications in a project."""
    places = places_of(project, KEYWORDS, ("bottle",))
    if places:
        yield from _Bottle(project, places).routes()


class _Bottle:
    def __init__(self, project: Project, places: list[tuple[Scope, Statement]]) -> None:
        self._project = project
        self._places = places
        self._endpoints = Endpoints(project, "bottle")
        self._wiring = Wiring(places, _made)
        self._default: list[Guard] = []
        for scope, statement in places:
            for call in calls(statement):
                self._mount(scope, call)
            if isinstance(statement, Function):
                self._hook(scope, statement)

    def routes(self) -> Iterator[Route]:
        for scope, statement in self._places:
            for call in calls(statement):
                router = self._wiring.made(scope, call)
                if router is not None and router.kind == "default":
                    router.guards = [*dict.fromkeys((*self._default, *router.guards))]
        for scope, statement in self._places:
            if isinstance(statement, Function):
                decorators = decorators_of(self._project, scope.module, statement)
                for decorator in decorators:
                    others = tuple(other for other in decorators if other is not decorator)
                    yield from self._registered(scope, decorator, View(scope, statement), others)
            for call in calls(statement):
                target = view(scope, call.keyword("callback") or (call.arguments[2] if len(call.arguments) > 2 else None))
                if target is not None:
                    yield from self._registered(scope, call, target, target.target.decorators)

    def _registered(self, scope: Scope, node: Expression, target: View, decorators: tuple[Expression, ...]) -> Iterator[Route]:
        callee = node.callee if isinstance(node, Call) else node
        name = scope.qualified(callee).rpartition(".")[2]
        if name not in {*_VERBS, "route"}:
            return
        places = self._places_of(scope, callee)
        for path in _paths(scope, node, target) if places else ():
            guards = tuple(self._applied(scope, node))
            yield from self._endpoints.of(Registration(scope, node, path, _methods(scope, node, name), guards=guards), target, places, decorators)

    def _places_of(self, scope: Scope, callee: Expression) -> list[Placement]:
        """Where the application stands whose verb is called; a bare `route` is the default application's."""
        if scope.qualified(callee).startswith("bottle."):
            return [Placement("", tuple(self._default))]
        routers = self._wiring.receivers(scope, callee.object) if isinstance(callee, Attribute) else []
        return [place for router in routers for place in self._wiring.routers.placements(router)]

    def _applied(self, scope: Scope, node: Expression) -> Iterator[Guard]:
        """`@route("/path", apply=[plugin])`."""
        given = node.keyword("apply") if isinstance(node, Call) else None
        plugins = given.elements if isinstance(given, Sequence) else (given,) if given is not None else ()
        yield from self._endpoints.guards.of(scope, plugins, "route")

    def _mount(self, scope: Scope, call: Call) -> None:
        callee = call.callee
        if not isinstance(callee, Attribute) or callee.name not in {"mount", "merge", "install"} or not call.arguments:
            return
        parents = self._wiring.receivers(scope, callee.object)
        if callee.name == "install":
            for parent in parents:
                parent.guards += self._endpoints.guards.of(scope, call.arguments[:1], "application")
            return
        prefixes = [path for argument in call.arguments if (path := scope.constant(argument)) is not None]
        for argument in call.arguments:
            for child in self._wiring.receivers(scope, argument):
                child.mounts += [(parent.key, (prefixes or [""])[0], ()) for parent in parents if parent is not child]

    def _hook(self, scope: Scope, function: Function) -> None:
        """`@hook("before_request")`, `@app.hook("before_request")`."""
        for decorator in function.decorators:
            if not isinstance(decorator, Call) or scope.constant(decorator.arguments[0] if decorator.arguments else None) != "before_request":
                continue
            found = [*self._endpoints.guards.in_hook(scope, function, "application")]
            if scope.qualified(decorator.callee) == "bottle.hook":
                self._default += found
            elif isinstance(decorator.callee, Attribute):
                for router in self._wiring.receivers(scope, decorator.callee.object):
                    router.guards += found


def _methods(scope: Scope, node: Expression, name: str) -> tuple[str, ...]:
    if name in _VERBS:
        return (_VERBS[name],)
    given = node.keyword("method") or (node.arguments[1] if len(node.arguments) > 1 else None) if isinstance(node, Call) else None
    one = scope.constant(given)
    return (one.upper(),) if one else options(scope, given) or ("GET",)


def _paths(scope: Scope, node: Expression, target: View) -> list[str]:
    """The paths as written; without one, the function's name and its parameters are the path."""
    given = node.keyword("path") or (node.arguments[0] if node.arguments else None) if isinstance(node, Call) else None
    elements = given.elements if isinstance(given, Sequence) else (given,)
    found = [path for element in elements if (path := scope.constant(element)) is not None]
    if not found and given is None and isinstance(target.target, Function):
        required = "".join(f"/<{p.name}>" for p in target.target.parameters if p.default is None)
        found = ["/" + target.target.name.replace("__", "/") + required]
    return [_FILTER.sub(lambda m: f"<{m[2]}:{m[1]}>" if m[2] else m[0], _OLD_PARAMETER.sub(r"<\1>", path)) for path in found]


def _made(scope: Scope, call: Call) -> tuple[str, str] | None:
    kind = {"bottle.Bottle": "application", "bottle.default_app": "default", "bottle.app": "default"}.get(scope.qualified(call.callee))
    return None if kind is None else (kind, "")
