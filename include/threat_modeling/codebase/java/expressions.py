"""Expressions of Java: calls, chains, operators, lambdas, annotations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from threat_modeling.codebase.syntax import (
    Attribute,
    Block,
    Call,
    Class,
    Expression,
    Function,
    Keyword,
    Literal,
    Name,
    Node,
    Operation,
    Other,
    Parameter,
    Return,
    Sequence,
    Subscript,
)
from threat_modeling.codebase.tree import flat, operated, unknown

if TYPE_CHECKING:
    from threat_modeling.codebase.tree import Place

_NO_VALUE: Final = (Keyword, Parameter)


def valued(value: Any) -> Any:
    """A switch or the like where a value is asked for: Other over its conditions, its statements and what its branches give."""
    if not isinstance(value, Block):
        return value
    parts: list[Any] = list(value.heads)
    for body in value.bodies:
        for statement in body:
            given = getattr(statement, "value", None) if type(statement).__name__ in {"Evaluate", "Return"} else None
            parts.append(given if given is not None and statement is body[-1] else statement)
    return Other(value.line, value.end, value.kind, tuple(parts))


def field(node: Any, place: Place, kinds: list[str], values: list[Any]) -> Expression:
    """`a().b`, `a[0].b`; plain chains are read from their text."""
    if len(values) < 2 or not isinstance(values[-1], Name):
        return unknown(node, place, kinds, values)
    return Attribute(*place, values[0], values[-1].id)


def class_literal(_node: Any, place: Place, _kinds: list[str], values: list[Any]) -> Expression:
    """`User.class`."""
    return Attribute(*place, values[0] if values else Name(*place, "void"), "class")


def arguments(_node: Any, _place: Place, _kinds: list[str], values: list[Any]) -> tuple[Expression, ...]:
    """The arguments of a call in order."""
    return tuple(valued(value) for value in values if value is not None)


def call(node: Any, place: Place, kinds: list[str], values: list[Any]) -> Expression:
    """`f(x)`, `a.f(x)`, `super.<T>f(x)`."""
    used = [value for kind, value in zip(kinds, values, strict=True) if kind != "type_arguments" and value is not None]
    if len(used) < 2 or not isinstance(used[-2], Name):
        return unknown(node, place, kinds, values)
    callee: Expression = used[-2] if len(used) == 2 else Attribute(*place, used[0], used[-2].id)
    return Call(place[0], place[1], callee, used[-1] if isinstance(used[-1], tuple) else ())


def construction(node: Any, place: Place, kinds: list[str], values: list[Any]) -> Expression:
    """`new C(...)`; with a body the callee is a Class without a name whose base is C."""
    if "argument_list" not in kinds:
        return unknown(node, place, kinds, values)
    at = kinds.index("argument_list")
    made: Any = next((value for value in values[:at][::-1] if isinstance(value, Node)), Name(*place, ""))
    made = made.object if isinstance(made, Subscript) else made
    if kinds[-1] == "class_body":
        made = Class(*place, "", (made,), (), (), tuple(values[-1]))
    return Call(place[0], place[1], made, values[at], (), new=True)


def constructor_call(_node: Any, place: Place, kinds: list[str], values: list[Any]) -> Expression:
    """`super(x)` and `this(x)` at the beginning of a constructor."""
    given = values[-1] if kinds and kinds[-1] == "argument_list" else ()
    callee = next((value for kind, value in zip(kinds, values, strict=True) if kind in {"super", "this"}), Name(*place, "super"))
    return Call(*place, callee, given)


def binary(node: Any, place: Place, kinds: list[str], values: list[Any]) -> Expression:
    """A binary operator; `+` with a text operand is a Join, which is flattened to the left."""
    operator = node.field("operator")
    if operator is None or len(values) < 2:
        return unknown(node, place, kinds, values)
    return operated(place, operator.kind(), valued(values[0]), valued(values[-1]))


def unary(node: Any, place: Place, kinds: list[str], values: list[Any]) -> Expression:
    """`!x`, `-x`, `x++`."""
    if not values:
        return unknown(node, place, kinds, values)
    operator = next((child.kind() for child in node.children() if not child.is_named()), "!")
    value = values[0]
    if operator == "-" and isinstance(value, Literal) and isinstance(value.value, int | float):
        return Literal(*place, -value.value)
    return Operation(*place, operator, (value,))


def instance(_node: Any, place: Place, _kinds: list[str], values: list[Any]) -> Operation:
    """`x instanceof C name`."""
    return Operation(*place, "instanceof", tuple(flat(values)))


def ternary(_node: Any, place: Place, _kinds: list[str], values: list[Any]) -> Operation:
    """`a ? b : c`."""
    return Operation(*place, "?:", tuple(valued(value) for value in flat(values)))


def cast(node: Any, place: Place, kinds: list[str], values: list[Any]) -> Any:
    """`(T) x` is x."""
    return values[-1] if values else unknown(node, place, kinds, values)


def assignment(node: Any, place: Place, kinds: list[str], values: list[Any]) -> Expression:
    """`a = b` and `a += b` inside an expression; a statement of it becomes an Assign."""
    operator = node.field("operator")
    if operator is None or len(values) < 2:
        return unknown(node, place, kinds, values)
    return Operation(*place, operator.kind(), (values[0], valued(values[-1])))


def element(node: Any, place: Place, kinds: list[str], values: list[Any]) -> Expression:
    """`a[i]`."""
    return Subscript(*place, values[0], values[-1]) if len(values) > 1 else unknown(node, place, kinds, values)


def array(_node: Any, place: Place, _kinds: list[str], values: list[Any]) -> Sequence:
    """`{1, 2}` of an array or an annotation."""
    return Sequence(*place, tuple(flat(values)))


def array_creation(_node: Any, place: Place, kinds: list[str], values: list[Any]) -> Expression:
    """`new int[] {1, 2}` is its Sequence; without values it is Other "array" over the sizes."""
    if kinds and kinds[-1] == "array_initializer":
        return values[-1]  # type: ignore[no-any-return]
    return Other(*place, "array", tuple(flat(values[1:])))


def lambda_(_node: Any, place: Place, _kinds: list[str], values: list[Any]) -> Expression:
    """`(a, b) -> ...`; an expression body is one Return."""
    if len(values) < 2:
        return Function(*place, "")
    given, body = values[0], values[-1]
    parameters = (Parameter(given.line, given.end, given.id),) if isinstance(given, Name) else tuple(given or ())
    if isinstance(body, list):
        return Function(*place, "", parameters, (), tuple(body))
    value: Any = valued(body)
    return Function(*place, "", parameters, (), () if value is None else (Return(value.line, value.end, value),))


def inferred(_node: Any, _place: Place, _kinds: list[str], values: list[Any]) -> tuple[Parameter, ...]:
    """`(a, b)` of a lambda without types."""
    return tuple(Parameter(value.line, value.end, value.id) for value in values if isinstance(value, Name))


def reference(node: Any, place: Place, kinds: list[str], values: list[Any]) -> Expression:
    """`Owner::method`, `Owner::new`."""
    if not values:
        return unknown(node, place, kinds, values)
    return Attribute(*place, values[0], values[-1].id if len(values) > 1 and isinstance(values[-1], Name) else "new")


def marker(_node: Any, _place: Place, _kinds: list[str], values: list[Any]) -> Any:
    """`@Name`: the name."""
    return values[0] if values else None


def annotation(node: Any, place: Place, kinds: list[str], values: list[Any]) -> Expression:
    """`@Name(x, key = y)`: a Call with `key` as a keyword."""
    if len(values) < 2:
        return unknown(node, place, kinds, values)
    given: list[Any] = [value for value in values[-1] if value is not None]
    keywords = tuple(value for value in given if isinstance(value, Keyword))
    return Call(*place, values[0], tuple(value for value in given if not isinstance(value, Keyword)), keywords)


def annotation_arguments(_node: Any, _place: Place, _kinds: list[str], values: list[Any]) -> list[Any]:
    """What stands between the parentheses of an annotation."""
    return values


def pair(_node: Any, place: Place, _kinds: list[str], values: list[Any]) -> Keyword | None:
    """`key = value` of an annotation."""
    if len(values) < 2 or not isinstance(values[0], Name) or isinstance(values[-1], _NO_VALUE):
        return None
    return Keyword(*place, values[0].id, values[-1])


def modifiers(_node: Any, _place: Place, _kinds: list[str], values: list[Any]) -> tuple[Expression, ...]:
    """The annotations among the modifiers."""
    return tuple(value for value in values if isinstance(value, Name | Attribute | Call))
