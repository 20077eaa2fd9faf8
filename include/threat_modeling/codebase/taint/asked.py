"""Tells code that runs only where the caller of a function asks for it: the caller chose, and is reported in its own place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from threat_modeling.codebase.syntax import Block, Literal, Name, Operation, walk

if TYPE_CHECKING:
    from collections.abc import Mapping

    from threat_modeling.codebase.syntax import Expression, Function, Node, Statement

_EQUAL = frozenset({"is", "==", "==="})
_UNEQUAL = frozenset({"is not", "!=", "!=="})


def asked(function: Function, node: Node) -> bool:
    """Tell whether an `if` around a place in a function tests its parameters so that their defaults do not lead there."""
    defaults = {p.name: p.default.value for p in function.parameters if p.name and isinstance(p.default, Literal)}
    if not defaults:
        return False
    blocks = [part for part in walk(function) if isinstance(part, Block) and part.kind == "if"]
    return any(_avoided(block, position, defaults) for block in blocks for position, body in enumerate(block.bodies) if _holds(body, node))


def _holds(body: tuple[Statement, ...], node: Node) -> bool:
    return any(statement.line <= node.line and node.end <= statement.end for statement in body)


def _avoided(block: Block, position: int, defaults: Mapping[str, object]) -> bool:
    """Tell whether these values take another branch of an `if` than the one at a position."""
    if any(_met(head, defaults) for head in block.heads[:position]):
        return True
    return position < len(block.heads) and _met(block.heads[position], defaults) is False


def _met(head: Expression, values: Mapping[str, object]) -> bool | None:
    """Whether a condition holds for these values; None where it also needs others."""
    if isinstance(head, Name | Literal):
        known, value = _value(head, values)
        return bool(value) if known else None
    if not isinstance(head, Operation):
        return None
    if head.operator in {"not", "!"}:
        inner = _met(head.operands[0], values)
        return None if inner is None else not inner
    if head.operator in {"and", "&&", "or", "||"}:
        deciding = head.operator in {"or", "||"}
        parts = [_met(operand, values) for operand in head.operands]
        return deciding if deciding in parts else None if None in parts else not deciding
    return _compared(head, values)


def _compared(head: Operation, values: Mapping[str, object]) -> bool | None:
    if len(head.operands) != 2 or head.operator not in _EQUAL | _UNEQUAL:
        return None
    (first, left), (second, right) = (_value(operand, values) for operand in head.operands)
    if not (first and second):
        return None
    same = type(left) is type(right) and left == right
    return same if head.operator in _EQUAL else not same


def _value(node: Expression, values: Mapping[str, object]) -> tuple[bool, object]:
    """Whether the value of a name or constant is known, and the value."""
    if isinstance(node, Literal):
        return True, node.value
    return (True, values[node.id]) if isinstance(node, Name) and node.id in values else (False, None)
