"""Applications and routers of FastAPI and Starlette: what makes them, where they are included or mounted, what guards them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.python.flask_routers import calls
from threat_modeling.codebase.python.routers import Key, Router, Routers, joined
from threat_modeling.codebase.syntax import Attribute, Call, Class, Expression, Function, Name, Parameter, Sequence, Statement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.observations import Guard
    from threat_modeling.codebase.python.guards import Guards
    from threat_modeling.codebase.python.scopes import Scope

APPLICATION, ROUTER = "application", "router"

_KINDS: Final = {"FastAPI": APPLICATION, "Starlette": APPLICATION, "APIRouter": ROUTER, "Router": ROUTER, "FastMCP": APPLICATION}
_PACKAGES: Final = ("fastapi", "starlette")
_MAX_BASES: Final = 3


class AsgiRouters:
    """All applications and routers of a project, with mounts, dependencies and middleware."""

    def __init__(self, guards: Guards, places: list[tuple[Scope, Statement]]) -> None:
        self.routers = Routers()
        self.everywhere: list[Guard] = []
        """Guards of applications that can't be seen."""
        self._guards = guards
        for scope, statement in places:
            for call in calls(statement):
                self.made(scope, call)
        for scope, statement in places:
            for call in calls(statement):
                self._mount(scope, call)
            if isinstance(statement, Function):
                self._hooks(scope, statement)

    def receivers(self, scope: Scope, expression: Expression) -> list[Router | None]:
        """The routers that an expression stands for; [None] where it must be one that can't be seen, [] where it is none."""
        found: list[Router | None] = []
        foreign = False
        for inner, call in scope.origins(expression):
            router = self.made(inner, call)
            foreign = foreign or router is None
            found += [router] if router is not None else []
        if found or foreign:
            return found
        bound = scope.bound(expression)
        if bound is not None and isinstance(bound[1], Parameter) and bound[1].annotation is not None:
            return [None] if self._kind(scope, bound[1].annotation, _MAX_BASES) else []
        return [None] if any(source.partition(".")[0] in _PACKAGES for source, _ in scope.module.imports.values()) else []

    def made(self, scope: Scope, call: Call) -> Router | None:
        """The router that a call makes, or None where it makes none."""
        kind = self._kind(scope, call.callee, _MAX_BASES)
        if kind is None:
            return None
        before = len(self.routers)
        router = self.routers.add(scope, call, kind, scope.constant(call.keyword("prefix")) or "")
        if len(self.routers) > before:
            router.guards += self.dependencies(scope, call, APPLICATION if kind == APPLICATION else ROUTER)
        return router

    def dependencies(self, scope: Scope, call: Call, reach: str) -> tuple[Guard, ...]:
        """The guards among `dependencies=[...]` and `middleware=[...]` of a call."""
        found: list[Guard] = []
        for name in ("dependencies", "middleware"):
            given = call.keyword(name)
            if isinstance(given, Name | Attribute):
                bound = scope.bound(given)
                given = bound[1] if bound is not None and isinstance(bound[1], Sequence) else None
            for element in given.elements if isinstance(given, Sequence) else ():
                if name == "middleware" and isinstance(element, Call) and element.arguments:
                    found += self._middleware(scope, element.arguments[0])
                else:
                    found += self._guards.of(scope, (element,), "application" if reach == APPLICATION else "router")
        return tuple(found)

    def _kind(self, scope: Scope, callee: Expression, bases: int) -> str | None:
        name = scope.qualified(callee)
        if name.partition(".")[0] in _PACKAGES:
            return _KINDS.get(name.rpartition(".")[2])
        found = scope.bound(callee) if bases > 0 and isinstance(callee, Name | Attribute) else None
        if found is None and name.endswith("APIRouter"):
            return ROUTER  # a package's own router, such as a versioned one, keeps the name of what it extends
        if found is None or not isinstance(found[1], Class):
            return None
        return next((kind for base in found[1].bases if (kind := self._kind(found[0], base, bases - 1))), None)

    def _mount(self, scope: Scope, call: Call) -> None:
        callee = call.callee
        if not isinstance(callee, Attribute):
            return
        if callee.name == "include_router":
            given = call.keyword("router") or (call.arguments[0] if call.arguments else None)
            self._attach(scope, call, callee.object, given, scope.constant(call.keyword("prefix")) or "")
        elif callee.name in {"mount", "host"} and call.arguments:
            given = call.keyword("app") or (call.arguments[1] if len(call.arguments) > 1 else None)
            self._attach(scope, call, callee.object, given, scope.constant(call.arguments[0]) or "")
        elif callee.name == "add_middleware" and call.arguments:
            self._guard(scope, callee.object, [*self._middleware(scope, call.arguments[0])])

    def _middleware(self, scope: Scope, given: Expression) -> Iterator[Guard]:
        found = scope.bound(given)
        if found is not None and isinstance(found[1], Class):
            yield from self._guards.of_middleware(scope, given, found[0], found[1])
        else:
            yield from self._guards.of(scope, (given,), "application")

    def _attach(self, scope: Scope, call: Call, parent: Expression, child: Expression | None, prefix: str) -> None:
        guards = self.dependencies(scope, call, ROUTER)
        for router in self.receivers(scope, child) if child is not None else ():
            for above in self.receivers(scope, parent) if router is not None else ():
                mount: tuple[Key | None, str, tuple[Guard, ...]] = (
                    above.key if above else None,
                    joined(prefix, router.prefix if router else ""),
                    guards,
                )
                if router is not None and above is not router and mount not in router.mounts:
                    router.mounts.append(mount)

    def _hooks(self, scope: Scope, function: Function) -> None:
        """`@app.middleware("http")`."""
        for decorator in function.decorators:
            if isinstance(decorator, Call) and isinstance(decorator.callee, Attribute) and decorator.callee.name == "middleware":
                self._guard(scope, decorator.callee.object, [*self._guards.in_middleware(scope, function)])

    def _guard(self, scope: Scope, application: Expression, guards: list[Guard]) -> None:
        for router in self.receivers(scope, application) if guards else ():
            target = self.everywhere if router is None else router.guards
            target += [guard for guard in guards if guard not in target]
