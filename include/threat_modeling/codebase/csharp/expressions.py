"""Expressions of C#: calls, chains, operators, objects, patterns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from threat_modeling.codebase.syntax import (
    Attribute,
    Call,
    Expression,
    Keyword,
    Literal,
    Mapping,
    Name,
    Operation,
    Other,
    Sequence,
    Subscript,
)
from threat_modeling.codebase.tree import flat, operated, unknown

if TYPE_CHECKING:
    from threat_modeling.codebase.tree import Place


def member(node: Any, place: Place, _kinds: list[str], values: list[Any]) -> Expression:
    """`a.b`, `a?.b`, `A::b`; `this.b` and `base.b` have one child, for these words are none."""
    name = values[-1] if values else None
    owner = values[0] if len(values) > 1 else Name(*place, "base" if node.text().startswith("base") else "this")
    if isinstance(name, Subscript):
        name = name.object
    return (
        Attribute(*place, owner, name.id)
        if isinstance(name, Name)
        else Attribute(*place, owner, "")
        if name is None
        else _through(place, owner, name)
    )


def _through(place: Place, owner: Any, name: Any) -> Expression:
    """`a?.b(c)` and `a?[i]`: what stands behind the question mark begins with the owner."""
    if isinstance(name, Call):
        return Call(*place, _through(place, owner, name.callee), name.arguments, name.keywords, name.new)
    if isinstance(name, Attribute):
        return Attribute(*place, _through(place, owner, name.object), name.name)
    if isinstance(name, Name):
        return Attribute(*place, owner, name.id)
    return Other(*place, "member", tuple(flat([owner, name])))


def binding(_node: Any, _place: Place, _kinds: list[str], values: list[Any]) -> Any:
    """`.b` behind a question mark."""
    return values[-1] if values else None


def generic(_node: Any, place: Place, _kinds: list[str], values: list[Any]) -> Any:
    """`List<T>`: List indexed by its types."""
    return (
        Subscript(*place, values[0], values[1]) if len(values) == 2 and values[1] is not None else values[0] if values else Other(*place, "generic")
    )


def types(_node: Any, place: Place, _kinds: list[str], values: list[Any]) -> Any:
    """The types between angle brackets: one, or a Sequence."""
    found = flat(values)
    return found[0] if len(found) == 1 else Sequence(*place, tuple(found)) if found else None


def tuple_(_node: Any, place: Place, _kinds: list[str], values: list[Any]) -> Sequence:
    """`(a, b)`, and what else is a list."""
    return Sequence(*place, tuple(v.value if isinstance(v, Keyword) else v for v in flat(values)))


def argument(_node: Any, place: Place, kinds: list[str], values: list[Any]) -> Any:
    """An argument, or `name: value`."""
    if len(values) == 2 and kinds[0] in {"identifier", "name_colon"} and isinstance(values[0], Name):
        return Keyword(*place, values[0].id, values[1])
    return values[-1] if values else None


def arguments(_node: Any, _place: Place, _kinds: list[str], values: list[Any]) -> list[Any]:
    """The arguments of a call."""
    return flat(values)


def call(node: Any, place: Place, kinds: list[str], values: list[Any]) -> Expression:
    """A call; the types of a generic one are left out."""
    if len(values) != 2 or not isinstance(values[1], list):
        return unknown(node, place, kinds, values)
    callee = values[0]
    return made(place, callee.object if isinstance(callee, Subscript) and kinds[0] == "generic_name" else callee, values[1])


def made(place: Place, callee: Any, given: list[Any], *, new: bool = False) -> Call:
    """A call with its arguments told apart."""
    plain = tuple(value for value in given if not isinstance(value, Keyword))
    return Call(*place, callee, plain, tuple(value for value in given if isinstance(value, Keyword)), new)


def construction(_node: Any, place: Place, kinds: list[str], values: list[Any]) -> Expression:
    """`new T(a) { B = c }`: the properties that are set are keywords; `new()` has no type of its own."""
    found = dict(zip(kinds, values, strict=True))
    typed = values[0] if values and kinds[0] not in {"argument_list", "initializer_expression"} else Other(*place, "type")
    given = list(found.get("argument_list") or [])
    for value in found.get("initializer_expression") or []:
        target = value.operands[0] if isinstance(value, Operation) and value.operator == "=" else None
        named = target.id if isinstance(target, Name) else None
        given.append(Keyword(value.line, value.end, named, value.operands[1]) if named and isinstance(value, Operation) else value)
    return made(place, typed, given, new=True)


def anonymous(_node: Any, place: Place, _kinds: list[str], values: list[Any]) -> Mapping:
    """`new { a = 1, b.C }`: a Mapping."""
    entries: list[tuple[Expression | None, Expression]] = []
    waiting: Name | None = None
    for value in flat(values):
        if waiting is not None:
            entries.append((Literal(waiting.line, waiting.end, waiting.id), value))
            waiting = None
        elif isinstance(value, Name):
            waiting = value
        else:
            entries.append((Literal(value.line, value.end, value.name) if isinstance(value, Attribute) else None, value))
    if waiting is not None:
        entries.append((Literal(waiting.line, waiting.end, waiting.id), waiting))
    return Mapping(*place, tuple(entries))


def array(_node: Any, place: Place, kinds: list[str], values: list[Any]) -> Sequence:
    """`new[] {a}`, `new string[] {a}`, `[a]`."""
    inner = [value for kind, value in zip(kinds, values, strict=True) if kind not in {"array_type", "array_rank_specifier"}]
    return Sequence(*place, tuple(flat(inner)))


def subscript(node: Any, place: Place, kinds: list[str], values: list[Any]) -> Expression:
    """`a[i]`."""
    index = values[1] if len(values) == 2 else None
    return Subscript(*place, values[0], index[0]) if isinstance(index, list) and len(index) == 1 else unknown(node, place, kinds, values)


def binary(node: Any, place: Place, kinds: list[str], values: list[Any]) -> Expression:
    """A binary operator; `+` with a text operand is a Join, which is flattened to the left."""
    operator = node.field("operator")
    if operator is None or len(values) != 2:
        return unknown(node, place, kinds, values)
    return operated(place, operator.kind(), values[0], values[1])


def prefix(node: Any, place: Place, _kinds: list[str], values: list[Any]) -> Any:
    """`!x`, `-x`, `++x`."""
    text = node.text()
    sign = text[:2] if text[:2] in {"++", "--"} else text[:1]
    return Operation(*place, sign, tuple(flat(values)))


def postfix(node: Any, place: Place, _kinds: list[str], values: list[Any]) -> Any:
    """`x!` is x; `x++`."""
    sign = node.text()[-2:]
    return values[0] if values and sign not in {"++", "--"} else Operation(*place, sign, tuple(flat(values)))


def assignment(node: Any, place: Place, kinds: list[str], values: list[Any]) -> Expression:
    """`a = b`, `a += b` inside an expression; a statement of it becomes an Assign."""
    operator = node.field("operator")
    sign = operator.text() if operator is not None else "="
    return Operation(*place, sign, (values[0], values[-1])) if len(values) >= 2 else unknown(node, place, kinds, values)


def tested(_node: Any, place: Place, kinds: list[str], values: list[Any]) -> Operation:
    """`x is T y`: y is assigned where it is declared."""
    value, pattern = values[0], values[-1]
    if kinds[-1] in {"declaration_pattern", "var_pattern"} and isinstance(pattern, Sequence) and isinstance(pattern.elements[-1], Name):
        return Operation(*place, "is", (Operation(*place, "=", (pattern.elements[-1], value)), *pattern.elements[:-1]))
    return Operation(*place, "is", tuple(flat([value, pattern])))


def chosen(_node: Any, place: Place, _kinds: list[str], values: list[Any]) -> Operation:
    """`x switch { a => b }`: one of the values behind the arrows."""
    return Operation(*place, "?:", tuple(flat(values)))


def arm(_node: Any, _place: Place, _kinds: list[str], values: list[Any]) -> Any:
    """`a => b` of a switch: b."""
    return values[-1] if values else None


def word(name: str) -> Any:
    """A builder for an operator that is a word: `typeof(T)`, `await x`."""

    def build(_node: Any, place: Place, _kinds: list[str], values: list[Any]) -> Expression:
        if name in {"await", "throw"}:
            return Operation(*place, name, tuple(flat(values)))
        return Call(*place, Name(*place, name), tuple(flat(values)))

    return build
