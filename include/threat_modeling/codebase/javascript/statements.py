"""Statements of JavaScript: declarations, assignments, branches, loops."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from threat_modeling.codebase.javascript.expressions import named
from threat_modeling.codebase.javascript.modules import exported, imported
from threat_modeling.codebase.syntax import (
    Assign,
    Block,
    Evaluate,
    Mapping,
    Name,
    Node,
    Operation,
    Other,
    Return,
    Sequence,
    Statement,
)
from threat_modeling.codebase.tree import STATEMENTS, block_of, branched, flat, statements

if TYPE_CHECKING:
    from threat_modeling.codebase.tree import Place

_UPDATES = {"+=", "-=", "*=", "/=", "%=", "**=", "<<=", ">>=", ">>>=", "&=", "|=", "^=", "&&=", "||=", "??="}


def block(_node: Any, _place: Place, _kinds: list[str], values: list[Any]) -> list[Statement]:
    """`{ ... }`: its statements."""
    return list(statements(values))


def expression(node: Any, place: Place, _kinds: list[str], values: list[Any]) -> Any:
    """An expression as a statement: assignments become Assign or Export, the rest Evaluate."""
    if not values or not isinstance(values[0], Node):
        return None
    value: Any = values[0]
    if not isinstance(value, Operation):
        return Evaluate(*place, value)
    if value.operator in _UPDATES and len(value.operands) == 2:
        return Assign(*place, (value.operands[0],), value.operands[1], value.operator)
    if value.operator == ",":
        return [expression(node, place, [], [operand]) for operand in value.operands]
    if value.operator != "=" or len(value.operands) != 2:
        return Evaluate(*place, value)
    targets = []
    while isinstance(value, Operation) and value.operator == "=" and len(value.operands) == 2:
        targets.append(value.operands[0])
        value = value.operands[1]
    return exported(place, targets, value) or Assign(*place, tuple(targets), value)


def augmented(node: Any, place: Place, _kinds: list[str], values: list[Any]) -> Operation:
    """`a += b` inside an expression."""
    operator = node.field("operator")
    return Operation(*place, operator.kind() if operator is not None else "+=", tuple(flat(values)))


def declaration(_node: Any, _place: Place, _kinds: list[str], values: list[Any]) -> list[Any]:
    """`const a = 1, b = 2`: one statement a name."""
    return flat(values)


def labeled(_node: Any, _place: Place, _kinds: list[str], values: list[Any]) -> list[Any]:
    """A statement behind a label."""
    return list(statements(values))


def declarator(_node: Any, place: Place, kinds: list[str], values: list[Any]) -> Any:
    """`name = value`: an Import where the value loads a module, otherwise an Assign."""
    found = [(kind, value) for kind, value in zip(kinds, values, strict=True) if value is not None]
    if not found:
        return None
    target = found[0][1]
    annotation = next((value for kind, value in found if kind == "type_annotation"), None)
    rest = [value for kind, value in found[1:] if kind != "type_annotation"]
    value = named(rest[0], target) if rest else None
    return imported(place, target, value) or Assign(*place, (target,), value, "=", annotation)


def returned(node: Any, place: Place, kinds: list[str], values: list[Any]) -> Return:
    """`return`, `throw` and `yield`."""
    del kinds
    operator = {"throw_statement": "raise", "yield_expression": "yield"}.get(node.kind(), "return")
    return Return(*place, values[0] if values else None, operator)


def conditional(_node: Any, place: Place, _kinds: list[str], values: list[Any]) -> Block | None:
    """`if`: an `else if` adds its head and bodies to the same Block."""
    if len(values) < 2:
        return None
    head, then, *otherwise = values
    return branched(place, (head,), block_of(then), otherwise)


def loop(_node: Any, place: Place, _kinds: list[str], values: list[Any]) -> Block:
    """`while` and `do`: the condition and the body, in whichever order they are written."""
    bodies = [value for value in values if isinstance(value, (list, *STATEMENTS))]
    heads = tuple(value for value in flat(values) if not isinstance(value, STATEMENTS))
    return Block(*place, "while", heads, tuple(block_of(body) for body in bodies))


def for_each(_node: Any, place: Place, _kinds: list[str], values: list[Any]) -> Block:
    """`for (const x of y)` and `in`: Assign(x, y) is the first statement of the body."""
    if len(values) < 3:
        return Block(*place, "for", (), (statements(values),))
    target, iterated, body = values[0], values[1], values[-1]
    targets = tuple(flat([target])) if isinstance(target, Name | Mapping | Sequence) else (Other(*place, "target", tuple(flat([target]))),)
    return Block(*place, "for", (iterated,), ((Assign(*place, targets, iterated), *block_of(body)),))


def for_count(node: Any, place: Place, kinds: list[str], values: list[Any]) -> Block:
    """`for (a; b; c)`: the initializer opens the body, the increment ends it."""
    del kinds
    parts = {name: node.field(name) for name in ("initializer", "condition", "increment")}
    order = [name for name, part in parts.items() if part is not None and part.kind() not in {"empty_statement", ";"}]
    *before, body = values or [None]
    given = dict(zip(order, [value for value in before if value is not None], strict=False))
    heads = tuple(
        v.value if isinstance(v, Evaluate) else v for v in flat([given.get("condition")]) if isinstance(v, Evaluate) or not isinstance(v, STATEMENTS)
    )
    return Block(*place, "for", heads, (statements([given.get("initializer"), body, given.get("increment")]),))


def switch(_node: Any, place: Place, _kinds: list[str], values: list[Any]) -> Block:
    """`switch`: the value and each case's value are heads, each case a body."""
    cases = values[-1] if values and isinstance(values[-1], list) else []
    heads = tuple(flat(values[:1])) + tuple(head for head, _ in cases if head is not None)
    return Block(*place, "switch", heads, tuple(body for _, body in cases))


def switch_body(_node: Any, _place: Place, _kinds: list[str], values: list[Any]) -> list[Any]:
    """The cases of a switch."""
    return [value for value in values if isinstance(value, tuple)]


def case(_node: Any, _place: Place, _kinds: list[str], values: list[Any]) -> tuple[Any, tuple[Statement, ...]]:
    """`case x: ...`."""
    return (values[0] if values else None), statements(values[1:])


def default(_node: Any, _place: Place, _kinds: list[str], values: list[Any]) -> tuple[Any, tuple[Statement, ...]]:
    """`default: ...`."""
    return None, statements(values)


def attempt(_node: Any, place: Place, _kinds: list[str], values: list[Any]) -> Block:
    """`try`, `catch` and `finally`: bodies in order."""
    return Block(*place, "try", (), tuple(block_of(value) for value in values if value is not None))


def caught(_node: Any, place: Place, kinds: list[str], values: list[Any]) -> list[Statement]:
    """`catch (e) { ... }`: binds e first."""
    body = list(block_of(values[-1])) if values else []
    if len(values) < 2 or kinds[0] == "statement_block":
        return body
    return [Assign(*place, (values[0],), None), *body]


def scope(_node: Any, place: Place, _kinds: list[str], values: list[Any]) -> Block:
    """A namespace or a class's static block."""
    body = next((value for value in values[::-1] if isinstance(value, list)), [])
    return Block(*place, "namespace", (), (statements(body),))
