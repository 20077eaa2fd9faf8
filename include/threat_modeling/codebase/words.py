"""The words of a text: identifiers, numbers and what else stands between signs and spaces."""

from __future__ import annotations

from typing import Final

_SIGNS: Final = bytes(code if code >= 128 or chr(code).isalnum() or chr(code) in "_\n" else ord(" ") for code in range(256))


def spaced(text: str) -> str:
    """A text with a space in the place of every sign of ASCII; its lines stay."""
    return text.encode("utf-8", "surrogatepass").translate(_SIGNS).decode("utf-8", "surrogatepass")  # six times as fast as translating the text


def words(text: str) -> frozenset[str]:
    """Every identifier, number and word of a text."""
    return frozenset(spaced(text).split())


def listed(text: str) -> str:
    """The different words of a text, one a line in order of their first place: a fifth of it, and it holds what is part of a word."""
    return "\n".join(dict.fromkeys(spaced(text).split()))
