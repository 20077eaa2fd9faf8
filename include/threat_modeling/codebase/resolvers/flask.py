"""Flask and what is built like it (Quart, APIFlask, flask-openapi3), with Flask-RESTful, flask-restx and flask-smorest.

Blueprints, namespaces and nested blueprints are followed to their absolute prefixes across files. Error handlers are no routes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.naming import is_test
from threat_modeling.codebase.observations import Guard, Route
from threat_modeling.codebase.python.flask_routers import FlaskRouters, calls
from threat_modeling.codebase.python.guards import Guards
from threat_modeling.codebase.python.handlers import braced, decorators_of, distinct, handler, path_parameters, read_parameters
from threat_modeling.codebase.python.routers import Placement, Router, joined
from threat_modeling.codebase.python.scopes import Scope, statements
from threat_modeling.codebase.python.views import View, options, view, view_methods
from threat_modeling.codebase.syntax import Attribute, Call, Class, Expression, Function, Node, Statement, dotted
from threat_modeling.model import ControlCategory

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.project import Project

LANGUAGES: Final = ("python",)
_SHORTCUTS: Final = {"get": "GET", "post": "POST", "put": "PUT", "patch": "PATCH", "delete": "DELETE"}
KEYWORDS: Final = (
    *("flask", "quart", "Blueprint", ".route(", "add_url_rule(", "register_blueprint(", "add_resource("),
    *(f".{shortcut}({quote}/" for shortcut in _SHORTCUTS for quote in ('"', "'")),
)


def routes(project: Project) -> Iterator[Route]:
    """The routes of all Flask applications in a project."""
    modules = [module for module in project.modules(LANGUAGES, KEYWORDS) if not is_test(module.path)]
    if any(source.startswith(("flask", "quart", "apiflask")) for module in modules for source, _ in module.imports.values()):
        yield from _Flask(project, [place for module in modules for place in statements(project, module)]).routes()


@dataclass(frozen=True, slots=True)
class _Rule:
    """One registration: the path as written, its methods (empty: those of the view), and where it is."""

    path: str
    methods: tuple[str, ...]
    scope: Scope
    node: Node
    websocket: bool = False


class _Flask:
    def __init__(self, project: Project, places: list[tuple[Scope, Statement]]) -> None:
        self._project = project
        self._places = places
        self._guards = Guards(project)
        self._routers = FlaskRouters(self._guards, places)

    def routes(self) -> Iterator[Route]:
        for scope, statement in self._places:
            if isinstance(statement, Function | Class):
                yield from self._decorated(scope, statement)
            for call in calls(statement):
                yield from self._registered(scope, call)

    def _decorated(self, scope: Scope, target: Function | Class) -> Iterator[Route]:
        decorators = decorators_of(self._project, scope.module, target)
        for decorator in decorators:
            if not isinstance(decorator, Call) or not isinstance(decorator.callee, Attribute):
                continue
            name = decorator.callee.name
            if name == "resource" and isinstance(target, Class):
                yield from self._resource(scope, decorator, decorator.callee, View(scope, target))
            if name not in _SHORTCUTS and name not in {"route", "websocket"}:
                continue
            for rule in self._rules(scope, decorator, name, many=isinstance(target, Class)):
                for router in self._routers.receivers(scope, decorator.callee.object):
                    others = tuple(other for other in decorators if other is not decorator)
                    yield from self._emit(rule, router, View(scope, target), others)

    def _resource(self, scope: Scope, call: Call, callee: Attribute, target: View) -> Iterator[Route]:
        """`@api.resource("/users", "/users/<id>")` of Flask-RESTful."""
        for path in (written for argument in call.arguments if (written := scope.constant(argument)) is not None):
            for router in self._routers.receivers(scope, callee.object):
                others = tuple(other for other in target.target.decorators if other is not call)
                yield from self._emit(_Rule(path, (), scope, call), router, target, others)

    def _rules(self, scope: Scope, call: Call, name: str, *, many: bool) -> Iterator[_Rule]:
        given = call.arguments if many else call.arguments[:1]
        methods = (_SHORTCUTS[name],) if name in _SHORTCUTS else options(scope, call.keyword("methods"))
        for argument in given or (call.keyword("rule"),):
            path = scope.constant(argument)
            if path is not None and (path.startswith(("/", "<", "{")) or not path):
                yield _Rule(path, methods, scope, call, name == "websocket")

    def _registered(self, scope: Scope, call: Call) -> Iterator[Route]:
        if not isinstance(call.callee, Attribute):
            return
        methods: tuple[str, ...] = ()
        paths: tuple[str, ...] = ()
        if call.callee.name == "add_url_rule":
            path = scope.constant(call.keyword("rule") or (call.arguments[0] if call.arguments else None))
            target = call.keyword("view_func") or (call.arguments[2] if len(call.arguments) > 2 else None)
            paths, methods = ((path,) if path is not None else ()), options(scope, call.keyword("methods"))
        elif call.callee.name == "add_resource" and call.arguments:
            target = call.arguments[0]
            paths = tuple(path for argument in call.arguments[1:] if (path := scope.constant(argument)) is not None)
        else:
            return
        found = view(scope, target)
        if found is None:
            return
        for path in paths:
            for router in self._routers.receivers(scope, call.callee.object):
                yield from self._emit(_Rule(path, methods, scope, call), router, found, found.target.decorators)

    def _emit(self, rule: _Rule, router: Router | None, target: View, decorators: tuple[Expression, ...]) -> Iterator[Route]:
        places = [Placement("")] if router is None else self._routers.routers.placements(router)
        evidence = self._project.evidence(rule.scope.module.path, rule.node.line, rule.node.end)
        for served in view_methods(target, rule.methods, default="GET"):
            own = (*self._guards.of(target.scope, (*target.wrappers, *decorators, *served.decorators), "route"), *served.guards(self._guards))
            for place in places:
                path = joined(place.prefix, rule.path)
                yield Route(
                    type="websocket" if rule.websocket else "http",
                    method=served.method,
                    path=braced(path),
                    framework="flask",
                    handler=handler(served.scope.module, served.function, served.name),
                    registration=evidence,
                    parameters=distinct((*path_parameters(path), *read_parameters(served.function))),
                    guards=self._guards.covering(
                        _without_exempted((*self._routers.everywhere, *place.guards), decorators) + own, braced(path), served.function.name
                    ),
                )


def _without_exempted(guards: tuple[Guard, ...], decorators: tuple[Expression, ...]) -> tuple[Guard, ...]:
    """The guards from above that `@csrf.exempt` and `@limiter.exempt` leave on."""
    names = [dotted(decorator).lower() for decorator in decorators]
    exempted = {
        category
        for category, word in ((ControlCategory.CORS_CSP, "csrf"), (ControlCategory.RATE_LIMITING, "limiter"))
        if any(name.endswith(("exempt", "exempt()")) and word in name for name in names)
    }
    return tuple(guard for guard in guards if guard.category not in exempted)
