"""The guards of a route: decorators, dependencies, hooks and what the handler itself does first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

from threat_modeling.codebase.observations import Guard
from threat_modeling.codebase.python.behavior import Behaviors, Role
from threat_modeling.codebase.python.exemptions import Exemption, exemption
from threat_modeling.codebase.python.known import known, usual
from threat_modeling.codebase.syntax import Attribute, Call, Class, Expression, Function, Name, Sequence, dotted
from threat_modeling.codebase.syntax import Literal as Constant
from threat_modeling.model import ControlCategory

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from threat_modeling.codebase.project import Project
    from threat_modeling.codebase.python.scopes import Scope
    from threat_modeling.codebase.syntax import Node

Reach: TypeAlias = Literal["application", "router", "route", "handler"]

MAX_ALIASES = 4


class Guards:
    """Finds guards in one project."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._behaviors = Behaviors()
        self._exemptions: dict[Guard, Exemption] = {}

    def of(self, scope: Scope, expressions: Iterable[Expression], reach: Reach) -> Iterator[Guard]:
        """Guards among decorators, dependencies, hooks or mixins, each cited where it is applied."""
        for expression in expressions:
            for category in dict.fromkeys(self._categories(scope, expression, Role.WRAPPER, MAX_ALIASES)):
                yield self.guard(scope, expression, category, reach, _name(expression))

    def in_handler(self, scope: Scope, function: Function) -> Iterator[Guard]:
        """Guards that a handler applies in its own body, also by calling a function of the project."""
        for check in self._behaviors.of(scope, function, Role.HANDLER).checks:
            yield self.guard(scope, check.node, check.category, "handler", check.name)

    def in_hook(self, scope: Scope, function: Function, reach: Reach) -> Iterator[Guard]:
        """Guards that a function applies which runs before each request, where any answer turns the caller away."""
        yield from self._before(scope, function, Role.WRAPPER, reach)

    def in_middleware(self, scope: Scope, function: Function) -> Iterator[Guard]:
        """Guards that a middleware function applies, which calls the next one itself."""
        yield from self._before(scope, function, Role.DEPENDENCY, "application")

    def _before(self, scope: Scope, function: Function, role: Role, reach: Reach) -> Iterator[Guard]:
        for check in self._behaviors.of(scope, function, role).checks:
            guard = self.guard(scope, check.node, check.category, reach, function.name)
            self._exemptions[guard] = exemption(scope, function)
            yield guard

    def covering(self, guards: Iterable[Guard], path: str, function: str) -> tuple[Guard, ...]:
        """Those of the guards that don't let a route through by its path or its handler's name, each once."""
        return tuple(guard for guard in dict.fromkeys(guards) if guard not in self._exemptions or not self._exemptions[guard].covers(path, function))

    def of_middleware(self, scope: Scope, node: Node, class_scope: Scope, class_: Class) -> Iterator[Guard]:
        """What a middleware class does to every request, cited at the node that installs it."""
        methods = [method for method in class_.body if isinstance(method, Function) and method.name in _ENTRIES]
        passed = [exemption(class_scope.within(class_), method) for method in methods]
        for category in dict.fromkeys(self._class(class_scope, class_, Role.DEPENDENCY, MAX_ALIASES)):
            guard = self.guard(scope, node, category, "application", class_.name)
            self._exemptions[guard] = (
                passed[0]
                if len(passed) == 1
                else Exemption(frozenset(one for some in passed for one in some.exact), tuple(one for some in passed for one in some.prefixes))
            )
            yield guard

    def guard(self, scope: Scope, node: Node, category: ControlCategory, reach: Reach, name: str) -> Guard:
        """A guard cited at a node."""
        evidence = self._project.evidence(scope.module.path, node.line, node.end)
        return Guard(category=category, name=name[:200] or category.value, scope=reach, evidence=evidence)

    def _categories(self, scope: Scope, expression: Expression, role: Role, aliases: int) -> Iterator[ControlCategory]:
        callee = expression.callee if isinstance(expression, Call) else expression
        if isinstance(expression, Call) and _optional(expression):
            return
        name = scope.qualified(callee)
        category = known(name) or self._method(scope, callee)
        if category is not None:
            yield category
        elif name.rpartition(".")[2] in _WRAPPERS and isinstance(expression, Call):
            yield from self._wrapped(scope, expression, name.rpartition(".")[2], role, aliases)
        else:
            yield from self._defined(scope, callee, role, aliases)

    def _wrapped(self, scope: Scope, call: Call, wrapper: str, role: Role, aliases: int) -> Iterator[ControlCategory]:
        """What `Depends(f)`, `Security(f, scopes=[...])` and `method_decorator(f)` apply."""
        inner = Role.DEPENDENCY if wrapper in {"Depends", "Security"} else role
        for argument in (*call.arguments[:1], *(keyword.value for keyword in call.keywords if keyword.name == "dependency")):
            yield from self._categories(scope, argument, inner, aliases - 1)
        scopes = call.keyword("scopes")
        if isinstance(scopes, Sequence) and scopes.elements:
            yield ControlCategory.AUTHORIZATION

    def _method(self, scope: Scope, callee: Expression) -> ControlCategory | None:
        """What `limiter.limit` does where `limiter = Limiter(...)`, and a dependency that is an object itself."""
        target, suffix = (callee.object, f"().{callee.name}") if isinstance(callee, Attribute) else (callee, "")
        for inner, call in scope.origins(target):
            category = known(inner.qualified(call.callee) + suffix)
            if category is not None and not _optional(call):
                return category
        return None

    def _defined(self, scope: Scope, callee: Expression, role: Role, aliases: int) -> Iterator[ControlCategory]:
        found = scope.bound(callee)
        if found is None:
            category = usual(scope.qualified(callee))
            if category is not None:
                yield category
            return
        inner, bound = found
        if isinstance(bound, Call) and aliases > 0:
            made = inner.bound(bound.callee)
            bound = made[1] if made is not None else bound
            inner = made[0] if made is not None else inner
        if isinstance(bound, Function):
            yield from (check.category for check in self._behaviors.of(inner, bound, role).checks)
        elif isinstance(bound, Class):
            yield from self._class(inner, bound, role, aliases)
        elif isinstance(bound, Name | Attribute | Call) and aliases > 0:
            yield from self._categories(inner, bound, role, aliases - 1)

    def _class(self, scope: Scope, class_: Class, role: Role, aliases: int) -> Iterator[ControlCategory]:
        """A class that is called for each request (`__call__`, `dispatch`, `has_permission` ...), else what its bases do."""
        found = False
        for method in class_.body:
            if isinstance(method, Function) and method.name in _ENTRIES:
                for check in self._behaviors.of(scope.within(class_), method, role).checks:
                    found = True
                    yield check.category
        if not found and aliases > 0:
            for base in class_.bases:
                yield from self._categories(scope, base, role, aliases - 1)


_WRAPPERS = frozenset({"method_decorator", "partial", "Depends", "Security", "Middleware"})
_ENTRIES = frozenset(
    {
        "__call__",
        "dispatch",
        "has_permission",
        "has_object_permission",
        "process_request",
        "process_view",
        "test_func",
        "authenticate",
        "before_request",
    }
)


def _optional(call: Call) -> bool:
    """Tell `jwt_required(optional=True)`, which lets everyone through."""
    value = call.keyword("optional") or call.keyword("auto_error")
    return isinstance(value, Constant) and value.value is (call.keyword("optional") is not None)


def _name(expression: Expression) -> str:
    """The dotted name of a decorator, or of what it wraps."""
    if isinstance(expression, Call) and expression.arguments and dotted(expression.callee).rpartition(".")[2] in _WRAPPERS:
        return _name(expression.arguments[0])
    return dotted(expression).removesuffix("()")
