"""Expressions of Go: calls, chains, operators, composite literals."""

from __future__ import annotations

import re
from dataclasses import dataclass
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
    Name,
    Operation,
    Other,
    Sequence,
    Subscript,
    dotted,
)
from threat_modeling.codebase.tree import flat, operated, unknown

if TYPE_CHECKING:
    from threat_modeling.codebase.tree import Place

_FORMATTING = {"fmt.Sprintf"}
_VERB = re.compile(r"%[-+# 0]*(?:\d+|\*)?(?:\.\d+)?([a-zA-Z%])")
TYPES = {"slice_type", "array_type", "implicit_length_array_type", "map_type", "struct_type", "interface_type", "function_type", "channel_type"}


@dataclass(frozen=True, slots=True)
class Elements:
    """What stands between the braces of a composite literal whose type is written around it."""

    place: Place
    values: list[Any]


def member(node: Any, place: Place, kinds: list[str], values: list[Any]) -> Expression:
    """`a.b` and `package.Type`."""
    if len(values) != 2 or not isinstance(values[1], Name):
        return unknown(node, place, kinds, values)
    return Attribute(*place, values[0], values[1].id)


def index(node: Any, place: Place, kinds: list[str], values: list[Any]) -> Expression:
    """`a[i]`."""
    return Subscript(*place, values[0], values[1]) if len(values) == 2 else unknown(node, place, kinds, values)


def part(_node: Any, place: Place, _kinds: list[str], values: list[Any]) -> Operation:
    """`a[i:j]`."""
    return Operation(*place, "[:]", tuple(flat(values)))


def listed(_node: Any, _place: Place, _kinds: list[str], values: list[Any]) -> list[Any]:
    """Expressions beside each other."""
    return [value for value in values if value is not None]


def call(node: Any, place: Place, kinds: list[str], values: list[Any]) -> Expression:
    """A call; `new(T)` makes a T as `T{}` does."""
    arguments = next((value for kind, value in zip(kinds, values, strict=True) if kind in {"argument_list", "plain_list"}), None)
    if arguments is None or not values:
        return unknown(node, place, kinds, values)
    callee = values[0]
    if isinstance(callee, Name) and callee.id in {"new", "string"} and len(arguments) == 1:
        return Call(*place, arguments[0], new=True) if callee.id == "new" else arguments[0]
    if dotted(callee) in _FORMATTING and arguments and isinstance(arguments[0], Literal) and isinstance(arguments[0].value, str):
        return formatted(place, arguments[0].value, arguments[1:])
    return Call(*place, callee, tuple(arguments))


def formatted(place: Place, template: str, given: list[Any]) -> Expression:
    """`fmt.Sprintf("a %s", b)`: text joined from its pieces; a verb of numbers makes one of its value."""
    parts: list[Expression] = []
    waiting = iter(given)
    last = 0
    for verb in _VERB.finditer(template):
        if verb[0] == "%%":
            continue
        if template[last : verb.start()]:
            parts.append(Literal(*place, template[last : verb.start()].replace("%%", "%")))
        last = verb.end()
        value = next(waiting, None)
        if value is not None:
            parts.append(Call(*place, Name(*place, "int"), (value,)) if verb[1] in "dbcoxXUeEfFgGt" else value)
    if template[last:] or not parts:
        parts.append(Literal(*place, template[last:].replace("%%", "%")))
    return Join(*place, (*parts, *waiting))


def conversion(node: Any, place: Place, kinds: list[str], values: list[Any]) -> Expression:
    """`[]byte(x)` is x."""
    return values[1] if len(values) == 2 else unknown(node, place, kinds, values)


def binary(node: Any, place: Place, kinds: list[str], values: list[Any]) -> Expression:
    """A binary operator; `+` with a text operand is a Join, which is flattened to the left."""
    operator = node.field("operator")
    if operator is None or len(values) != 2:
        return unknown(node, place, kinds, values)
    return operated(place, operator.kind(), values[0], values[1])


def unary(node: Any, place: Place, kinds: list[str], values: list[Any]) -> Any:
    """`!x`, `-x`, `<-x`; a pointer stands for what it points to: `&x` and `*x` are x."""
    operator = node.field("operator")
    if operator is None or len(values) != 1:
        return unknown(node, place, kinds, values)
    sign = operator.kind()
    return values[0] if sign in {"&", "*"} else Operation(*place, sign, (values[0],))


def variadic(_node: Any, place: Place, _kinds: list[str], values: list[Any]) -> Operation:
    """`list...`."""
    return Operation(*place, "...", tuple(flat(values)))


def kind_of_type(node: Any, place: Place, _kinds: list[str], values: list[Any]) -> Other:
    """A type that has no name, over what it is made of."""
    return Other(*place, node.kind(), tuple(flat(values)))


def elements(_node: Any, place: Place, _kinds: list[str], values: list[Any]) -> Elements:
    """`{...}`: elements, and (key, value) where they have keys."""
    return Elements(place, values)


def element(_node: Any, _place: Place, _kinds: list[str], values: list[Any]) -> Any:
    """An element, or the key or value of one."""
    return values[0] if values else None


def keyed(_node: Any, _place: Place, _kinds: list[str], values: list[Any]) -> Any:
    """`key: value`."""
    return (values[0], values[1]) if len(values) == 2 else None


def composite(node: Any, place: Place, kinds: list[str], values: list[Any]) -> Expression:
    """`T{...}`: a Sequence, a Mapping, or a Call with `new` for a struct."""
    if len(values) < 2 or not isinstance(values[-1], Elements):
        return unknown(node, place, kinds, values)
    return _composite(values[0], values[-1], place)


def _composite(of: Any, made: Elements, place: Place) -> Expression:
    kind = of.kind if isinstance(of, Other) else ""
    inner = of.children[-1] if isinstance(of, Other) and of.children else None
    pairs = [(_value(key, None), _value(value, inner)) for key, value in (v for v in made.values if isinstance(v, tuple))]
    plain = [_value(value, inner) for value in made.values if value is not None and not isinstance(value, tuple)]
    if kind in {"slice_type", "array_type", "implicit_length_array_type"}:
        return Sequence(*place, (*plain, *(value for _, value in pairs)))
    fields = all(isinstance(key, Name) for key, _ in pairs)
    if kind == "map_type" or (pairs and not fields):
        return Mapping(*place, tuple(pairs))
    if of is None:
        return (
            Mapping(*place, tuple((Literal(key.line, key.end, key.id), value) for key, value in pairs)) if pairs else Sequence(*place, tuple(plain))
        )
    callee = of if isinstance(of, Name | Attribute) else Other(*place, kind or "type")
    keywords = tuple(Keyword(key.line, value.end, key.id, _named(value, key.id)) for key, value in pairs)
    return Call(*place, callee, tuple(plain), keywords, new=True)


def _value(value: Any, of: Any) -> Any:
    return _composite(of, value, value.place) if isinstance(value, Elements) else value


def _named(value: Any, name: str) -> Any:
    return Function(value.line, value.end, name, value.parameters, (), value.body, value.returns) if isinstance(value, Function) else value
