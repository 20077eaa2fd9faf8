"""Pyramid: named routes and the views that answer them, included prefixes, static views, Cornice services."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.python.endpoints import Endpoints, Registration
from threat_modeling.codebase.python.handlers import METHODS
from threat_modeling.codebase.python.imports import resolve
from threat_modeling.codebase.python.routers import joined
from threat_modeling.codebase.python.views import Served, View, class_methods, options, view
from threat_modeling.codebase.python.wiring import calls, places_of
from threat_modeling.codebase.syntax import Attribute, Call, Class, Expression, Function, Sequence, Statement
from threat_modeling.model import ControlCategory

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.observations import Guard, Route
    from threat_modeling.codebase.project import Project
    from threat_modeling.codebase.python.scopes import Scope

LANGUAGES: Final = ("python",)
KEYWORDS: Final = ("pyramid", "cornice", "includeme", "view_config")
_OPEN: Final = frozenset({"NO_PERMISSION_REQUIRED", "__no_permission_required__"})
_VERBS: Final = {method.lower(): method for method in METHODS}
_MAX_DEPTH: Final = 8


@dataclass(frozen=True)
class _Named:
    """One `add_route(name, pattern)` in a file."""

    name: str
    path: str
    scope: Scope
    call: Call


def routes(project: Project) -> Iterator[Route]:
    """The routes of all Pyramid applications in a project."""
    places = places_of(project, KEYWORDS, ("pyramid", "cornice"))
    if places:
        yield from _Pyramid(project, places).routes()


class _Pyramid:
    def __init__(self, project: Project, places: list[tuple[Scope, Statement]]) -> None:
        self._project = project
        self._places = places
        self._endpoints = Endpoints(project, "pyramid")
        self._prefixes: dict[str, list[tuple[str, str]]] = {}
        for scope, statement in places:
            for call in calls(statement):
                self._include(scope, call)
        self._named = [named for scope, statement in places for call in calls(statement) for named in self._route(scope, call)]
        self._answered: set[int] = set()

    def routes(self) -> Iterator[Route]:
        for scope, statement in self._places:
            if isinstance(statement, Function | Class):
                yield from self._decorated(scope, statement)
            for call in calls(statement):
                yield from self._configured(scope, call)
        for named in self._named:
            if id(named) not in self._answered:
                yield from self._endpoints.of(Registration(named.scope, named.call, named.path, self._limits(named)), None, default="ANY")

    def _include(self, scope: Scope, call: Call) -> None:
        """`config.include("app.api", route_prefix="/api")`: the file that is included -> (the file that includes it, prefix)."""
        if not isinstance(call.callee, Attribute) or call.callee.name != "include" or not call.arguments:
            return
        prefix = scope.constant(call.keyword("route_prefix") or (call.arguments[1] if len(call.arguments) > 1 else None)) or ""
        name = scope.constant(call.arguments[0])
        found = scope.bound(call.arguments[0]) if name is None else None
        included = None
        if found is not None and isinstance(found[1], Function):
            included = f"{found[0].module.path}#{found[1].name}"
        elif found is not None:
            included = f"{found[0].module.path}#includeme"
        elif name is not None and (path := self._module(scope, name)) is not None:
            included = f"{path}#includeme"
        if included is not None and included != _place(scope):
            self._prefixes.setdefault(included, []).append((_place(scope), prefix))

    def _module(self, scope: Scope, name: str) -> str | None:
        """The file that `"app.api"`, `".api"` or `"."` names."""
        module = name if not name.startswith(".") or name.strip(".") else "."
        above = module.rpartition(".")[0] or module
        return resolve(self._project, scope.module.path, module) or resolve(self._project, scope.module.path, above)

    def _prefixes_of(self, place: str, depth: int = 0) -> list[str]:
        above = self._prefixes.get(place, []) if depth < _MAX_DEPTH else []
        return [joined(outer, prefix.rstrip("/")) for parent, prefix in above for outer in self._prefixes_of(parent, depth + 1)] or [""]

    def _route(self, scope: Scope, call: Call) -> Iterator[_Named]:
        if not isinstance(call.callee, Attribute) or call.callee.name != "add_route" or not call.arguments:
            return
        name = scope.constant(call.keyword("name") or call.arguments[0])
        pattern = scope.constant(call.keyword("pattern") or call.keyword("path") or (call.arguments[1] if len(call.arguments) > 1 else None))
        if name is not None and pattern is not None:
            for prefix in self._prefixes_of(_place(scope)):
                yield _Named(name, joined(prefix, _braced(pattern)), scope, call)

    def _configured(self, scope: Scope, call: Call) -> Iterator[Route]:
        """`config.add_view(view, route_name="home")`, `config.add_static_view("static", "app:static")`."""
        if not isinstance(call.callee, Attribute):
            return
        first = call.keyword("view") or (call.arguments[0] if call.arguments else None)
        if call.callee.name == "add_view":
            target = view(scope, first)
            if target is not None:
                yield from self._views(scope, call, target, scope.constant(call.keyword("attr")))
        elif call.callee.name == "add_static_view":
            name = scope.constant(call.keyword("name") or first)
            if name is not None and "://" not in name:
                yield from self._endpoints.of(Registration(scope, call, joined("/" + name.lstrip("/"), "{filename}"), ("GET",)), None)

    def _decorated(self, scope: Scope, target: Function | Class) -> Iterator[Route]:
        for decorator in target.decorators:
            name = scope.qualified(decorator.callee).rpartition(".")[2] if isinstance(decorator, Call) else ""
            if isinstance(decorator, Call) and name == "view_config":
                yield from self._views(scope, decorator, View(scope, target), scope.constant(decorator.keyword("attr")))
            elif isinstance(decorator, Call) and name == "resource" and isinstance(target, Class):
                yield from self._resource(scope, decorator, target)
            elif isinstance(decorator, Call) and isinstance(decorator.callee, Attribute) and decorator.callee.name in _VERBS:
                yield from self._service(scope, decorator, decorator.callee, target)

    def _views(self, scope: Scope, call: Call, target: View, attribute: str | None) -> Iterator[Route]:
        defaults = self._defaults(scope, target)
        route_name = scope.constant(_keyword(call, defaults, "route_name"))
        methods = _methods(scope, _keyword(call, defaults, "request_method"))
        guards = tuple(self._permission(scope, _keyword(call, defaults, "permission")))
        function = _function(target, attribute)
        decorators = tuple(decorator for decorator in target.target.decorators if decorator is not call)
        for named in self._nearest(scope, route_name) if route_name is not None else ():
            self._answered.add(id(named))
            registration = Registration(named.scope, named.call, named.path, methods or self._limits(named), guards=guards)
            if function is not None:
                yield from self._endpoints.of(registration, function, decorators=decorators, default="ANY")

    def _nearest(self, scope: Scope, name: str) -> list[_Named]:
        """The routes of that name in the same application: those whose files share the longest folder with the view's."""
        found = [named for named in self._named if named.name == name]
        depths = [len(posixpath.commonprefix([named.scope.module.path.split("/"), scope.module.path.split("/")])) for named in found]
        return [named for named, depth in zip(found, depths, strict=True) if depth == max(depths)]

    def _defaults(self, scope: Scope, target: View) -> Call | None:
        """`@view_defaults(...)` of the class around a view."""
        owner = target.target if isinstance(target.target, Class) else (scope.classes[-1] if scope.classes else None)
        for decorator in owner.decorators if owner is not None else ():
            if isinstance(decorator, Call) and scope.qualified(decorator.callee).endswith("view_defaults"):
                return decorator
        return None

    def _limits(self, named: _Named) -> tuple[str, ...]:
        return _methods(named.scope, named.call.keyword("request_method"))

    def _permission(self, scope: Scope, given: Expression | None) -> Iterator[Guard]:
        """A permission is asked of the policy, which knows who calls first."""
        name = scope.constant(given)
        if given is not None and name not in _OPEN and scope.qualified(given).rpartition(".")[2] not in _OPEN:
            for category in (ControlCategory.AUTHENTICATION, ControlCategory.AUTHORIZATION):
                yield self._endpoints.guards.guard(scope, given, category, "route", name or "permission")

    def _service(self, scope: Scope, decorator: Call, callee: Attribute, target: Function | Class) -> Iterator[Route]:
        """Cornice: `users = Service("users", "/users")`, then `@users.get()`."""
        for inner, made in scope.origins(callee.object):
            if inner.qualified(made.callee).endswith("Service"):
                path = inner.constant(made.keyword("path") or (made.arguments[1] if len(made.arguments) > 1 else None))
                if path is not None:
                    guards = tuple(self._permission(scope, decorator.keyword("permission")))
                    for prefix in self._prefixes_of(f"{inner.module.path}#includeme"):
                        registration = Registration(scope, decorator, joined(prefix, _braced(path)), (_VERBS[callee.name],), guards=guards)
                        yield from self._endpoints.of(registration, View(scope, target))

    def _resource(self, scope: Scope, decorator: Call, class_: Class) -> Iterator[Route]:
        """Cornice: `@resource(collection_path="/users", path="/users/{id}")` with `collection_get`, `get` and so on."""
        for inner, owner, function in class_methods(scope, class_):
            collection = function.name.startswith("collection_")
            method = _VERBS.get(function.name.removeprefix("collection_"))
            path = scope.constant(decorator.keyword("collection_path" if collection else "path"))
            if method is not None and path is not None:
                served = Served(method, inner.within(owner), function, f"{class_.name}.{function.name}")
                yield from self._endpoints.served(Registration(scope, decorator, _braced(path)), method, served)


def _place(scope: Scope) -> str:
    """What an inclusion names: a function of a file."""
    return f"{scope.module.path}#{scope.functions[0].name if scope.functions else 'includeme'}"


def _function(target: View, attribute: str | None) -> View | None:
    """The method of a view class that answers."""
    if isinstance(target.target, Function):
        return target
    wanted = attribute or "__call__"
    return next((View(s.within(o), f) for s, o, f in class_methods(target.scope, target.target) if f.name == wanted), None)


def _keyword(call: Call, defaults: Call | None, name: str) -> Expression | None:
    return call.keyword(name) or (defaults.keyword(name) if defaults is not None else None)


def _methods(scope: Scope, given: Expression | None) -> tuple[str, ...]:
    one = scope.constant(given)
    return (one.upper(),) if one else options(scope, given) if isinstance(given, Sequence) else ()


def _braced(pattern: str) -> str:
    """`/files/*rest` -> `/files/{rest}`; a pattern is always absolute."""
    head, star, rest = pattern.partition("*")
    return "/" + (f"{head}{{{rest}}}" if star else pattern).lstrip("/")
