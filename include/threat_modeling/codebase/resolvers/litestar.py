"""Litestar (and Starlite): handlers, controllers, routers, with guards and paths of every layer above."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.python.endpoints import Endpoints, Registration
from threat_modeling.codebase.python.routers import Placement, joined
from threat_modeling.codebase.python.signatures import parameters
from threat_modeling.codebase.python.views import Served, class_methods
from threat_modeling.codebase.python.wiring import Wiring, calls, places_of
from threat_modeling.codebase.syntax import Assign, Attribute, Call, Class, Expression, Function, Name, Operation, Sequence, Statement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.observations import Guard, Route
    from threat_modeling.codebase.project import Project
    from threat_modeling.codebase.python.guards import Reach
    from threat_modeling.codebase.python.scopes import Scope

LANGUAGES: Final = ("python",)
KEYWORDS: Final = ("litestar", "starlite")
_VERBS: Final = {name: name.upper() for name in ("get", "post", "put", "patch", "delete", "head")}
_SOCKETS: Final = frozenset({"websocket", "websocket_listener", "websocket_stream"})
_HANDLERS: Final = frozenset({*_VERBS, *_SOCKETS, "route", "asgi"})
_INJECTED: Final = frozenset({"request", "socket", "state", "scope", "self", "body", "headers", "cookies", "query", "receive", "send"})
_MAX_DEPTH: Final = 12


def routes(project: Project) -> Iterator[Route]:
    """The routes of all Litestar applications in a project."""
    places = places_of(project, KEYWORDS, ("litestar", "starlite"))
    if places:
        yield from _Litestar(project, places).routes()


class _Litestar:
    def __init__(self, project: Project, places: list[tuple[Scope, Statement]]) -> None:
        self._places = places
        self._endpoints = Endpoints(project, "litestar")
        self._wiring = Wiring(places, _made)
        self._served: set[tuple[str, int]] = set()
        self._whole = True

    def routes(self) -> Iterator[Route]:
        applications = 0
        for scope, statement in self._places:
            for call in calls(statement):
                router = self._wiring.made(scope, call)
                if router is not None and router.kind == "application":
                    applications += 1
                    yield from self._layer(scope, call, Placement(""), "application", 0)
        if not applications or not self._whole:
            yield from self._unregistered()

    def _unregistered(self) -> Iterator[Route]:
        """Handlers of applications that can't be seen, or whose list of handlers is computed."""
        for scope, statement in self._places:
            if isinstance(statement, Class) and _is_controller(scope, statement):
                if (scope.module.path, statement.line) not in self._served:
                    yield from self._controller(scope, statement, Placement(""))
            elif isinstance(statement, Function) and not scope.classes and (scope.module.path, statement.line) not in self._served:
                yield from self._function(scope, statement, Placement(""))

    def _layer(self, scope: Scope, call: Call, above: Placement, reach: Reach, depth: int) -> Iterator[Route]:
        guards = tuple(self._layer_guards(scope, call, reach))
        place = Placement(joined(above.prefix, scope.constant(call.keyword("path")) or ""), (*above.guards, *guards))
        handlers = call.keyword("route_handlers") or (call.arguments[0] if call.arguments and reach == "application" else None)
        if handlers is not None and depth < _MAX_DEPTH:
            yield from self._elements(scope, handlers, place, depth + 1)

    def _layer_guards(self, scope: Scope, call: Call, reach: Reach) -> Iterator[Guard]:
        for name in ("guards", "middleware", "before_request"):
            given = call.keyword(name)
            elements = given.elements if isinstance(given, Sequence) else (given,) if given is not None else ()
            yield from self._endpoints.guards.of(scope, elements, reach)

    def _elements(self, scope: Scope, handlers: Expression, place: Placement, depth: int) -> Iterator[Route]:
        for given in handlers.elements if isinstance(handlers, Sequence) else (handlers,):
            element = given.operands[0] if isinstance(given, Operation) and given.operator == "..." else given
            if isinstance(element, Call | Sequence):
                found: tuple[Scope, object] | None = scope, element
            else:
                found = scope.bound(element) if isinstance(element, Name | Attribute) else None
            if found is None:
                self._whole = False
            else:
                yield from self._element(*found, place, depth)

    def _element(self, scope: Scope, bound: object, place: Placement, depth: int) -> Iterator[Route]:
        if isinstance(bound, Function):
            yield from self._function(scope, bound, place)
        elif isinstance(bound, Class):
            yield from self._controller(scope, bound, place)
        elif isinstance(bound, Sequence) and depth < _MAX_DEPTH:
            yield from self._elements(scope, bound, place, depth + 1)
        elif isinstance(bound, Call):
            yield from self._made(scope, bound, place, depth)

    def _made(self, scope: Scope, call: Call, place: Placement, depth: int) -> Iterator[Route]:
        for inner, made in self._wiring.values(scope, call):
            name = inner.qualified(made.callee).rpartition(".")[2]
            path = inner.constant(made.keyword("path") or (made.arguments[0] if made.arguments else None))
            if name == "Router":
                yield from self._layer(inner, made, place, "router", depth)
            elif name in {"create_static_files_router", "StaticFilesConfig"} and path is not None:
                yield from self._endpoints.of(Registration(inner, made, joined(path, "{filename}"), ("GET",)), None, [place])
            else:
                self._whole = False

    def _controller(self, scope: Scope, class_: Class, place: Placement) -> Iterator[Route]:
        self._served.add((scope.module.path, class_.line))
        fields = {target.id: node.value for node in class_.body if isinstance(node, Assign) for target in node.targets if isinstance(target, Name)}
        listed = [value for name in ("guards", "middleware") if isinstance(value := fields.get(name), Sequence)]
        guards = [guard for given in listed for guard in self._endpoints.guards.of(scope, given.elements, "router")]
        inner = Placement(joined(place.prefix, scope.constant(fields.get("path")) or ""), (*place.guards, *guards))
        if any(scope.qualified(base).rpartition(".")[2] == "WebsocketListener" for base in class_.bases):
            listener = next((f for f in class_.body if isinstance(f, Function) and f.name == "on_receive"), None)
            registration = Registration(scope, class_, "", (), "websocket")
            served = Served("GET", scope.within(class_), listener, f"{class_.name}.on_receive") if listener is not None else None
            yield from self._endpoints.served(registration, "GET", served, [inner])
        for where, owner, function in class_methods(scope, class_):
            yield from self._function(where.within(owner), function, inner, f"{class_.name}.{function.name}")

    def _function(self, scope: Scope, function: Function, place: Placement, name: str = "") -> Iterator[Route]:
        for decorator in function.decorators:
            callee = decorator.callee if isinstance(decorator, Call) else decorator
            qualified = scope.qualified(callee)
            verb = qualified.rpartition(".")[2]
            if verb not in _HANDLERS or not qualified.startswith(("litestar", "starlite")):
                continue
            self._served.add((scope.module.path, function.line))
            others = tuple(other for other in function.decorators if other is not decorator)
            for path in _paths(scope, decorator):
                for method in _methods(scope, decorator, verb):
                    registration = Registration(scope, decorator, path, (), "websocket" if verb in _SOCKETS else "http")
                    yield from self._handler(registration, method, Served(method, scope, function, name or function.name), place, others)

    def _handler(self, registration: Registration, method: str, served: Served, place: Placement, others: tuple[Expression, ...]) -> Iterator[Route]:
        scope, node = registration.scope, registration.node
        own = tuple(self._layer_guards(scope, node, "route")) if isinstance(node, Call) else ()
        named = {part.strip("{}").partition(":")[0] for part in registration.path.split("/") if part.startswith("{")}
        taken = tuple(
            parameter.model_copy(update={"source": "body"}) if parameter.name == "data" else parameter
            for parameter in parameters(scope, served.function, named)
            if parameter.source != "path" and parameter.name not in _INJECTED
        )
        yield from self._endpoints.served(registration, method, served, [place], (*own, *self._endpoints.guards.of(scope, others, "route")), taken)


