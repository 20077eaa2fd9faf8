"""Types of Java and Kotlin as expressions, from their text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from threat_modeling.codebase.syntax import Attribute, Expression, Name, Other, Sequence, Subscript

if TYPE_CHECKING:
    from threat_modeling.codebase.tree import Place

_TOKEN: Final = re.compile(r"[A-Za-z_$][\w$]*|[<>,.\[\]?]")
_MAX_TEXT: Final = 400
_MAX_NESTING: Final = 12


def type_of(node: Any, place: Place, _kinds: list[str], _values: list[Any]) -> Expression:
    """`Map<String, List<User>>` -> Subscript(Map, Sequence(String, Subscript(List, User))), `User[]` and `User?` -> User's own."""
    return parsed(node.text(), place)


def parsed(text: str, place: Place) -> Expression:
    """A type from its text: names, chains and arguments; annotations, bounds, arrays and `?` are left out."""
    if text.isidentifier():
        return Name(*place, text)
    if len(text) > _MAX_TEXT or "(" in text or "@" in text:
        return Other(*place, "type")
    tokens = [token for token in _TOKEN.findall(text) if token not in {"extends", "super", "out", "in", "[", "]"}]
    found, _ = _type(tokens, 0, place, 0)
    return found


def _type(tokens: list[str], at: int, place: Place, nesting: int) -> tuple[Expression, int]:
    while at < len(tokens) and tokens[at] == "?":
        at += 1
    if at >= len(tokens) or not tokens[at][0].isidentifier():
        return Other(*place, "type"), at
    result: Expression = Name(*place, tokens[at])
    at += 1
    while at < len(tokens):
        if tokens[at] == "." and at + 1 < len(tokens):
            result = Attribute(*place, result, tokens[at + 1])
            at += 2
        elif tokens[at] == "<" and nesting < _MAX_NESTING:
            given, at = _arguments(tokens, at + 1, place, nesting + 1)
            if given:
                result = Subscript(*place, result, given[0] if len(given) == 1 else Sequence(*place, tuple(given)))
        elif tokens[at] == "?":
            at += 1
        else:
            break
    return result, at


def _arguments(tokens: list[str], at: int, place: Place, nesting: int) -> tuple[list[Expression], int]:
    given: list[Expression] = []
    while at < len(tokens) and tokens[at] != ">":
        before = at
        found, at = _type(tokens, at, place, nesting)
        given.append(found)
        while at < len(tokens) and tokens[at] not in {",", ">"}:
            at += 1
        at += at < len(tokens) and tokens[at] == ","
        at += at == before
    return given, at + 1
