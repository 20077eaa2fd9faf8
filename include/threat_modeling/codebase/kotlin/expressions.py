"""Expressions of Kotlin: calls with trailing lambdas, chains, operators, templates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from threat_modeling.codebase.java.expressions import valued
from threat_modeling.codebase.jvm.literals import unescape
from threat_modeling.codebase.syntax import (
    Attribute,
    Call,
    Class,
    Expression,
    Function,
    Join,
    Keyword,
    Literal,
    Name,
    Node,
    Operation,
    Other,
    Parameter,
    Return,
    Sequence,
    Statement,
    Subscript,
)
from threat_modeling.codebase.tree import flat, operated, unknown

if TYPE_CHECKING:
    from threat_modeling.codebase.tree import Place

SUFFIX: Final = "suffix"
"""Other of this kind holds what follows an expression until the expression takes it."""


def sign(node: Any, fallback: str) -> str:
    """The operator between the operands of a node."""
    return next((child.text() for child in node.children() if not child.is_named()), fallback)


def ending(body: tuple[Statement, ...]) -> tuple[Statement, ...]:
    """A lambda's body: its last expression is what it returns."""
    if body and type(body[-1]).__name__ == "Evaluate":
        final: Any = body[-1]
        return (*body[:-1], Return(final.line, final.end, final.value))
    return body


def navigation(node: Any, place: Place, kinds: list[str], values: list[Any]) -> Expression:
    """`a.b`, `a?.b`, `A::class`."""
    if len(values) < 2 or not isinstance(values[-1], Name):
        return unknown(node, place, kinds, values)
    return Attribute(*place, valued(values[0]), values[-1].id)


def suffix(_node: Any, place: Place, _kinds: list[str], values: list[Any]) -> Name:
    """`.b`."""
    return values[-1] if values and isinstance(values[-1], Name) else Name(*place, "class")


def reference(node: Any, place: Place, kinds: list[str], values: list[Any]) -> Expression:
    """`Owner::method`, `::function`."""
    if not values:
        return unknown(node, place, kinds, values)
    return values[0] if len(values) == 1 else Attribute(*place, values[0], getattr(values[-1], "id", ""))


def call(node: Any, place: Place, kinds: list[str], values: list[Any]) -> Expression:
    """`f(x) { ... }`; an upper-case callee makes an object as likely as it calls a function, so `new` stays False."""
    if len(values) < 2 or not isinstance(values[-1], tuple):
        return unknown(node, place, kinds, values)
    given = flat(values[-1])
    keywords = tuple(value for value in given if isinstance(value, Keyword))
    return Call(*place, valued(values[0]), tuple(value for value in given if not isinstance(value, Keyword)), keywords)


def call_suffix(_node: Any, _place: Place, _kinds: list[str], values: list[Any]) -> tuple[Expression, ...]:
    """The arguments of a call: those in parentheses, then a lambda."""
    return tuple(flat(values))


def arguments(_node: Any, _place: Place, _kinds: list[str], values: list[Any]) -> tuple[Any, ...]:
    """What stands between parentheses, in order."""
    return tuple(value for value in values if value is not None)


def argument(node: Any, place: Place, kinds: list[str], values: list[Any]) -> Any:
    """`x`, `name = x`, `*xs`."""
    if not values:
        return unknown(node, place, kinds, values)
    value = valued(values[-1])
    if len(values) > 1 and isinstance(values[0], Name):
        return Keyword(*place, values[0].id, value)
    return Operation(*place, "...", (value,)) if kinds[0] == "spread_expression" else value


def binary(node: Any, place: Place, kinds: list[str], values: list[Any]) -> Expression:
    """A binary operator; `+` with a text operand is a Join, which is flattened to the left."""
    if len(values) < 2:
        return unknown(node, place, kinds, values)
    operator, left, right = sign(node, "?"), valued(values[0]), valued(values[-1])
    operator = {"?:": "??", "===": "==", "!==": "!=", "!in": "not in"}.get(operator, operator)
    return operated(place, operator, left, right)


def infix(node: Any, place: Place, kinds: list[str], values: list[Any]) -> Expression:
    """`a to b` is `a.to(b)`."""
    if len(values) != 3 or not isinstance(values[1], Name):
        return _object(place, values) or unknown(node, place, kinds, values)
    return _object(place, values) or Call(*place, Attribute(*place, valued(values[0]), values[1].id), (valued(values[2]),))


def _object(place: Place, values: list[Any]) -> Class | None:
    """`object Name { ... }` on one line, which the grammar takes for an infix call."""
    if len(values) != 3 or not isinstance(values[0], Class) or values[0].name or values[0].body or not isinstance(values[2], Function):
        return None
    keyword = Keyword(*place, "object", Literal(*place, value=True))
    return Class(*place, values[1].id, (), (keyword,), (), values[2].body) if isinstance(values[1], Name) else None


