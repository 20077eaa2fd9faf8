"""What a function does for security, told by what it reads and when it rejects, never by its own name.

A function authenticates where it reads who calls (an Authorization header, a token that it decodes, a session, the framework's
user) and rejects on it; it authorizes where what it rejects on is a role, or an identity compared with something else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.python.identity import names_credential, reads_identity
from threat_modeling.codebase.python.known import known
from threat_modeling.codebase.python.rejections import Rejections
from threat_modeling.codebase.syntax import (
    Assign,
    Attribute,
    Block,
    Call,
    Class,
    Evaluate,
    Expression,
    Function,
    Literal,
    Name,
    Node,
    Operation,
    Parameter,
    Return,
    Statement,
    Subscript,
    children,
    dotted,
    text,
    walk,
)
from threat_modeling.model import ControlCategory

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.python.scopes import Scope

MAX_CALLS: Final = 2
"""Calls that are followed from the function that is asked about."""

_ROLE = re.compile(
    r"(?:^|_)(?:admin|roles?|permissions?|perms?|scopes?|staff|superuser|privileges?|groups?|moderator|access_level)(?:$|_)|has_perm", re.IGNORECASE
)
_OWNER = re.compile(
    r"^(?:id|pk|uid|sub|username|email|user|owner|author|creator|account|tenant|organi[sz]ation|created_by)(?:_id)?$|_(?:id|owner)$", re.IGNORECASE
)
_PREDICATES: Final = frozenset({"has_permission", "has_object_permission", "test_func"})
"""Methods whose answer decides; their frameworks reject on it."""
_VALIDATORS: Final = frozenset({"validate_on_submit", "is_valid", "model_validate", "parse_obj"})


@dataclass(frozen=True, slots=True)
class Check:
    """A control that a function applies, at the node that applies it; `name` is what it rests on, as written."""

    category: ControlCategory
    node: Node
    name: str


class Role(Enum):
    """What a function is asked about as: decides what counts as turning a caller away, and whether inner functions belong to it."""

    HANDLER = "handler"
    """401, 403 and what means them."""
    FUNCTION = "function"
    """Any error too."""
    DEPENDENCY = "dependency"
    """Any error too, also in inner functions: a factory of checks is one."""
    WRAPPER = "wrapper"
    """Any early answer too, also in inner functions: decorators, and hooks that run before a handler."""


@dataclass(frozen=True, slots=True)
class Behavior:
    """`checks` reject by themselves; `identifies` says that the result tells who calls, for the caller to reject on."""

    checks: tuple[Check, ...] = ()
    identifies: bool = False


NOTHING: Final = Behavior()


class Behaviors:
    """What functions do, each read once; a function that calls itself adds nothing."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, int, int, str, Role, int], Behavior] = {}

    def of(self, scope: Scope, function: Function, role: Role = Role.FUNCTION, calls: int = MAX_CALLS) -> Behavior:
        """What a function does, following calls into the project's own functions `calls` deep."""
        key = (scope.module.path, function.line, function.end, function.name, role, calls)
        if key not in self._known:
            self._known[key] = NOTHING
            self._known[key] = _Reader(self, scope.inside(function), function, role, calls).read()
        return self._known[key]


