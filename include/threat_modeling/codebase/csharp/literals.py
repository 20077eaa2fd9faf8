"""Constants and names of C#."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from threat_modeling.codebase.constants import suffixed_number
from threat_modeling.codebase.syntax import Expression, Join, Literal, Name
from threat_modeling.codebase.tree import flat

if TYPE_CHECKING:
    from threat_modeling.codebase.tree import Place

_ESCAPE: Final = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|x([0-9A-Fa-f]{1,4})|([\s\S]))")
_SINGLE: Final = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "0": "\0", "a": "\a"}


def _character(match: re.Match[str]) -> str:
    digits = match[1] or match[2] or match[3]
    if digits is None:
        return _SINGLE.get(match[4], match[4])
    code = int(digits, 16)
    return chr(code) if code <= 0x10FFFF and not 0xD800 <= code < 0xE000 else "\ufffd"


def unescape(text: str) -> str:
    """Source text of a string with its escapes resolved."""
    return _ESCAPE.sub(_character, text) if "\\" in text else text


def name(node: Any, place: Place, _kinds: list[str], _values: list[Any]) -> Name:
    """An identifier; `@class` is `class`."""
    return Name(*place, node.text().lstrip("@"))


def quoted(node: Any, place: Place, _kinds: list[str], _values: list[Any]) -> Literal:
    """`"text"` and `'c'`."""
    text = node.text()
    return Literal(*place, unescape(text[1 : text.rfind(text[0])] if len(text) > 1 else ""))


def verbatim(node: Any, place: Place, _kinds: list[str], _values: list[Any]) -> Literal:
    """`@"text"`: a quote is doubled, nothing else is escaped."""
    return Literal(*place, node.text()[2:-1].replace('""', '"'))


def raw(node: Any, place: Place, _kinds: list[str], _values: list[Any]) -> Literal:
    """Text between three or more quotes."""
    return Literal(*place, node.text().strip('"').strip("\n"))


def content(node: Any, place: Place, _kinds: list[str], _values: list[Any]) -> Literal:
    """The text between the holes of an interpolated string."""
    return Literal(*place, unescape(node.text().replace("{{", "{").replace("}}", "}")))


def interpolated(_node: Any, place: Place, _kinds: list[str], values: list[Any]) -> Join | Literal:
    """`$"a {b}"`; without holes it is plain text."""
    parts: list[Expression] = [value for value in flat(values) if value is not None]
    if all(isinstance(part, Literal) for part in parts):
        return Literal(*place, "".join(str(part.value) for part in parts if isinstance(part, Literal)))
    return Join(*place, tuple(parts))


def hole(_node: Any, _place: Place, _kinds: list[str], values: list[Any]) -> Any:
    """`{value:format}`: the value."""
    found = flat(values)
    return found[0] if found else None


def number(node: Any, place: Place, _kinds: list[str], _values: list[Any]) -> Expression:
    """A number."""
    return suffixed_number("ulfdm", place, node.text())