def prefix(node: Any, place: Place, kinds: list[str], values: list[Any]) -> Expression:
    """`!x`, `-x`, `++x`; a label or an annotation before an expression goes."""
    if not values:
        return unknown(node, place, kinds, values)
    operator, value = sign(node, ""), valued(values[-1])
    if operator == "-" and isinstance(value, Literal) and isinstance(value.value, int | float):
        return Literal(*place, -value.value)
    return Operation(*place, operator, (value,)) if operator else value


def postfix(node: Any, place: Place, kinds: list[str], values: list[Any]) -> Expression:
    """`x!!` is x; `x++`."""
    if not values:
        return unknown(node, place, kinds, values)
    operator = sign(node, "!!")
    return valued(values[0]) if operator == "!!" else Operation(*place, operator, (valued(values[0]),))


def first(_node: Any, place: Place, _kinds: list[str], values: list[Any]) -> Any:
    """`x as T` is x."""
    return valued(values[0]) if values else Other(*place, "empty")


def check(node: Any, place: Place, _kinds: list[str], values: list[Any]) -> Operation:
    """`x is T`, `x in xs`."""
    operator = sign(node, "is").replace("!in", "not in")
    return Operation(*place, operator, tuple(valued(value) for value in values if isinstance(value, Node)))


def subscript(node: Any, place: Place, kinds: list[str], values: list[Any]) -> Expression:
    """`a[i]`."""
    if len(values) < 2 or not isinstance(values[-1], Other) or not values[-1].children:
        return unknown(node, place, kinds, values)
    return Subscript(*place, valued(values[0]), values[-1].children[0])  # type: ignore[arg-type]


def index(_node: Any, place: Place, _kinds: list[str], values: list[Any]) -> Other:
    """`[i]`."""
    return Other(*place, SUFFIX, tuple(valued(value) for value in values if isinstance(value, Node)))


def target(node: Any, place: Place, kinds: list[str], values: list[Any]) -> Expression:
    """The left side of an assignment."""
    if len(values) == 1:
        return values[0]  # type: ignore[no-any-return]
    return subscript(node, place, kinds, values) if isinstance(values[-1], Other) else navigation(node, place, kinds, values)


def collection(_node: Any, place: Place, _kinds: list[str], values: list[Any]) -> Sequence:
    """`[a, b]` of an annotation."""
    return Sequence(*place, tuple(flat(values)))


def lambda_(_node: Any, place: Place, kinds: list[str], values: list[Any]) -> Function:
    """`{ a, b -> ... }`; one without parameters has `it`."""
    given = next((value for kind, value in zip(kinds, values, strict=True) if kind == "lambda_parameters"), ())
    body: list[Any] = next((value for kind, value in zip(kinds, values, strict=True) if kind == "statements"), [])
    parameters = given or (Parameter(place[0], place[0], "it"),)
    return Function(*place, "", tuple(parameters), (), ending(tuple(body)))


def lambda_parameters(_node: Any, _place: Place, _kinds: list[str], values: list[Any]) -> tuple[Parameter, ...]:
    """`a: T, (b, c)` of a lambda."""
    found = []
    for value in values:
        if isinstance(value, tuple) and value and isinstance(value[0], Name):
            found.append(Parameter(value[0].line, value[0].end, value[0].id, None, value[1]))
        elif isinstance(value, Sequence):
            names = tuple(element.id for element in value.elements if isinstance(element, Name))
            found.append(Parameter(value.line, value.end, "", None, None, (), names))
    return tuple(found)


def string(_node: Any, place: Place, kinds: list[str], values: list[Any]) -> Expression:
    """`"a$b"` is a Join, one without values a Literal."""
    parts: list[Expression] = []
    for kind, value in zip(kinds, values, strict=True):
        if kind == "string_content" and parts and isinstance(parts[-1], Literal):
            parts[-1] = Literal(parts[-1].line, value.end, f"{parts[-1].value}{value.value}")
        elif isinstance(value, Node):
            parts.append(valued(value))
    if len(parts) <= 1 and all(isinstance(part, Literal) for part in parts):
        return parts[0] if parts else Literal(*place, "")
    return Join(*place, tuple(parts))


def content(node: Any, place: Place, _kinds: list[str], _values: list[Any]) -> Literal:
    """Text of a template between its values."""
    return Literal(*place, unescape(node.text()))


def object_literal(_node: Any, place: Place, kinds: list[str], values: list[Any]) -> Expression:
    """`object : Base(x) { ... }`: a Class without a name, called where its base is."""
    bases = tuple(flat([value for kind, value in zip(kinds, values, strict=True) if kind == "delegation_specifier"]))
    body = next((tuple(value) for kind, value in zip(kinds, values, strict=True) if kind == "class_body"), ())
    given = next((base.arguments for base in bases if isinstance(base, Call)), ())
    plain = tuple(base.callee if isinstance(base, Call) else base for base in bases)
    made = Class(*place, "", plain, (), (), body)
    return Call(*place, made, given, (), new=True) if bases else made
