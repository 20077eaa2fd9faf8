"""Constants that many grammars write alike, as builders of the pass in tree.py."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from threat_modeling.codebase.syntax import Expression, Literal, Other

if TYPE_CHECKING:
    from threat_modeling.codebase.tree import Place

MAX_DIGITS: Final = 300
"""Longer numbers stay unread: turning digits into a number takes quadratic time."""


def true(_node: Any, place: Place, _kinds: list[str], _values: list[Any]) -> Literal:
    """`true`."""
    return Literal(*place, value=True)


def false(_node: Any, place: Place, _kinds: list[str], _values: list[Any]) -> Literal:
    """`false`."""
    return Literal(*place, value=False)


def boolean(node: Any, place: Place, _kinds: list[str], _values: list[Any]) -> Literal:
    """`true` or `false`, in grammars with one kind for both."""
    return Literal(*place, value=node.text() == "true")


def nothing(_node: Any, place: Place, _kinds: list[str], _values: list[Any]) -> Literal:
    """`null`, `nil`, `undefined`."""
    return Literal(*place, None)


def suffixed_number(suffixes: str, place: Place, written: str) -> Expression:
    """A number with letters of its type at its end (1L, 2.5f); one that Python can't hold is an Other."""
    text = written.replace("_", "").lower()
    if len(text) > MAX_DIGITS:
        return Other(*place, "number")
    try:
        if text.startswith(("0x", "0b")):
            return Literal(*place, int(text.rstrip("lu"), 0))
        plain = text.rstrip(suffixes)
        return Literal(*place, int(plain) if plain.isdigit() else float(plain))
    except ValueError:
        return Other(*place, "number")