class _Reader:
    def __init__(self, behaviors: Behaviors, scope: Scope, function: Function, role: Role, calls: int) -> None:
        self.behaviors = behaviors
        self.scope = scope
        self.function = function
        self.role = role
        self.rejections = Rejections(scope, wrapping=role is Role.WRAPPER, any_error=role is not Role.HANDLER, called=_parameter_names(function))
        self.calls = calls
        self.names = {parameter.name: parameter.name for parameter in function.parameters if self.identifying(parameter)}
        self.checks: list[Check] = []
        self.identifies = False

    def read(self) -> Behavior:
        if self.role is not Role.HANDLER:
            for parameter in self.function.parameters:
                self.depending(parameter)
        for statement in own(self.function.body, nested=self.role in {Role.WRAPPER, Role.DEPENDENCY}):
            self.statement(statement)
        return Behavior(tuple(sorted(_distinct(self.checks), key=lambda check: (check.node.line, check.category))), self.identifies)

    def statement(self, statement: Statement) -> None:
        """What one statement adds."""
        if isinstance(statement, Assign) and statement.value is not None:
            self.calling(statement.value)
            source = self.identity(statement.value)
            if source:
                self.names.update((name, source) for target in statement.targets if (name := dotted(target)))
        elif isinstance(statement, Block):
            self.branching(statement)
        elif isinstance(statement, Function):
            self.decorated(statement)
        elif isinstance(statement, Evaluate):
            self.calling(statement.value)
        elif isinstance(statement, Return) and statement.value is not None and statement.operator == "return":
            self.returning(statement, statement.value)

    def returning(self, statement: Return, value: Expression) -> None:
        """A result that tells who calls, and an answer that decides by itself."""
        self.calling(value)
        source = self.identity(value)
        self.identifies = self.identifies or bool(source)
        if source and self.function.name in _PREDICATES:
            self.checks.extend(Check(category, statement, source) for category in self.purposes(value))

    def identifying(self, parameter: Parameter) -> bool:
        """Tell a parameter that the framework fills with who calls."""
        if dotted(parameter.annotation).endswith("HTTPAuthorizationCredentials"):
            return True
        for scope, dependency in dependencies(self.scope, parameter):
            kind = dotted(dependency.callee).rpartition(".")[2]
            if kind in {"Header", "Cookie"}:
                alias = text(dependency.keyword("alias"))
                return names_credential(alias or parameter.name)
            if dependency.arguments and self.supplies(scope, dependency.arguments[0]):
                return True
        return False

    def depending(self, parameter: Parameter) -> None:
        """Checks of the functions that the framework calls to fill a parameter."""
        for scope, dependency in dependencies(self.scope, parameter):
            provider = dependency.arguments[0] if dependency.arguments else None
            if provider is not None and self.rejecting_scheme(scope, provider):
                self.checks.append(Check(ControlCategory.AUTHENTICATION, parameter, dotted(provider)))
            found = scope.bound(provider) if self.calls > 0 else None
            if found is not None and isinstance(found[1], Function):
                inner = self.behaviors.of(found[0], found[1], Role.DEPENDENCY, self.calls - 1)
                self.checks.extend(Check(check.category, parameter, dotted(provider)) for check in inner.checks)

    def supplies(self, within: Scope, provider: Expression) -> bool:
        """Tell a dependency that gives who calls: a security scheme, or a function that reads it."""
        if any(known(name) is ControlCategory.AUTHENTICATION for _, _, name in schemes(within, provider)):
            return True
        found = within.bound(provider)
        if found is None or not isinstance(found[1], Function) or self.calls <= 0:
            return False
        inner = self.behaviors.of(found[0], found[1], Role.FUNCTION, self.calls - 1)
        return inner.identifies or bool(inner.checks)

    def rejecting_scheme(self, within: Scope, provider: Expression) -> bool:
        """Tell an object of a project's class that derives from a security scheme and rejects by itself: `JWTBearer()`."""
        for scope, class_, name in schemes(within, provider):
            call = next((node for node in class_.body if isinstance(node, Function) and node.name == "__call__"), None) if class_ else None
            if call is not None and class_ is not None and known(name) is ControlCategory.AUTHENTICATION:
                reader = _Reader(self.behaviors, scope.within(class_).inside(call), call, Role.DEPENDENCY, 0)
                if any(reader.rejections.any(body) for node in walk(call.body) if isinstance(node, Block) for body in node.bodies):
                    return True
        return False

    def identity(self, expression: Node) -> str:
        """What an expression knows the caller by: the function or the value it was read from, as written; "" where it does not."""
        for node in walk(expression):
            if isinstance(node, Name | Attribute) and dotted(node) in self.names:
                return self.names[dotted(node)]
            if isinstance(node, Call) and self.called(node).identifies:
                return dotted(node.callee)
        return next((_label(node) for node in walk(expression) if reads_identity(self.scope, node)), "")

    def called(self, call: Call) -> Behavior:
        """What the project's own function that a call runs does."""
        if self.calls <= 0:
            return NOTHING
        found = self.scope.bound(call.callee)
        if found is None or not isinstance(found[1], Function):
            return NOTHING
        return self.behaviors.of(found[0], found[1], Role.FUNCTION, self.calls - 1)

    def calling(self, expression: Node) -> None:
        """Checks that calls in an expression apply by themselves."""
        for node in walk(expression):
            if isinstance(node, Call):
                name = self.scope.qualified(node.callee)
                category = known(name) if name.rpartition(".")[2] not in _VALIDATORS else ControlCategory.INPUT_VALIDATION
                if category is not None and not name.endswith("()"):
                    self.checks.append(Check(category, node, dotted(node.callee)))
                self.checks.extend(Check(check.category, node, dotted(node.callee)) for check in self.called(node).checks)
            elif isinstance(node, Operation) and node.operator == "or" and self.turns_away(node.operands[1:]):
                source = self.identity(node.operands[0])
                self.checks += [Check(ControlCategory.AUTHENTICATION, node, source)] if source else []

    def decorated(self, inner: Function) -> None:
        """Checks of the decorators that stand around an inner function: those of a decorator's wrapper guard what it decorates."""
        for decorator in inner.decorators if self.role is Role.WRAPPER else ():
            callee = decorator.callee if isinstance(decorator, Call) else decorator
            category = known(self.scope.qualified(callee))
            if category is not None:
                self.checks.append(Check(category, decorator, dotted(callee)))
            found = self.scope.bound(callee) if self.calls > 0 else None
            if found is not None and isinstance(found[1], Function):
                checks = self.behaviors.of(found[0], found[1], Role.WRAPPER, self.calls - 1).checks
                self.checks.extend(Check(check.category, decorator, dotted(callee)) for check in checks)

    def turns_away(self, operands: tuple[Expression, ...]) -> bool:
        """Tell `... or abort(401)`."""
        return any(isinstance(operand, Call) and self.rejections.call(operand) for operand in operands)

    def branching(self, block: Block) -> None:
        for head in block.heads:
            self.calling(head)
        if block.kind == "if" and any(self.rejections.any(body) for body in block.bodies):
            for head in block.heads:
                source = self.identity(head)
                if source:
                    self.checks.extend(Check(category, head, source) for category in self.purposes(head))
                elif self.role is not Role.HANDLER and (category := self.refusal(block, head)) is not None:
                    self.checks.append(Check(category, head, dotted(head) or self.function.name))
        elif block.kind == "try" and len(block.bodies) > 1 and any(self.rejections.any(body) for body in block.bodies[1:]):
            node = next((node for statement in own(block.bodies[0]) for node in self.reading(statement)), None)
            if node is not None:
                self.checks.append(Check(ControlCategory.AUTHENTICATION, node, self.identity(node)))

    def refusal(self, block: Block, head: Expression) -> ControlCategory | None:
        """What a function that runs before handlers refuses with 401 or 403 where it is not seen how it knows the caller."""
        if any("csrf" in word.lower() or "xsrf" in word.lower() for node in walk(head) for word in _words(node)):
            return None
        if any(self.rejections.explicit(body, 401) for body in block.bodies):
            return ControlCategory.AUTHENTICATION
        return ControlCategory.AUTHORIZATION if any(self.rejections.explicit(body, 403) for body in block.bodies) else None

    def reading(self, statement: Statement) -> Iterator[Node]:
        """The value of a statement where it reads who calls."""
        if isinstance(statement, Assign | Evaluate | Return) and statement.value is not None:
            fresh = any(
                reads_identity(self.scope, node) or (isinstance(node, Call) and self.called(node).identifies) for node in walk(statement.value)
            )
            if fresh:
                yield statement.value

    def purposes(self, head: Expression) -> Iterator[ControlCategory]:
        """A check of a role, or of the identity against another value, is authorization on top of authentication."""
        yield ControlCategory.AUTHENTICATION
        if any(_ROLE.search(word) for node in walk(head) for word in _words(node)) or any(self.compares(node) for node in walk(head)):
            yield ControlCategory.AUTHORIZATION

    def compares(self, node: Node) -> bool:
        """Tell `user.id != order.user_id`: two values that are no constants, an owner's name among them, one side the identity."""
        if not isinstance(node, Operation) or node.operator not in {"==", "!=", "not in", "in", "is not", "is"} or len(node.operands) != 2:
            return False
        if any(isinstance(operand, Literal) for operand in node.operands):
            return False
        named = any(_OWNER.search(word) for operand in node.operands for word in _last_words(operand))
        return named and any(self.identity(operand) for operand in node.operands)


