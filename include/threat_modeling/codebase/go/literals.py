"""Constants and names of Go."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from threat_modeling.codebase.constants import MAX_DIGITS
from threat_modeling.codebase.syntax import Expression, Literal, Name, Other

if TYPE_CHECKING:
    from threat_modeling.codebase.tree import Place


_ESCAPE: Final = re.compile(r"\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|([0-7]{3})|([\s\S]))")
_SINGLE: Final = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "a": "\a"}


def _character(match: re.Match[str]) -> str:
    digits = match[1] or match[2] or match[3]
    if digits is None and match[4] is None:
        return _SINGLE.get(match[5], match[5])
    code = int(digits, 16) if digits is not None else int(match[4], 8)
    return chr(code) if code <= 0x10FFFF and not 0xD800 <= code < 0xE000 else "\ufffd"


def name(node: Any, place: Place, _kinds: list[str], _values: list[Any]) -> Name:
    """An identifier."""
    return Name(*place, node.text())


def quoted(node: Any, place: Place, _kinds: list[str], _values: list[Any]) -> Literal:
    """`"text"` and `'c'` with their escapes resolved."""
    text = node.text()[1:-1]
    return Literal(*place, _ESCAPE.sub(_character, text) if "\\" in text else text)


def raw(node: Any, place: Place, _kinds: list[str], _values: list[Any]) -> Literal:
    """Text between backquotes."""
    return Literal(*place, node.text()[1:-1].replace("\r", ""))


def number(node: Any, place: Place, _kinds: list[str], _values: list[Any]) -> Expression:
    """A number; one that Python can't hold stays source text in an Other."""
    text = node.text().replace("_", "")
    if len(text) > MAX_DIGITS:
        return Other(*place, "number")
    try:
        value = int(text, 8 if re.fullmatch(r"0[0-7]+", text) else 0) if re.fullmatch(r"0[xXbBoO]\w+|\d+", text) else float(text)
    except ValueError:
        return Other(*place, "number")
    return Literal(*place, value)
