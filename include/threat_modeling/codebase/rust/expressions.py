"""Expressions of Rust: paths, calls, macros, operators, structs, patterns."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from threat_modeling.codebase.rust.macros import MACROS, MARK
from threat_modeling.codebase.syntax import (
    Attribute,
    Call,
    Expression,
    Function,
    Join,
    Keyword,
    Literal,
    Name,
    Operation,
    Other,
    Parameter,
    Return,
    Sequence,
    Subscript,
)
from threat_modeling.codebase.tree import block_of, flat, is_text, unknown

if TYPE_CHECKING:
    from threat_modeling.codebase.tree import Place

_HOLE: Final = re.compile(r"\{\{|\}\}|\{(?P<name>[A-Za-z_]\w*)?(?P<index>\d+)?(?::[^{}]*)?\}")


@dataclass(frozen=True, slots=True)
class Arguments:
    """What stands between the parentheses of a call."""

    values: tuple[Any, ...]


def member(node: Any, place: Place, kinds: list[str], values: list[Any]) -> Expression:
    """`a.b`, `a::b`; the types between are left out."""
    used = [value.object if isinstance(value, Subscript) else value for value in values if value is not None]
    if len(used) == 1 and isinstance(used[0], Name):
        return used[0]
    if len(used) != 2 or not isinstance(used[1], Name | Literal):
        return unknown(node, place, kinds, values)
    return Attribute(*place, used[0], used[1].id if isinstance(used[1], Name) else str(used[1].value))


def generic(_node: Any, place: Place, _kinds: list[str], values: list[Any]) -> Any:
    """`Vec<T>`: Vec indexed by its types."""
    return (
        Subscript(*place, values[0], values[1]) if len(values) == 2 and values[1] is not None else values[0] if values else Other(*place, "generic")
    )


def types(_node: Any, place: Place, _kinds: list[str], values: list[Any]) -> Any:
    """The types between angle brackets: one, or a Sequence."""
    found = flat(values)
    return found[0] if len(found) == 1 else Sequence(*place, tuple(found)) if found else None


def turbofish(_node: Any, place: Place, _kinds: list[str], values: list[Any]) -> Any:
    """`f::<T>`: f."""
    return values[0] if values else Other(*place, "generic")


def arguments(_node: Any, _place: Place, _kinds: list[str], values: list[Any]) -> Arguments:
    """The arguments of a call."""
    return Arguments(tuple(flat(values)))


def call(node: Any, place: Place, kinds: list[str], values: list[Any]) -> Expression:
    """A call; what was a macro of expressions is one too: `format` builds text, `vec` a list."""
    if len(values) != 2 or not isinstance(values[1], Arguments):
        return unknown(node, place, kinds, values)
    callee, given = macro_name(values[0]), values[1].values
    if isinstance(callee, Name) and callee.id == "vec!":
        return Sequence(*place, given)
    if isinstance(callee, Name) and callee.id == "format!" and given:
        return _formatted(place, given)
    named = [v for v in given if isinstance(v, Operation) and v.operator == "=" and isinstance(v.operands[0], Name)]
    keywords = tuple(Keyword(v.line, v.end, v.operands[0].id, v.operands[1]) for v in named if isinstance(v.operands[0], Name))
    return Call(*place, callee, tuple(v for v in given if v not in named) if named else given, keywords)


def macro_name(callee: Any) -> Any:
    """The name of a macro as it is written, with its `!`."""
    if isinstance(callee, Name) and callee.id in MACROS:
        return Name(callee.line, callee.end, callee.id.removesuffix(MARK) + "!")
    if isinstance(callee, Attribute) and callee.name in MACROS:
        return Attribute(callee.line, callee.end, callee.object, callee.name.removesuffix(MARK) + "!")
    return callee


def _formatted(place: Place, given: tuple[Any, ...]) -> Expression:
    """`format!("a {} {name}", b)`: text joined from its pieces."""
    template = given[0]
    if not isinstance(template, Literal) or not isinstance(template.value, str):
        return Join(*place, given)
    rest = [value for value in given[1:] if not (isinstance(value, Operation) and value.operator == "=")]
    named = {v.operands[0].id: v.operands[1] for v in given[1:] if isinstance(v, Operation) and v.operator == "=" and isinstance(v.operands[0], Name)}
    waiting = iter(rest)
    parts: list[Any] = []
    last = 0
    for hole in _HOLE.finditer(template.value):
        if hole[0] in {"{{", "}}"}:
            continue
        if template.value[last : hole.start()]:
            parts.append(Literal(*place, template.value[last : hole.start()]))
        last = hole.end()
        index = int(hole["index"][:4]) if hole["index"] else -1
        value = (
            named.get(hole["name"], Name(*place, hole["name"])) if hole["name"] else rest[index] if 0 <= index < len(rest) else next(waiting, None)
        )
        parts.append(value if value is not None else Other(*place, "missing"))
    if template.value[last:]:
        parts.append(Literal(*place, template.value[last:]))
    if any(not isinstance(part, Literal) for part in parts):
        return Join(*place, tuple(parts))
    return Literal(*place, "".join(str(part.value) for part in parts))


def macro(_node: Any, place: Place, _kinds: list[str], values: list[Any]) -> Expression:
    """A macro that is none of expressions: a call over the tokens that it takes."""
    tokens = tuple(flat(values[1:]))
    name: Any = values[0] if values else None
    if isinstance(name, Name):
        name = Name(name.line, name.end, f"{name.id}!")
    elif isinstance(name, Attribute):
        name = Attribute(name.line, name.end, name.object, f"{name.name}!")
    return Call(*place, name, (Other(*place, "tokens", tokens),)) if name is not None else Other(*place, "macro")


def index(node: Any, place: Place, kinds: list[str], values: list[Any]) -> Expression:
    """`a[i]`."""
    return Subscript(*place, values[0], values[1]) if len(values) == 2 else unknown(node, place, kinds, values)


def binary(node: Any, place: Place, kinds: list[str], values: list[Any]) -> Expression:
    """A binary operator; `+` with a text operand is a Join, which is flattened to the left."""
    operator = node.field("operator")
    if operator is None or len(values) != 2:
        return unknown(node, place, kinds, values)
    sign, left, right = operator.text(), values[0], values[1]
    if sign == "+" and (_is_text(left) or is_text(right)):
        return Join(*place, (*(left.parts if isinstance(left, Join) else (left,)), right))
    return Operation(*place, sign, (left, right))


def _is_text(value: object) -> bool:
    """Text, or a call that makes some of it: `"a".to_string()`."""
    return is_text(value) or (isinstance(value, Call) and isinstance(value.callee, Attribute) and is_text(value.callee.object))


def unary(node: Any, place: Place, _kinds: list[str], values: list[Any]) -> Any:
    """`!x` and `-x`; `*x` is x."""
    sign = node.text()[:1]
    return values[-1] if sign == "*" and values else Operation(*place, sign, tuple(flat(values)))


def assignment(_node: Any, place: Place, _kinds: list[str], values: list[Any]) -> Operation:
    """`a = b` inside an expression; a statement of it becomes an Assign."""
    return Operation(*place, "=", tuple(flat(values)))


def augmented(node: Any, place: Place, _kinds: list[str], values: list[Any]) -> Operation:
    """`a += b`."""
    operator = node.field("operator")
    return Operation(*place, operator.text() if operator is not None else "+=", tuple(flat(values)))


def sequence(_node: Any, place: Place, _kinds: list[str], values: list[Any]) -> Sequence:
    """`[a, b]`, `(a, b)`; also a pattern."""
    return Sequence(*place, tuple(flat(values)))


def destructured(_node: Any, place: Place, _kinds: list[str], values: list[Any]) -> Any:
    """`Some(x)`, `Path(id)`: what it binds, without the name of what it takes apart."""
    bound = flat(values[1:])
    return bound[0] if len(bound) == 1 else Sequence(*place, tuple(bound))


def struct(_node: Any, place: Place, _kinds: list[str], values: list[Any]) -> Expression:
    """`T { a: b, c, ..d }`: a call with `new`."""
    given = values[-1] if len(values) > 1 and isinstance(values[-1], list) else []
    callee = values[0].object if values and isinstance(values[0], Subscript) else values[0] if values else Other(*place, "type")
    return Call(*place, callee, (), tuple(value for value in given if isinstance(value, Keyword)), new=True)


def fields(_node: Any, _place: Place, _kinds: list[str], values: list[Any]) -> list[Any]:
    """The fields of a struct that is made."""
    return [value for value in values if value is not None]


def field(_node: Any, place: Place, _kinds: list[str], values: list[Any]) -> Keyword | None:
    """`a: b`, or `a` alone."""
    found = flat(values)
    if not found or not isinstance(found[0], Name | Literal):
        return None
    return Keyword(*place, found[0].id if isinstance(found[0], Name) else str(found[0].value), found[-1])


def rest(_node: Any, place: Place, _kinds: list[str], values: list[Any]) -> Keyword | None:
    """`..base`."""
    found = flat(values)
    return Keyword(*place, None, found[0]) if found else None


def closure(node: Any, place: Place, kinds: list[str], values: list[Any]) -> Function:
    """`|a| b`, `async move |a| { b }`."""
    given: list[Parameter] = next((value for kind, value in zip(kinds, values, strict=True) if kind == "closure_parameters"), [])
    body = values[-1] if values and kinds[-1] != "closure_parameters" else None
    return Function(*place, "", tuple(given), (), returning(body), None, "async" in node.text()[:20])


def closure_parameters(_node: Any, _place: Place, _kinds: list[str], values: list[Any]) -> list[Parameter]:
    """`|a, b: T|`."""
    return [value if isinstance(value, Parameter) else bound(value) for value in flat(values)]


def bound(value: Any) -> Parameter:
    """A parameter by its pattern."""
    if isinstance(value, Name):
        return Parameter(value.line, value.end, value.id)
    names = tuple(part.id for part in value.elements if isinstance(part, Name)) if isinstance(value, Sequence) else ()
    return Parameter(getattr(value, "line", 1), getattr(value, "end", 1), "", binds=names)


def returning(body: Any) -> tuple[Any, ...]:
    """The statements of a body; its last expression is what it returns."""
    if isinstance(body, list):
        return tuple(block_of(body))
    if isinstance(body, Other) and body.kind == "block":
        return tuple(child for child in body.children)
    if not hasattr(body, "line") or isinstance(body, Return):
        return (body,) if body is not None else ()
    return (Return(body.line, body.end, body),)


def word(name: str) -> Any:
    """A builder for an operator that is a word."""

    def build(_node: Any, place: Place, _kinds: list[str], values: list[Any]) -> Operation:
        return Operation(*place, name, tuple(flat(values)))

    return build
