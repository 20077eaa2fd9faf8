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
    """Paths and endpoint names that are let through, and prefixes of paths; with `only`, every other place is let through too."""

    exact: frozenset[str] = frozenset()
    prefixes: tuple[str, ...] = ()
    only: Exemption | None = None

    def covers(self, path: str, function: str) -> bool:
        """Tell a route that is let through, by its absolute path or the name of its handler."""
        plain = path.rstrip("/") or "/"
        named = any(plain == (one.rstrip("/") or "/") if one.startswith("/") else function == one.rpartition(".")[2] for one in self.exact)
        passed = named or bool(self.prefixes and path.startswith(self.prefixes))
        return passed or (self.only is not None and not self.only.covers(path, function))


def exemption(scope: Scope, function: Function) -> Exemption:
    """What the conditions of a function let through: branches that end it early, and names that a rejecting condition leaves out."""
    inner = scope.inside(function)
    passed: set[tuple[bool, str]] = set()
    limits: set[tuple[bool, str]] = set()
    limited = True
    nested: set[tuple[int, int]] = set()
    for statement in own(function.body, nested=True):
        if not isinstance(statement, Block) or statement.kind != "if":
            continue
        for head, body in zip(statement.heads, statement.bodies, strict=False):
            passing = _passes(body)
            passed.update(_named(inner, head, passing=passing))
            if not passing and (statement.line, statement.end) not in nested and _turns_away(body):
                places = set(_named(inner, head, passing=True))
                limits |= places
                limited = limited and bool(places)
                nested.update((node.line, node.end) for node in walk(body) if isinstance(node, Block))
    return _exemption(passed, _exemption(limits, None) if limits and limited else None)


def _exemption(places: set[tuple[bool, str]], only: Exemption | None) -> Exemption:
    exact = frozenset(value for is_prefix, value in places if not is_prefix)
    return Exemption(exact, tuple(sorted(value for is_prefix, value in places if is_prefix and value not in {"", "/"})), only)


def _turns_away(body: tuple[Statement, ...]) -> bool:
    """Tell a branch that answers, raises or aborts somewhere."""
    calls = (node for node in walk(body) if isinstance(node, Call))
    return any(isinstance(node, Return) for node in walk(body)) or any(dotted(call.callee).rpartition(".")[2] == "abort" for call in calls)


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
