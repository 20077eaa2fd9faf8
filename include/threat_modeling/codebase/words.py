"""The words of a text: identifiers, numbers and what else stands between signs and spaces."""

from __future__ import annotations

import re
from typing import Final

_SIGN: Final = re.compile(r"[^A-Za-z0-9_]+")
_SIGNS: Final = bytes(code if code >= 128 or chr(code).isalnum() or chr(code) in "_\n" else ord(" ") for code in range(256))


def spaced(text: str) -> str:
    """A text with a space in the place of every sign of ASCII; its lines stay."""
    return text.encode("utf-8", "surrogatepass").translate(_SIGNS).decode("utf-8", "surrogatepass")  # six times as fast as translating the text


def words(text: str) -> frozenset[str]:
    """Every identifier, number and word of a text."""
    return frozenset(spaced(text).split())


def listed(text: str) -> str:
    """The different words of a text in order of their first place, each between line breaks: a fifth of the text; see `needed`."""
    return "\n".join(["", *dict.fromkeys(spaced(text).split()), ""])


def needed(part: str) -> tuple[str, ...]:
    """What the list of words of every text with this part holds; of a part without signs and spaces it is the part itself."""
    if not part.isascii():
        return ()
    first, *more = _SIGN.split(part)
    if not more:
        return (part,)
    bounded = [f"{first}\n", *(f"\n{word}\n" for word in more[:-1]), f"\n{more[-1]}"]
    return tuple(word for word in bounded if word.strip())
