"""What stands before a handler of Laravel: middleware by alias, group and class, a controller's own, form requests, CSRF of the web group."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.php.guards import of_body, usual
from threat_modeling.codebase.php.paths import text_of, texts_of
from threat_modeling.codebase.syntax import (
    Assign,
    Attribute,
    Call,
    Class,
    Expression,
    Function,
    Literal,
    Mapping,
    Name,
    Return,
    Sequence,
    dotted,
    walk,
)
from threat_modeling.model import ControlCategory

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.observations import Guard
    from threat_modeling.codebase.php.classes import Served
    from threat_modeling.codebase.php.router import Place, Router
    from threat_modeling.codebase.syntax import Module

_SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})
_ALIASES: Final = frozenset({"middlewareAliases", "routeMiddleware"})
_CSRF: Final = ("VerifyCsrfToken", "ValidateCsrfToken", "PreventRequestForgery")


class LaravelGuards:
    """Reads the middleware of one project's kernels and bootstrap files."""

    def __init__(self, router: Router) -> None:
        self._router = router
        self._aliases: dict[str, tuple[Module, Expression]] = {}
        self._groups: dict[str, list[tuple[Module, Expression]]] = {}
        self._protected: tuple[Module, Expression] | None = None
        for module in router.project.modules(("php",), ("middlewareGroups", "routeMiddleware", "middlewareAliases", "withMiddleware", "withRouting")):
            self._read(module)

    def _read(self, module: Module) -> None:
        for node in walk(module.body):
            if isinstance(node, Class):
                for member in node.body:
                    if isinstance(member, Assign) and isinstance(member.targets[0], Name):
                        self._property(module, member.targets[0].id, member.value)
            elif isinstance(node, Call) and isinstance(node.callee, Attribute):
                if node.callee.name == "alias" and node.arguments and isinstance(node.arguments[0], Mapping):
                    self._property(module, "middlewareAliases", node.arguments[0])
                elif node.callee.name == "withRouting" and node.keyword("web") is not None:
                    self._protected = self._protected or (module, Literal(node.line, node.line, "web"))

    def _property(self, module: Module, name: str, value: Expression | None) -> None:
        entries = value.entries if isinstance(value, Mapping) else ()
        for key, given in entries:
            title = text_of(key)
            if title and name in _ALIASES:
                self._aliases[title] = (module, given)
            elif title and name == "middlewareGroups":
                members = given.elements if isinstance(given, Sequence) else (given,)
                self._groups[title] = [(module, member) for member in members]
                if title == "web":
                    found = next((member for member in members if any(word in dotted(member) for word in _CSRF)), None)
                    self._protected = (module, found) if found is not None else None

    def around(self, place: Place, method: str) -> tuple[Guard, ...]:
        """The guards of the middleware around a route."""
        found: list[Guard] = []
        for module, expression in place.middleware:
            for one in expression.elements if isinstance(expression, Sequence) else (expression,):
                found += self._middleware(module, one, method)
        return tuple(found)

    def _middleware(self, module: Module, expression: Expression, method: str) -> Iterator[Guard]:
        name = text_of(expression)
        if name is None:
            yield from self._router.of_middleware(module, expression)
            return
        bare = name.partition(":")[0]
        if bare == "web":
            if self._protected is not None and method not in _SAFE:
                yield self._router.guard(*self._protected, ControlCategory.CORS_CSP, "web", "application")
            return
        if bare in self._groups:
            for home, member in self._groups[bare]:
                if isinstance(member, Attribute | Literal) and text_of(member) not in self._groups:
                    yield from self._middleware(home, member, method)
            return
        alias = self._aliases.get(bare)
        categories = self._of_alias(*alias) if alias is not None else None
        for category in categories if categories is not None else filter(None, (usual(name),)):
            yield self._router.guard(module, expression, category, name, "router")

    def _of_alias(self, module: Module, expression: Expression) -> tuple[ControlCategory, ...] | None:
        """What the class of an alias does, also inherited from the framework's; None where it is not the target's."""
        served = self._router.known.handler(module, expression)
        if served is None:
            return None
        found = of_body(served.function.body)
        if found or served.definition is None:
            return found
        named = (usual(base) for base in self._router.known.bases(served.module, served.definition))
        return tuple(dict.fromkeys(category for category in named if category is not None))

    def of_controller(self, served: Served) -> Iterator[Guard]:
        """`$this->middleware("auth")->only(...)` of a constructor, `middleware()` of newer ones, form requests that authorize."""
        action = served.function.name
        if served.definition is not None:
            for title in ("constructor", "middleware"):
                own = self._router.known.method((served.module, served.definition), title)
                if own is not None:
                    yield from self._declared(own, action)
        for parameter in served.function.parameters:
            found = self._router.known.written(served.module, parameter.annotation) if parameter.annotation is not None else None
            request = self._router.known.method(found, "authorize") if found is not None else None
            if request is not None and not _always(request.function):
                yield self._router.guard(request.module, request.function, ControlCategory.AUTHORIZATION, request.name, "handler")
            rules = self._router.known.method(found, "rules") if found is not None else None
            if rules is not None:
                yield self._router.guard(rules.module, rules.function, ControlCategory.INPUT_VALIDATION, rules.name, "handler")

    def _declared(self, own: Served, action: str) -> Iterator[Guard]:
        narrowed = dict(_narrowed(own.function, action))
        for node in walk(own.function.body):
            if not isinstance(node, Call):
                continue
            name = dotted(node.callee)
            if name == "this.middleware" and node.arguments and narrowed.get(id(node), _wanted(node, action)):
                for one in _each(node.arguments[0]):
                    yield from self._middleware(own.module, one, "GET")
            elif name == "this.authorizeResource":
                yield self._router.guard(own.module, node, ControlCategory.AUTHORIZATION, "authorizeResource", "router")
            elif node.new and name.rpartition(".")[2] == "Middleware" and node.arguments and _wanted(node, action):
                yield from self._middleware(own.module, node.arguments[0], "GET")
        for statement in own.function.body if own.function.name == "middleware" else ():
            value = statement.value if isinstance(statement, Return) else None
            for one in value.elements if isinstance(value, Sequence) else ():
                if isinstance(one, Literal):
                    yield from self._middleware(own.module, one, "GET")


def _narrowed(function: Function, action: str) -> Iterator[tuple[int, bool]]:
    """Which `->middleware(...)` with `->only(...)` or `->except(...)` behind it runs before an action."""
    for node in walk(function.body):
        if isinstance(node, Call) and isinstance(node.callee, Attribute) and node.callee.name in {"only", "except"}:
            listed = {text for given in node.arguments for text in texts_of(given)}
            yield id(node.callee.object), (action in listed) == (node.callee.name == "only")


def _each(given: Expression) -> tuple[Expression, ...]:
    return given.elements if isinstance(given, Sequence) else (given,)


def _wanted(call: Call, action: str) -> bool:
    """Whether the options of a middleware let it run before an action."""
    options = call.arguments[1] if len(call.arguments) > 1 and isinstance(call.arguments[1], Mapping) else None
    only = call.keyword("only") or (options.get("only") if options is not None else None)
    without = call.keyword("except") or (options.get("except") if options is not None else None)
    return (only is None or action in texts_of(only)) and (without is None or action not in texts_of(without))


def _always(function: Function) -> bool:
    """Tell `return true;`, which asks nobody."""
    only = function.body[0] if len(function.body) == 1 else None
    return isinstance(only, Return) and isinstance(only.value, Literal) and only.value.value is True