def _paths(scope: Scope, decorator: Expression) -> list[str]:
    given = decorator.keyword("path") or (decorator.arguments[0] if decorator.arguments else None) if isinstance(decorator, Call) else None
    elements = given.elements if isinstance(given, Sequence) else (given,)
    return [path.rstrip("/") for element in elements if (path := scope.constant(element)) is not None] or [""]


def _methods(scope: Scope, decorator: Expression, verb: str) -> tuple[str, ...]:
    if verb in _VERBS:
        return (_VERBS[verb],)
    given = decorator.keyword("http_method") if isinstance(decorator, Call) else None
    elements = given.elements if isinstance(given, Sequence) else (given,)
    named = [element.name if isinstance(element, Attribute) else scope.constant(element) for element in elements]
    return tuple(name.upper() for name in named if name) or (("GET",) if verb in _SOCKETS else ("ANY",))


def _is_controller(scope: Scope, class_: Class) -> bool:
    return any(scope.qualified(base).rpartition(".")[2] == "Controller" for base in class_.bases)


def _made(scope: Scope, call: Call) -> tuple[str, str] | None:
    name = scope.qualified(call.callee)
    if not name.startswith(("litestar", "starlite")):
        return None
    kind = {"Litestar": "application", "Starlite": "application", "Router": "router"}.get(name.rpartition(".")[2])
    return None if kind is None else (kind, "")
