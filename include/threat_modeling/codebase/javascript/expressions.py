"""Expressions of JavaScript: calls, chains, operators, objects, JSX."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from threat_modeling.codebase.syntax import (
    Attribute,
    Call,
    Expression,
    Function,
    Join,
    Keyword,
    Literal,
    Mapping,
    Operation,
    Other,
    Sequence,
    Subscript,
)
from threat_modeling.codebase.tree import flat, operated, unknown

if TYPE_CHECKING:
    from threat_modeling.codebase.tree import Place

_SKIPPED = {"optional_chain", "type_arguments"}


def member(node: Any, place: Place, kinds: list[str], values: list[Any]) -> Expression:
    """`a.b`, `a?.b`, `a.#b`."""
    if len(values) < 2 or not isinstance(values[-1], Literal):
        return unknown(node, place, kinds, values)
    return Attribute(*place, values[0], str(values[-1].value))


def subscript(node: Any, place: Place, kinds: list[str], values: list[Any]) -> Expression:
    """`a[b]`."""
    if len(values) < 2:
        return unknown(node, place, kinds, values)
    return Subscript(*place, values[0], values[-1])


def arguments(_node: Any, _place: Place, _kinds: list[str], values: list[Any]) -> tuple[Expression, ...]:
    """The arguments of a call in order."""
    return tuple(value for value in values if value is not None)


def call(node: Any, place: Place, kinds: list[str], values: list[Any]) -> Expression:
    """A call or a tagged template."""
    return _call(node, place, kinds, values, new=False)


def construction(node: Any, place: Place, kinds: list[str], values: list[Any]) -> Expression:
    """`new C(...)`; the parentheses may be missing."""
    return _call(node, place, kinds, values, new=True)


def _call(node: Any, place: Place, kinds: list[str], values: list[Any], *, new: bool) -> Expression:
    if len(kinds) == 2 and kinds[1] == "arguments":
        return Call(place[0], place[1], values[0], values[1], (), new)
    used = [(kind, value) for kind, value in zip(kinds, values, strict=True) if kind not in _SKIPPED]
    if not used:
        return unknown(node, place, kinds, values)
    given: tuple[Expression, ...] = ()
    if len(used) > 1:
        given = used[-1][1] if used[-1][0] == "arguments" else (_tagged(used[-1][1]),)
    return Call(*place, used[0][1], given, (), new)


def _tagged(value: Any) -> Any:
    return Join(value.line, value.end, (value,)) if isinstance(value, Literal) else value


def binary(node: Any, place: Place, kinds: list[str], values: list[Any]) -> Expression:
    """A binary operator; `+` with a text operand is a Join, which is flattened to the left."""
    operator = node.field("operator")
    if operator is None or len(values) < 2:
        return unknown(node, place, kinds, values)
    return operated(place, operator.kind(), values[0], values[-1])


def unary(node: Any, place: Place, kinds: list[str], values: list[Any]) -> Expression:
    """`!x`, `typeof x`, `-x`, `x++`."""
    operator = node.field("operator")
    if operator is None or not values:
        return unknown(node, place, kinds, values)
    return Operation(*place, operator.kind(), tuple(values))


def assignment(node: Any, place: Place, kinds: list[str], values: list[Any]) -> Expression:
    """`a = b` inside an expression; a statement of it becomes an Assign."""
    if len(values) < 2:
        return unknown(node, place, kinds, values)
    return Operation(*place, "=", (values[0], named(values[-1], values[0])))


def named(value: Any, target: object) -> Any:
    """A function without a name takes the one of what it is assigned to, as the language does."""
    if not isinstance(value, Function) or value.name:
        return value
    name = getattr(target, "id", None) or getattr(target, "name", None) or getattr(target, "value", None)
    if not isinstance(name, str) or name == "exports":
        return value
    return Function(value.line, value.end, name, value.parameters, value.decorators, value.body, value.returns, value.is_async)


def array(_node: Any, place: Place, _kinds: list[str], values: list[Any]) -> Sequence:
    """`[a, ...b]`; also a pattern."""
    return Sequence(*place, tuple(value for value in values if value is not None))


def pair(_node: Any, _place: Place, _kinds: list[str], values: list[Any]) -> Any:
    """`key: value` of an object or a pattern."""
    return (values[0], named(values[-1], values[0])) if len(values) > 1 else None


def mapping(_node: Any, place: Place, _kinds: list[str], values: list[Any]) -> Mapping:
    """An object or an object pattern."""
    entries: list[tuple[Expression | None, Expression]] = []
    for value in values:
        if isinstance(value, tuple):
            entries.append(value)
        elif isinstance(value, Operation) and value.operator == "..." and value.operands:
            entries.append((None, value.operands[0]))
        elif isinstance(value, Function):
            entries.append((Literal(value.line, value.line, value.name), value))
        elif value is not None:
            entries.append((None, value))
    return Mapping(*place, tuple(entries))


def jsx_attribute(_node: Any, place: Place, _kinds: list[str], values: list[Any]) -> Keyword | None:
    """`href={x}`; an attribute without a value is true."""
    if not values:
        return None
    value = values[1] if len(values) > 1 and values[1] is not None else Literal(*place, value=True)
    return Keyword(*place, str(getattr(values[0], "value", None) or getattr(values[0], "id", "")), value)


def jsx_opening(_node: Any, place: Place, _kinds: list[str], values: list[Any]) -> Call:
    """`<a href={x} {...p}>`: a call of Other "jsx" over the element's name, its attributes as keywords."""
    tag = [v for v in values[:1] if not isinstance(v, Keyword | Operation)]
    attributes: list[Keyword] = []
    for value in values[len(tag) :]:
        if isinstance(value, Keyword):
            attributes.append(value)
        elif isinstance(value, Operation) and value.operator == "..." and value.operands:
            attributes.append(Keyword(value.line, value.end, None, value.operands[0]))
    return Call(*place, Other(*place, "jsx", tuple(flat(tag))), (), tuple(attributes))


def jsx_element(node: Any, place: Place, kinds: list[str], values: list[Any]) -> Expression:
    """An element with its children as arguments."""
    if not values or not isinstance(values[0], Call):
        return unknown(node, place, kinds, values)
    content = tuple(v for kind, v in zip(kinds[1:], values[1:], strict=True) if v is not None and kind != "jsx_closing_element")
    return Call(*place, values[0].callee, content, values[0].keywords)


def jsx_expression(_node: Any, _place: Place, _kinds: list[str], values: list[Any]) -> Any:
    """`{x}` between tags or as an attribute's value; None where it is empty."""
    return values[0] if values else None


def jsx_text(node: Any, place: Place, _kinds: list[str], _values: list[Any]) -> Literal | None:
    """Text between tags."""
    text = node.text().strip()
    return Literal(*place, text) if text else None
