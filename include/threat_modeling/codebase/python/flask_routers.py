"""Applications, blueprints, APIs and namespaces of Flask and its kin: what makes them, where they are mounted, what guards them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.python.known import known
from threat_modeling.codebase.python.routers import Router, Routers
from threat_modeling.codebase.syntax import (
    Assign,
    Attribute,
    Call,
    Class,
    Evaluate,
    Expression,
    Function,
    Name,
    Return,
    Sequence,
    Statement,
    dotted,
    walk,
)
from threat_modeling.model import ControlCategory

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.observations import Guard
    from threat_modeling.codebase.python.guards import Guards
    from threat_modeling.codebase.python.scopes import Scope

APPLICATION, BLUEPRINT, API, NAMESPACE = "application", "blueprint", "api", "namespace"

_PACKAGES: Final = ("flask", "quart", "apiflask", "connexion")
_OTHERS: Final = frozenset(
    {"bottle", "sanic", "fastapi", "starlette", "aiohttp", "falcon", "tornado", "litestar", "cherrypy", "pyramid", "robyn", "django"}
)
_KINDS: Final = {
    **dict.fromkeys(("Flask", "Quart", "APIFlask", "OpenAPI", "App", "FlaskApp", "AsyncApp"), APPLICATION),
    **dict.fromkeys(("Blueprint", "APIBlueprint"), BLUEPRINT),
    "Api": API,
    "Namespace": NAMESPACE,
}
_HOOKS: Final = frozenset({"before_request", "before_app_request"})
_MAX_BASES: Final = 3


def calls(statement: Statement) -> Iterator[Call]:
    """The calls that a statement itself makes, not those of functions below it."""
    if isinstance(statement, Assign | Evaluate | Return) and statement.value is not None:
        yield from (node for node in walk(statement.value) if isinstance(node, Call))


class FlaskRouters:
    """All routers of the Flask kind in a project, with mounts and hooks."""

    def __init__(self, guards: Guards, places: list[tuple[Scope, Statement]]) -> None:
        self.routers = Routers()
        self.everywhere: list[Guard] = []
        """Guards that an extension puts on whole applications."""
        self._guards = guards
        self._found = False
        for scope, statement in places:
            for call in calls(statement):
                self._found = self._made(scope, call) is not None or self._found
        for scope, statement in places:
            for call in calls(statement):
                self._mount(scope, call)
                self._extend(scope, call)
            if isinstance(statement, Function):
                self._hook_decorators(scope, statement)

    def receivers(self, scope: Scope, expression: Expression) -> list[Router | None]:
        """The routers that an expression stands for; [None] where it must be one that can't be seen, [] where it is none."""
        found: list[Router | None] = []
        foreign = False
        for inner, call in scope.origins(expression):
            router = self._made(inner, call)
            foreign = foreign or router is None
            if router is not None:
                found.append(router)
        if found or foreign:
            return found
        if isinstance(expression, Attribute) and expression.name in {"app", "flask_app", "server"}:
            return self.receivers(scope, expression.object)
        return [None] if self._plausible(scope) else []

    def _plausible(self, scope: Scope) -> bool:
        """Tell a file whose unknown receivers are routers of this kind: a parameter `app`, or one imported from who knows where."""
        packages = {source.partition(".")[0].partition("_")[0] for source, _ in scope.module.imports.values()}
        return any(package in packages for package in _PACKAGES) or (self._found and not packages & _OTHERS)

    def _made(self, scope: Scope, call: Call) -> Router | None:
        kind = self._kind(scope, call.callee, _MAX_BASES)
        if kind is None:
            return self._namespace(scope, call)
        prefix = scope.constant(call.keyword("url_prefix") or call.keyword("prefix")) or ""
        if kind == NAMESPACE:
            name = scope.constant(call.arguments[0]) if call.arguments else None
            prefix = scope.constant(call.keyword("path")) or f"/{name or ''}"
        known_before = len(self.routers)
        router = self.routers.add(scope, call, kind, prefix)
        if len(self.routers) > known_before:
            self._at_birth(scope, call, router)
        return router

    def _at_birth(self, scope: Scope, call: Call, router: Router) -> None:
        """`Api(app, prefix=..., decorators=[...])` is mounted and guarded by its own call."""
        decorators = call.keyword("decorators")
        if isinstance(decorators, Sequence):
            router.guards += self._guards.of(scope, decorators.elements, "router")
        target = call.keyword("app") or call.keyword("blueprint") or (call.arguments[0] if call.arguments else None)
        if router.kind == API and target is not None:
            self._attach(scope, router, target, router.prefix)

    def _namespace(self, scope: Scope, call: Call) -> Router | None:
        """`api.namespace("users", path="/users")`."""
        callee = call.callee
        if not isinstance(callee, Attribute) or callee.name != "namespace" or not call.arguments:
            return None
        parents = [router for router in self.receivers(scope, callee.object) if router is not None and router.kind == API]
        if not parents:
            return None
        router = self.routers.add(scope, call, NAMESPACE, scope.constant(call.keyword("path")) or f"/{scope.constant(call.arguments[0]) or ''}")
        router.mounts = router.mounts or [(parent.key, router.prefix, ()) for parent in parents]
        return router

    def _kind(self, scope: Scope, callee: Expression, bases: int) -> str | None:
        name = scope.qualified(callee)
        package, last = name.partition(".")[0], name.rpartition(".")[2]
        if package.partition("_")[0] in _PACKAGES and last in _KINDS:
            return _KINDS[last]
        found = scope.bound(callee) if bases > 0 and isinstance(callee, Name | Attribute) else None
        if found is None or not isinstance(found[1], Class):
            return None
        return next((kind for base in found[1].bases if (kind := self._kind(found[0], base, bases - 1))), None)

    def _attach(self, scope: Scope, router: Router, parent: Expression, prefix: str) -> None:
        for above in self.receivers(scope, parent):
            mount = (above.key if above else None, prefix, ())
            if mount not in router.mounts and above is not router:
                router.mounts.append(mount)

    def _mount(self, scope: Scope, call: Call) -> None:
        callee = call.callee
        if not isinstance(callee, Attribute) or not call.arguments:
            return
        if callee.name in {"register_blueprint", "register_api", "add_namespace"}:
            given = call.keyword("url_prefix") or call.keyword("path") or (call.arguments[1] if len(call.arguments) > 1 else None)
            for child in self.receivers(scope, call.arguments[0]):
                if child is not None:
                    prefix = scope.constant(given)
                    self._attach(scope, child, callee.object, child.prefix if prefix is None else prefix)
        elif callee.name == "init_app":
            for child in self.receivers(scope, callee.object):
                if child is not None and child.kind == API:
                    self._attach(scope, child, call.arguments[0], child.prefix)
        elif callee.name in _HOOKS:
            self._hook_call(scope, callee, call.arguments[0])

    def _extend(self, scope: Scope, call: Call) -> None:
        """Extensions that guard whole applications once they are given one: CSRF protection, security headers, default rate limits."""
        category = self._extension(scope, call)
        if category is None and isinstance(call.callee, Attribute) and call.callee.name == "init_app":
            made = (self._extension(inner, maker) or self._protects(inner, maker) for inner, maker in scope.origins(call.callee.object))
            category = next((found for found in made if found is not None), None)
        elif category is ControlCategory.CORS_CSP and not (call.arguments or call.keyword("app")):
            return
        if category is not None:
            guard = self._guards.guard(scope, call, category, "application", dotted(call.callee))
            self.everywhere += [guard] if guard not in self.everywhere else []

    @staticmethod
    def _protects(scope: Scope, call: Call) -> ControlCategory | None:
        category = known(scope.qualified(call.callee))
        return category if category is ControlCategory.CORS_CSP else None

    def _extension(self, scope: Scope, call: Call) -> ControlCategory | None:
        limits = call.keyword("default_limits") or call.keyword("application_limits")
        if scope.qualified(call.callee).endswith("Limiter") and limits is not None:
            return ControlCategory.RATE_LIMITING
        return self._protects(scope, call)

    def _hook_call(self, scope: Scope, callee: Attribute, hook: Expression) -> None:
        found = scope.bound(hook)
        if found is not None and isinstance(found[1], Function):
            self._hook(scope, callee, found[0], found[1])

    def _hook_decorators(self, scope: Scope, function: Function) -> None:
        for decorator in function.decorators:
            target = decorator.callee if isinstance(decorator, Call) else decorator
            if isinstance(target, Attribute) and target.name in _HOOKS:
                self._hook(scope, target, scope, function)

    def _hook(self, scope: Scope, target: Attribute, inner: Scope, function: Function) -> None:
        for router in self.receivers(scope, target.object):
            wide = router is None or router.kind == APPLICATION or target.name == "before_app_request"
            found = list(self._guards.in_hook(inner, function, "application" if wide else "router"))
            if router is None or target.name == "before_app_request":
                self.everywhere += [guard for guard in found if guard not in self.everywhere]
            else:
                router.guards += [guard for guard in found if guard not in router.guards]
