"""Sanic: applications, blueprints and groups of them with versions, class views, websockets, static files, middleware."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.python.endpoints import Endpoints, Registration
from threat_modeling.codebase.python.handlers import decorators_of
from threat_modeling.codebase.python.routers import Key, Placement, Router, joined
from threat_modeling.codebase.python.views import View, options, view
from threat_modeling.codebase.python.wiring import Wiring, calls, places_of
from threat_modeling.codebase.syntax import Attribute, Call, Class, Expression, Function, Literal, Statement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.observations import Guard, Route
    from threat_modeling.codebase.project import Project
    from threat_modeling.codebase.python.guards import Reach
    from threat_modeling.codebase.python.scopes import Scope

LANGUAGES: Final = ("python",)
KEYWORDS: Final = ("sanic", "Blueprint")
_VERBS: Final = {name: name.upper() for name in ("get", "post", "put", "patch", "delete", "head", "options")}
_KINDS: Final = {"Sanic": "application", "get_app": "application", "Blueprint": "blueprint", "BlueprintGroup": "group"}
_TYPED: Final = re.compile(r"<(\w+):[^<>]*(?:<[^<>]*>[^<>]*)?>")
_REQUEST: Final = frozenset({"middleware", "on_request"})


def routes(project: Project) -> Iterator[Route]:
    """The routes of all Sanic applications in a project."""
    places = places_of(project, KEYWORDS, ("sanic",))
    if places:
        yield from _Sanic(project, places).routes()


class _Sanic:
    def __init__(self, project: Project, places: list[tuple[Scope, Statement]]) -> None:
        self._project = project
        self._places = places
        self._endpoints = Endpoints(project, "sanic")
        self._wiring = Wiring(places, _made)
        self._versions: dict[Key, str] = {}
        self._mounted: dict[tuple[Key, Key], str] = {}
        for scope, statement in places:
            for call in calls(statement):
                self._mount(scope, call)
            if isinstance(statement, Function):
                self._hook(scope, statement)

    def routes(self) -> Iterator[Route]:
        for scope, statement in self._places:
            if isinstance(statement, Function | Class):
                decorators = decorators_of(self._project, scope.module, statement)
                for decorator in decorators:
                    others = tuple(other for other in decorators if other is not decorator)
                    yield from self._registered(scope, decorator, View(scope, statement), others)
            for call in calls(statement):
                yield from self._added(scope, call)

    def _registered(self, scope: Scope, decorator: Expression, target: View, others: tuple[Expression, ...]) -> Iterator[Route]:
        if not isinstance(decorator, Call) or not isinstance(decorator.callee, Attribute):
            return
        name = decorator.callee.name
        path = scope.constant(decorator.keyword("uri") or (decorator.arguments[0] if decorator.arguments else None))
        if path is None or name not in {*_VERBS, "route", "websocket"}:
            return
        methods = (_VERBS[name],) if name in _VERBS else ("GET",) if name == "websocket" else options(scope, decorator.keyword("methods"))
        yield from self._emit(scope, decorator, decorator.callee.object, path, methods, target, others)

    def _added(self, scope: Scope, call: Call) -> Iterator[Route]:
        """`app.add_route(handler, "/path")`, `View.attach(app, "/path")`, `app.static("/files", folder)`."""
        callee = call.callee
        if not isinstance(callee, Attribute):
            return
        uri = call.keyword("uri")
        first, second = [*call.arguments, None, None][:2]
        if callee.name in {"add_route", "add_websocket_route"}:
            path = scope.constant(uri or second)
            target = view(scope, call.keyword("handler") or first)
            methods = ("GET",) if "websocket" in callee.name else options(scope, call.keyword("methods"))
            if path is not None and target is not None:
                yield from self._emit(scope, call, callee.object, path, methods, target, target.target.decorators)
        elif callee.name == "attach" and first is not None:
            path, target = scope.constant(uri or second), view(scope, callee.object)
            if path is not None and target is not None and isinstance(target.target, Class):
                yield from self._emit(scope, call, first, path, (), target, target.target.decorators)
        elif callee.name == "static" and (uri or first) is not None:
            path = scope.constant(uri or first)
            served = scope.constant(call.keyword("file_or_directory") or second) or ""
            if path is not None:
                shown = path if "." in served.rpartition("/")[2] else joined(path, "{filename}")
                yield from self._emit(scope, call, callee.object, shown, ("GET",), None, ())

    def _emit(
        self, scope: Scope, node: Call, receiver: Expression, path: str, methods: tuple[str, ...], target: View | None, others: tuple[Expression, ...]
    ) -> Iterator[Route]:
        name = node.callee.name if isinstance(node.callee, Attribute) else ""
        named = _TYPED.sub(r"<\1>", path)
        registration = Registration(scope, node, named, methods, "websocket" if "websocket" in name else "http")
        places = [place for router in self._wiring.receivers(scope, receiver) for place in self._placements(router, _version(scope, node))]
        if places:
            yield from self._endpoints.of(registration, target, places, others)

    def _placements(self, router: Router, version: str, above: tuple[Router, ...] = ()) -> Iterator[Placement]:
        """Where a router stands: the version that is stated nearest to the route comes before all prefixes."""
        guards = tuple(router.guards)
        version = version or self._versions.get(router.key, "")
        for key, prefix, _ in router.mounts or [(None, router.prefix, ())]:
            parent = self._wiring.routers.get(key)
            if parent is None:
                yield Placement(joined(version, prefix) if version else prefix, guards)
            elif parent not in above and parent is not router:
                mounted = version or self._mounted.get((router.key, parent.key), "")
                for place in self._placements(parent, mounted, (*above, router)):
                    yield Placement(joined(place.prefix, prefix), (*place.guards, *guards))

    def _mount(self, scope: Scope, call: Call) -> None:
        router = self._wiring.made(scope, call)
        version = _version(scope, call)
        if router is not None:
            self._versions[router.key] = version
            if router.kind == "group":
                for argument in call.arguments:
                    self._attach(scope, argument, [router], None, "")
        callee = call.callee
        if not isinstance(callee, Attribute) or not call.arguments:
            return
        if callee.name in {"blueprint", "append", "extend"}:
            self._attach(scope, call.arguments[0], self._wiring.receivers(scope, callee.object), scope.constant(call.keyword("url_prefix")), version)
        elif callee.name == "register_middleware":
            found = scope.bound(call.arguments[0])
            if found is not None and isinstance(found[1], Function):
                self._guard(scope, callee.object, found[0], found[1])

    def _attach(self, scope: Scope, children: Expression, parents: list[Router], prefix: str | None, version: str) -> None:
        for child in self._wiring.receivers(scope, children):
            for parent in parents:
                mount: tuple[Key | None, str, tuple[Guard, ...]] = (parent.key, joined(prefix or "", child.prefix), ())
                if parent is not child and mount not in child.mounts:
                    child.mounts.append(mount)
                    self._mounted[child.key, parent.key] = version

    def _hook(self, scope: Scope, function: Function) -> None:
        """`@app.middleware("request")`, `@app.on_request`."""
        for decorator in function.decorators:
            callee = decorator.callee if isinstance(decorator, Call) else decorator
            phase = scope.constant(decorator.arguments[0]) if isinstance(decorator, Call) and decorator.arguments else "request"
            if isinstance(callee, Attribute) and callee.name in _REQUEST and phase == "request":
                self._guard(scope, callee.object, scope, function)

    def _guard(self, scope: Scope, receiver: Expression, inner: Scope, function: Function) -> None:
        for router in self._wiring.receivers(scope, receiver):
            reach: Reach = "application" if router.kind == "application" else "router"
            router.guards += [guard for guard in self._endpoints.guards.in_hook(inner, function, reach) if guard not in router.guards]


def _version(scope: Scope, call: Call) -> str:
    """`/v1` for `version=1`; `version_prefix` says what stands before the number."""
    given = call.keyword("version")
    value = given.value if isinstance(given, Literal) else scope.constant(given)
    if value in {None, ""}:
        return ""
    return f"{scope.constant(call.keyword('version_prefix')) or '/v'}{str(value).lstrip('v')}"


def _made(scope: Scope, call: Call) -> tuple[str, str] | None:
    name = scope.qualified(call.callee)
    if not name.startswith("sanic."):
        return None
    kind = "group" if name.endswith("Blueprint.group") else _KINDS.get(name.rpartition(".")[2])
    return None if kind is None else (kind, scope.constant(call.keyword("url_prefix")) or "")
