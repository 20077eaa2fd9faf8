"""Calls, branches and operators of Ruby that become another node of the tree than their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import structs

from threat_modeling.codebase.ruby.literals import joined
from threat_modeling.codebase.syntax import (
    Block,
    Call,
    Evaluate,
    Expression,
    Function,
    Import,
    Join,
    Literal,
    Name,
    Operation,
    Other,
    Return,
    Sequence,
)

if TYPE_CHECKING:
    from threat_modeling.codebase.syntax import Node

Span = tuple[int, int]


def special(name: str, span: Span, call: Call) -> Node:
    """`raise` leaves the method; `require` is an Import; what `format` makes is a Join; `scope :a, ->(b) {}` of a model defines a method."""
    if name == "scope" and len(call.arguments) == 2 and isinstance(call.arguments[1], Function):
        title, made = call.arguments[0], call.arguments[1]
        if isinstance(title, Literal) and made.parameters and made.line:
            return structs.replace(made, name=str(title.value), decorators=(Name(span[0], span[0], "scope"),))
    if name in {"format", "sprintf"} and len(call.arguments) > 1:
        return Join(*span, call.arguments)
    if name in {"raise", "fail"}:
        return Return(*span, call.arguments[0] if len(call.arguments) == 1 else call, "raise")
    if name in {"require", "require_relative", "load"} and len(call.arguments) == 1:
        path = call.arguments[0]
        if isinstance(path, Literal) and isinstance(path.value, str):
            return Import(*span, ("./" if name == "require_relative" and path.value[:1] != "." else "") + path.value, "", "")
    return call


def chosen(block: Block) -> Expression:
    """An `if` where a value is asked for: its branches as operands where each is one value."""
    values = [body[0].value for body in block.bodies if len(body) == 1 and isinstance(body[0], Evaluate)]
    if block.kind == "if" and len(block.heads) == 1 and len(values) == len(block.bodies) == 2:
        return Operation(block.line, block.end, "?:", (block.heads[0], *values))
    return Other(block.line, block.end, block.kind, (block,))


def operation(span: Span, sign: str, left: Expression, right: Expression) -> Expression:
    """One binary operator."""
    if sign == "+" and (_is_text(left) or _is_text(right)):
        return joined(*span, [left, right])
    if sign == "%" and _is_text(left):
        return Join(*span, (left, *(right.elements if isinstance(right, Sequence) else (right,))))
    return Operation(*span, sign, (left, right))


def _is_text(value: Expression) -> bool:
    return isinstance(value, Join) or (isinstance(value, Literal) and isinstance(value.value, str))
