"""FastAPI and Starlette: decorated routes, included and mounted routers, route tables, websockets; dependencies are their guards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.naming import is_test
from threat_modeling.codebase.observations import Guard, Parameter, Route
from threat_modeling.codebase.python.asgi_routers import AsgiRouters
from threat_modeling.codebase.python.behavior import dependencies
from threat_modeling.codebase.python.flask_routers import calls
from threat_modeling.codebase.python.guards import Guards
from threat_modeling.codebase.python.handlers import METHODS, braced, decorators_of, distinct, handler, path_parameters, read_parameters
from threat_modeling.codebase.python.routers import Placement, Router, joined
from threat_modeling.codebase.python.scopes import Scope, statements
from threat_modeling.codebase.python.signatures import model_of, parameters
from threat_modeling.codebase.python.views import Served, View, class_methods, options, view, view_methods
from threat_modeling.codebase.syntax import Attribute, Call, Expression, Function, Node, Sequence, Statement, dotted
from threat_modeling.model import ControlCategory

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.project import Project

LANGUAGES: Final = ("python",)
_SHORTCUTS: Final = {method.lower(): method for method in METHODS}
KEYWORDS: Final = (
    *("fastapi", "FastAPI", "starlette", "APIRouter", "include_router(", "add_api_route("),
    *(f".{shortcut}({quote}/" for shortcut in ("get", "post", "put", "patch", "delete") for quote in ('"', "'")),
)
_MAX_TABLES: Final = 20


def routes(project: Project) -> Iterator[Route]:
    """The routes of all FastAPI and Starlette applications in a project."""
    modules = [module for module in project.modules(LANGUAGES, KEYWORDS) if not is_test(module.path)]
    if any(source.startswith(("fastapi", "starlette")) for module in modules for source, _ in module.imports.values()):
        yield from _Asgi(project, [place for module in modules for place in statements(project, module)]).routes()


class _Asgi:
    def __init__(self, project: Project, places: list[tuple[Scope, Statement]]) -> None:
        self._project = project
        self._places = places
        self._guards = Guards(project)
        self._routers = AsgiRouters(self._guards, places)
        self._nested = {id(made) for scope, statement in places for call in calls(statement) for made in self._below(scope, call)}

    def _below(self, scope: Scope, call: Call) -> Iterator[Call]:
        """The applications that a row of a table mounts: their own tables are read there."""
        if scope.qualified(call.callee).rpartition(".")[2] in {"Mount", "Host"}:
            given = call.keyword("app") or (call.arguments[1] if len(call.arguments) > 1 else None)
            yield from (made for _, made in scope.origins(given))

    def routes(self) -> Iterator[Route]:
        for scope, statement in self._places:
            if isinstance(statement, Function):
                yield from self._decorated(scope, statement)
            for call in calls(statement):
                yield from self._added(scope, call)
                yield from self._table(scope, call)

    def _decorated(self, scope: Scope, function: Function) -> Iterator[Route]:
        decorators = decorators_of(self._project, scope.module, function)
        for decorator in decorators:
            if not isinstance(decorator, Call) or not isinstance(decorator.callee, Attribute):
                continue
            name = decorator.callee.name
            if name in _SHORTCUTS or name in {"api_route", "route", "websocket", "websocket_route"}:
                methods = (_SHORTCUTS[name],) if name in _SHORTCUTS else options(scope, decorator.keyword("methods"))
                path = scope.constant(decorator.keyword("path") or (decorator.arguments[0] if decorator.arguments else None))
                for router in self._routers.receivers(scope, decorator.callee.object) if path is not None else ():
                    others = tuple(other for other in decorators if other is not decorator)
                    registration = _Registration(scope, decorator, path or "", methods, name.startswith("websocket"))
                    yield from self._emit(registration, self._places_of(router), View(scope, function), others)

    def _places_of(self, router: Router | None) -> list[Placement]:
        found = [Placement("")] if router is None else self._routers.routers.placements(router)
        everywhere = tuple(self._routers.everywhere)
        return [Placement(place.prefix, (*everywhere, *place.guards)) for place in found]

    def _added(self, scope: Scope, call: Call) -> Iterator[Route]:
        """`router.add_api_route("/path", function, methods=[...])` and the like."""
        if isinstance(call.callee, Attribute) and call.callee.name == "mount" and len(call.arguments) > 1:
            path = scope.constant(call.arguments[0])
            if path is not None and any(_is_folder(inner, made) for inner, made in scope.origins(call.arguments[1])):
                for router in self._routers.receivers(scope, call.callee.object):
                    yield from self._folder(_Registration(scope, call, joined(path, "{path}"), ("GET",), websocket=False), self._places_of(router))
        if not isinstance(call.callee, Attribute) or call.callee.name not in {
            "add_api_route",
            "add_route",
            "add_api_websocket_route",
            "add_websocket_route",
        }:
            return
        given = [call.keyword("path"), call.keyword("endpoint")]
        path, endpoint = [*(given[:1] if given[0] else call.arguments[:1]), *(given[1:] if given[1] else call.arguments[1:2]), None, None][:2]
        written, target = scope.constant(path), view(scope, endpoint)
        if written is None or target is None:
            return
        registration = _Registration(scope, call, written, options(scope, call.keyword("methods")), "websocket" in call.callee.name)
        for router in self._routers.receivers(scope, call.callee.object):
            yield from self._emit(registration, self._places_of(router), target, target.target.decorators)

    def _table(self, scope: Scope, call: Call) -> Iterator[Route]:
        """`Starlette(routes=[Route(...), Mount(...)])`."""
        table = _rows_of(scope, call)
        router = self._routers.made(scope, call) if table is not None else None
        if router is not None and table is not None and (router.mounts or id(call) not in self._nested):
            for place in self._places_of(router):
                yield from self._rows(scope, table, place, 0)

    def _rows(self, scope: Scope, table: Expression, place: Placement, depth: int) -> Iterator[Route]:
        if not isinstance(table, Sequence):
            found = scope.bound(table)
            if found is None or not isinstance(found[1], Sequence):
                return
            scope, table = found[0], found[1]
        for row in table.elements if depth < _MAX_TABLES else ():
            if isinstance(row, Call) and row.arguments:
                yield from self._row(scope, row, place, depth)

    def _row(self, scope: Scope, row: Call, place: Placement, depth: int) -> Iterator[Route]:
        name = scope.qualified(row.callee).rpartition(".")[2]
        path = scope.constant(row.arguments[0])
        endpoint = row.keyword("endpoint") or row.keyword("app") or (row.arguments[1] if len(row.arguments) > 1 else None)
        if path is None:
            return
        if name in {"Route", "WebSocketRoute", "APIRoute"}:
            target = view(scope, endpoint)
            if target is not None:
                registration = _Registration(scope, row, path, options(scope, row.keyword("methods")), name.startswith("Web"))
                yield from self._emit(registration, [place], target, target.target.decorators)
        elif name in {"Mount", "Host"}:
            path = path if name == "Mount" else ""
            inner = Placement(joined(place.prefix, path), (*place.guards, *self._routers.dependencies(scope, row, "router")))
            table = row.keyword("routes")
            if table is not None:
                yield from self._rows(scope, table, inner, depth + 1)
            for origin, call in scope.origins(endpoint) if endpoint is not None else ():
                nested = _rows_of(origin, call)
                if nested is not None:
                    yield from self._rows(origin, nested, inner, depth + 1)
                elif _is_folder(origin, call):
                    yield from self._folder(_Registration(scope, row, "{path}", ("GET",), websocket=False), [inner])

    def _folder(self, registration: _Registration, places: list[Placement]) -> Iterator[Route]:
        """Files that are served as they are."""
        scope, node = registration.scope, registration.node
        for place in places:
            path = joined(place.prefix, registration.path)
            yield Route(
                method="GET",
                path=braced(path),
                framework="starlette",
                registration=self._project.evidence(scope.module.path, node.line, node.end),
                parameters=tuple(path_parameters(path)),
                guards=tuple(dict.fromkeys(place.guards)),
            )

    def _emit(self, registration: _Registration, places: list[Placement], target: View, decorators: tuple[Expression, ...]) -> Iterator[Route]:
        scope, node = registration.scope, registration.node
        evidence = self._project.evidence(scope.module.path, node.line, node.end)
        for served in _sockets(target) if registration.websocket else view_methods(target, registration.methods, default="GET"):
            own = self._own_guards(registration, target, served, decorators)
            for place in places:
                path = joined(place.prefix, registration.path)
                yield Route(
                    type="websocket" if registration.websocket else "http",
                    method=served.method,
                    path=braced(path),
                    framework="fastapi",
                    handler=handler(served.scope.module, served.function, served.name),
                    registration=evidence,
                    parameters=tuple(path_parameters(path)) if registration.websocket and "." in served.name else _parameters(path, served),
                    guards=self._guards.covering((*place.guards, *own), braced(path), served.function.name),
                )

    def _own_guards(self, registration: _Registration, target: View, served: Served, decorators: tuple[Expression, ...]) -> tuple[Guard, ...]:
        asked = [
            guard
            for parameter in served.function.parameters
            for scope, call in dependencies(served.scope, parameter)
            if dotted(call.callee).rpartition(".")[2] in {"Depends", "Security"}
            for guard in self._guards.of(scope, (call,), "route")
        ]
        listed = self._routers.dependencies(registration.scope, registration.node, "router") if isinstance(registration.node, Call) else ()
        return (
            *(guard.model_copy(update={"scope": "route"}) for guard in listed),
            *self._guards.of(target.scope, (*target.wrappers, *decorators, *served.decorators), "route"),
            *asked,
            *self._validated(served),
            *served.guards(self._guards),
        )

    def _validated(self, served: Served) -> Iterator[Guard]:
        """FastAPI validates what a model declares before the handler runs."""
        for parameter in served.function.parameters:
            if parameter.annotation is not None and model_of(served.scope, parameter.annotation) is not None:
                yield self._guards.guard(served.scope, parameter, ControlCategory.INPUT_VALIDATION, "route", dotted(parameter.annotation))
                return


class _Registration:
    """One registration: where it is, its path as written, its methods (empty: those of the view)."""

    def __init__(self, scope: Scope, node: Node, path: str, methods: tuple[str, ...], websocket: bool) -> None:
        self.scope, self.node, self.path, self.methods, self.websocket = scope, node, path, methods, websocket


def _rows_of(scope: Scope, call: Call) -> Expression | None:
    """The table of routes that an application or router is made with."""
    name = scope.qualified(call.callee).rpartition(".")[2]
    by_place = (
        call.arguments[0] if name == "Router" and call.arguments else call.arguments[1] if name == "Starlette" and len(call.arguments) > 1 else None
    )
    return call.keyword("routes") or by_place


def _is_folder(scope: Scope, call: Call) -> bool:
    return scope.qualified(call.callee).rpartition(".")[2] == "StaticFiles"


def _sockets(target: View) -> Iterator[Served]:
    """A socket's function, or the methods of an endpoint class that a connection reaches."""
    if isinstance(target.target, Function):
        yield Served("GET", target.scope, target.target, target.target.name)
        return
    found = {function.name: (scope.within(owner), function) for scope, owner, function in class_methods(target.scope, target.target)}
    for name in ("on_receive", "on_connect", "dispatch", "__call__"):
        if name in found:
            yield Served("GET", *found[name], f"{target.target.name}.{name}")
            return


def _parameters(path: str, served: Served) -> tuple[Parameter, ...]:
    named = {parameter.name: parameter for parameter in path_parameters(path)}
    signature = {parameter.name: parameter for parameter in parameters(served.scope, served.function, set(named)) if parameter.source == "path"}
    others = [parameter for parameter in parameters(served.scope, served.function, set(named)) if parameter.source != "path"]
    return distinct((*(signature.get(name, parameter) for name, parameter in named.items()), *others, *read_parameters(served.function)))
