"""Statements of C#."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from threat_modeling.codebase.syntax import Assign, Block, Evaluate, Expression, Function, Name, Operation, Return, Sequence, Statement
from threat_modeling.codebase.tree import STATEMENTS, block_of, branched, flat, statements

if TYPE_CHECKING:
    from threat_modeling.codebase.tree import Place

DEFAULT: Final = "default"
"""The head of a section without a value, so that heads and bodies of a switch stay side by side."""
_UPDATES: Final = frozenset({"+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "<<=", ">>=", "??="})


def block(_node: Any, _place: Place, _kinds: list[str], values: list[Any]) -> list[Statement]:
    """`{ ... }`: its statements."""
    return list(statements(values))


def expression(_node: Any, place: Place, _kinds: list[str], values: list[Any]) -> Any:
    """An expression as a statement: assignments become Assign."""
    value: Any = values[0] if values else None
    if isinstance(value, Operation) and value.operator in _UPDATES | {"="} and len(value.operands) == 2:
        target, given = value.operands
        while isinstance(given, Operation) and given.operator == "=" and len(given.operands) == 2:
            given = given.operands[1]
        return Assign(*place, (target,), given, value.operator)
    return [Evaluate(*place, part) for part in flat([value])]


def declared(_node: Any, place: Place, kinds: list[str], values: list[Any]) -> list[Assign]:
    """`T a = 1, b;`: one Assign a name; `var` declares no type."""
    annotation = values[0] if values and kinds[0] not in {"variable_declarator", "implicit_type"} else None
    pairs = [value for value in values if isinstance(value, tuple)]
    return [Assign(*place, (target,), given, "=", annotation) for target, given in pairs]


def declarator(_node: Any, place: Place, kinds: list[str], values: list[Any]) -> tuple[Any, Any] | None:
    """`a = 1`: (name, value)."""
    if not values:
        return None
    given = [v for kind, v in zip(kinds[1:], values[1:], strict=True) if kind != "bracketed_argument_list" and v is not None]
    value = given[-1] if given else None
    if isinstance(value, list):
        value = Sequence(*place, tuple(value))
    return values[0], named(value, values[0])


def named(value: Any, target: Any) -> Any:
    """A function is called by what it is assigned to."""
    if isinstance(value, Function) and not value.name and isinstance(target, Name):
        return Function(value.line, value.end, target.id, value.parameters, value.decorators, value.body, value.returns, value.is_async)
    return value


def opened(_node: Any, _place: Place, _kinds: list[str], values: list[Any]) -> list[Any]:
    """A node that adds nothing to the statements in it."""
    return list(statements(values))


def returned(node: Any, place: Place, _kinds: list[str], values: list[Any]) -> Return:
    """`return`, `throw`, `yield return`."""
    operator = {"throw_statement": "raise", "yield_statement": "yield"}.get(node.kind(), "return")
    found = flat(values)
    return Return(*place, found[0] if found else None, operator)


def conditional(_node: Any, place: Place, _kinds: list[str], values: list[Any]) -> Block | None:
    """`if`: an `else if` adds its head and bodies to the same Block."""
    if len(values) < 2:
        return None
    head, then, *otherwise = values
    return branched(place, (head,), block_of(then), otherwise)


def loop(_node: Any, place: Place, _kinds: list[str], values: list[Any]) -> Block:
    """`while`, `do` and `for`: statements before and after the condition open and end the body."""
    parts = [value for value in values if value is not None]
    body = block_of(parts[-1]) if parts and isinstance(parts[-1], (list, *STATEMENTS)) else ()
    rest = flat(parts[:-1] if body or (parts and isinstance(parts[-1], list)) else parts)
    before = tuple(part for part in rest if isinstance(part, STATEMENTS))
    return Block(*place, "for", tuple(part for part in rest if not isinstance(part, STATEMENTS)), ((*before, *body),))


def each(_node: Any, place: Place, kinds: list[str], values: list[Any]) -> Block:
    """`foreach (var x in y)`: Assign(x, y) is the first statement of the body."""
    found = [(kind, value) for kind, value in zip(kinds, values, strict=True) if value is not None]
    body = block_of(found[-1][1]) if found else ()
    named_ = [value for kind, value in found[:-1] if kind not in {"implicit_type", "predefined_type"}]
    if len(named_) < 2:
        return Block(*place, "for", (), (body,))
    target, iterated = named_[-2], named_[-1]
    return Block(*place, "for", (iterated,), ((Assign(place[0], place[0], (target,), iterated), *body),))


def with_(_node: Any, place: Place, _kinds: list[str], values: list[Any]) -> Block:
    """`using (var x = y) {...}` and `lock (x) {...}`."""
    before = flat(values[:-1])
    heads = tuple(part.value if isinstance(part, Assign) else part for part in before)
    bound = tuple(part for part in before if isinstance(part, STATEMENTS))
    return Block(*place, "with", tuple(head for head in heads if head is not None), ((*bound, *(block_of(values[-1]) if values else ())),))


def attempt(_node: Any, place: Place, _kinds: list[str], values: list[Any]) -> Block:
    """`try`, `catch` and `finally`: bodies in order."""
    return Block(*place, "try", (), tuple(block_of(value) for value in values if value is not None))


def caught(_node: Any, place: Place, kinds: list[str], values: list[Any]) -> list[Statement]:
    """`catch (T e) when (x) {...}`: binds e first, declared with its type."""
    found = dict(zip(kinds, values, strict=True))
    bound = found.get("catch_declaration")
    body = list(block_of(found.get("block") or []))
    if not isinstance(bound, Sequence) or len(bound.elements) < 2:
        return body
    return [Assign(place[0], place[0], (bound.elements[-1],), None, "=", bound.elements[0]), *body]


def switch(_node: Any, place: Place, _kinds: list[str], values: list[Any]) -> Block:
    """`switch`: the value, then for each section its value (several are a Sequence) as heads; one body a section."""
    sections = values[-1] if values and isinstance(values[-1], list) else []
    tag = [value for value in flat(values[:-1]) if not isinstance(value, STATEMENTS)]
    heads: list[Expression] = []
    bodies: list[tuple[Statement, ...]] = []
    waiting: list[Expression] = []
    for said, body in sections:
        waiting += said
        if body:
            several = Sequence(*place, tuple(waiting))
            heads.append(waiting[0] if len(waiting) == 1 else several if waiting else Name(*place, DEFAULT))
            bodies.append(body)
            waiting = []
    return Block(*place, "switch", (*tag[:1], *heads), tuple(bodies))


def sections(_node: Any, _place: Place, _kinds: list[str], values: list[Any]) -> list[Any]:
    """The sections of a switch."""
    return [value for value in values if isinstance(value, tuple)]


def section(_node: Any, place: Place, kinds: list[str], values: list[Any]) -> tuple[list[Expression], tuple[Statement, ...]]:
    """`case a: ...`."""
    said = [v for kind, v in zip(kinds, values, strict=True) if v is not None and not _is_statement(kind, v)]
    body = statements([v for kind, v in zip(kinds, values, strict=True) if _is_statement(kind, v)])
    empty = (Block(*place, "empty"),) if any(kind == "break_statement" for kind in kinds) else ()
    return flat(said), body or empty


def _is_statement(kind: str, value: Any) -> bool:
    return kind.endswith("_statement") or kind == "block" or isinstance(value, list)