def own(body: tuple[Statement, ...], *, nested: bool = False) -> Iterator[Statement]:
    """The statements of a function in source order, those of its branches too, and with `nested` of its inner functions."""
    pending = list(reversed(body))
    while pending:
        statement = pending.pop()
        yield statement
        if isinstance(statement, Block):
            pending.extend(reversed([inner for branch in statement.bodies for inner in branch]))
        elif isinstance(statement, Function) and nested:
            pending.extend(reversed(statement.body))


def dependencies(scope: Scope, parameter: Parameter) -> Iterator[tuple[Scope, Call]]:
    """The calls that say how a framework fills a parameter: its default, and those in `Annotated[...]`, also under another name."""
    if isinstance(parameter.default, Call):
        yield scope, parameter.default
    annotation: object = parameter.annotation
    found = scope.bound(annotation) if isinstance(annotation, Name | Attribute) else None
    if found is not None:
        scope, annotation = found
    if isinstance(annotation, Subscript) and dotted(annotation.object).rpartition(".")[2] == "Annotated":
        yield from ((scope, node) for node in children(annotation.index) if isinstance(node, Call))


def schemes(within: Scope, provider: Expression) -> Iterator[tuple[Scope, Class | None, str]]:
    """The dotted name of what a provider is an object of; of a class of the project, that class with the name of each of its bases."""
    for scope, call in within.origins(provider):
        found = scope.bound(call.callee)
        if found is not None and isinstance(found[1], Class):
            yield from ((found[0], found[1], found[0].qualified(base)) for base in found[1].bases)
        else:
            yield scope, None, scope.qualified(call.callee)


def _parameter_names(function: Function) -> frozenset[str]:
    functions = [function, *(node for node in walk(function.body) if isinstance(node, Function))]
    return frozenset(parameter.name for one in functions for parameter in one.parameters)


def _words(node: Node) -> Iterator[str]:
    if isinstance(node, Attribute):
        yield node.name
    elif isinstance(node, Name):
        yield node.id
    elif isinstance(node, Literal) and isinstance(node.value, str):
        yield node.value


def _last_words(operand: Expression) -> Iterator[str]:
    """The name at the end of an operand: `resp["sub"]`, `book.user.id`, `str(user_id)`."""
    if isinstance(operand, Subscript):
        yield from _words(operand.index)
    elif isinstance(operand, Call):
        yield from (word for argument in operand.arguments[:1] for word in _last_words(argument))
    else:
        yield from _words(operand)


def _label(node: Node) -> str:
    """The text by which a reader finds an expression again."""
    if isinstance(node, Operation) and node.operands:
        return _label(node.operands[-1])
    return dotted(node).removesuffix("()").removesuffix("[]") or "request"


def _distinct(checks: list[Check]) -> Iterator[Check]:
    """The first check of each category."""
    return iter({check.category: check for check in reversed(checks)}.values())
