"""Requests that a hook or middleware lets through untested: paths and endpoints that its own conditions name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.python.behavior import own
from threat_modeling.codebase.syntax import (
    Attribute,
    Block,
    Call,
    Expression,
    Function,
    Literal,
    Operation,
    Return,
    Sequence,
    Statement,
    dotted,
    walk,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.python.scopes import Scope

_PLACES: Final = frozenset({"path", "path_info", "endpoint", "full_path", "url_rule", "rule", "blueprint", "raw_path"})
_COMPARISONS: Final = frozenset({"in", "==", "not in", "!="})
_NEXT: Final = frozenset({"call_next", "get_response", "app", "next"})


@dataclass(frozen=True, slots=True)
class Exemption:
    """Paths and endpoint names that are let through, and prefixes of paths."""

    exact: frozenset[str] = frozenset()
    prefixes: tuple[str, ...] = ()

    def covers(self, path: str, function: str) -> bool:
        """Tell a route that is let through, by its absolute path or the name of its handler."""
        plain = path.rstrip("/") or "/"
        named = any(plain == (one.rstrip("/") or "/") if one.startswith("/") else function == one.rpartition(".")[2] for one in self.exact)
        return named or bool(self.prefixes and path.startswith(self.prefixes))


def exemption(scope: Scope, function: Function) -> Exemption:
    """What the conditions of a function let through: branches that end it early, and names that a rejecting condition leaves out."""
    inner = scope.inside(function)
    exact: set[str] = set()
    prefixes: set[str] = set()
    for statement in own(function.body, nested=True):
        if isinstance(statement, Block) and statement.kind == "if":
            for head, body in zip(statement.heads, statement.bodies, strict=False):
                for is_prefix, value in _named(inner, head, passing=_passes(body)):
                    (prefixes if is_prefix else exact).add(value)
    return Exemption(frozenset(exact), tuple(sorted(prefix for prefix in prefixes if prefix not in {"", "/"})))


def _passes(body: tuple[Statement, ...]) -> bool:
    """Tell a branch that lets the request through: an empty one, a bare return, a call of the next in line."""
    if not body:
        return True
    last = body[-1]
    if not isinstance(last, Return) or last.operator != "return":
        return False
    if last.value is None or (isinstance(last.value, Literal) and last.value.value is None):
        return True
    return any(isinstance(node, Call) and dotted(node.callee).rpartition(".")[2] in _NEXT for node in walk(last.value))


def _named(scope: Scope, head: Expression, *, passing: bool) -> Iterator[tuple[bool, str]]:
    """(is a prefix, text) of each place that a condition names, where its sense agrees with what the branch does."""
    pending: list[tuple[Expression, bool]] = [(head, passing)]
    while pending:
        node, positive = pending.pop()
        if isinstance(node, Operation) and node.operator == "not":
            pending.extend((operand, not positive) for operand in node.operands)
        elif isinstance(node, Operation) and node.operator in {"and", "or"}:
            pending.extend((operand, positive) for operand in node.operands)
        elif isinstance(node, Operation) and len(node.operands) == 2 and positive is (node.operator in {"in", "=="}):
            place, value = node.operands
            yield from ((False, text) for text in _texts(scope, value) if node.operator in _COMPARISONS and _is_place(place))
        elif isinstance(node, Call) and isinstance(node.callee, Attribute) and node.callee.name == "startswith" and positive:
            place = node.callee.object
            yield from ((True, text) for argument in node.arguments[:1] for text in _texts(scope, argument) if _is_place(place))


def _is_place(expression: Expression) -> bool:
    return dotted(expression).rpartition(".")[2] in _PLACES


def _texts(scope: Scope, expression: Expression) -> Iterator[str]:
    found = scope.bound(expression)
    value = found[1] if found is not None else expression
    elements = value.elements if isinstance(value, Sequence) else (value,)
    for element in elements:
        text = scope.constant(element)
        if text:
            yield text
