"""Type annotations of TypeScript, as far as resolvers and rules use them: a dotted name and one level of arguments."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from threat_modeling.codebase.syntax import Attribute, Expression, Literal, Name, Other, Subscript

if TYPE_CHECKING:
    from threat_modeling.codebase.tree import Place

_TYPE = re.compile(r"^(?:is\s+)?([A-Za-z_$][\w$.]*)\s*(?:<\s*([A-Za-z_$][\w$.]*)\s*(?:\[\])*>)?\s*((?:\[\])?)$")
_MAX_TEXT = 300


def _chain(place: tuple[int, int], dotted: str) -> Expression:
    first, *rest = dotted.split(".")
    expression: Expression = Name(*place, first)
    for part in rest:
        expression = Attribute(*place, expression, part)
    return expression


def annotation(node: Any, place: Place, _kinds: list[str], _values: list[Any]) -> Expression:
    """`: Promise<User>` -> Subscript(Promise, User), `: User[]` -> Subscript(Array, User); the rest is Other over its text."""
    text = node.text().removeprefix(":").strip()
    match = _TYPE.match(text) if len(text) <= _MAX_TEXT else None
    if match is None:
        return Other(*place, "type", (Literal(*place, text[:_MAX_TEXT]),))
    result = _chain(place, match[1])
    if match[2]:
        result = Subscript(*place, result, _chain(place, match[2]))
    return Subscript(*place, Name(*place, "Array"), result) if match[3] else result


def ignored(_node: Any, _place: Place, _kinds: list[str], _values: list[Any]) -> None:
    """What exists for the type checker alone."""
