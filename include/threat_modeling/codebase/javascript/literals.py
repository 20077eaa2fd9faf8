"""Constants of JavaScript: names, numbers, text with its escapes resolved, templates, regular expressions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from threat_modeling.codebase.constants import MAX_DIGITS
from threat_modeling.codebase.syntax import Expression, Join, Literal, Name, Other

if TYPE_CHECKING:
    from threat_modeling.codebase.tree import Place


_ESCAPE = re.compile(r"\\(?:u\{([0-9A-Fa-f]{1,6})\}|u([0-9A-Fa-f]{4})|x([0-9A-Fa-f]{2})|(\r\n|[\s\S]))")
_SINGLE = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "0": "\0", "\n": "", "\r\n": "", "\u2028": "", "\u2029": ""}
_PREFIXED = re.compile(r"0[xXoObB]")


def _character(match: re.Match[str]) -> str:
    digits = match[1] or match[2] or match[3]
    if digits is None:
        return _SINGLE.get(match[4], match[4])
    code = int(digits, 16)
    return chr(code) if code <= 0x10FFFF else "\ufffd"


def unescape(text: str) -> str:
    """Source text of a string with its escapes resolved; half of a surrogate pair becomes U+FFFD, which UTF-8 can hold."""
    if "\\" in text:
        text = _ESCAPE.sub(_character, text)
        if re.search("[\ud800-\udfff]", text):
            text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


def name(node: Any, place: Place, _kinds: list[str], _values: list[Any]) -> Name:
    """An identifier in an expression or a pattern."""
    return Name(*place, node.text())


def key(node: Any, place: Place, _kinds: list[str], _values: list[Any]) -> Literal:
    """An identifier that stands for its own text: a property's name."""
    return Literal(*place, node.text())


def string(node: Any, place: Place, _kinds: list[str], _values: list[Any]) -> Literal:
    """A quoted string."""
    return Literal(*place, unescape(node.text()[1:-1]))


def fragment(node: Any, place: Place, _kinds: list[str], _values: list[Any]) -> Literal:
    """The text between two substitutions of a template, and an escape in it."""
    return Literal(*place, unescape(node.text()))


def number(node: Any, place: Place, _kinds: list[str], _values: list[Any]) -> Expression:
    """A number; one that Python can't hold stays source text in an Other."""
    text = node.text().replace("_", "").rstrip("n")
    if len(text) > MAX_DIGITS:
        return Other(*place, "number")
    try:
        value = int(text, 0) if _PREFIXED.match(text) else int(text) if text.isdigit() else float(text)
    except ValueError:
        return Other(*place, "number")
    return Literal(*place, value)


def regex(node: Any, place: Place, _kinds: list[str], _values: list[Any]) -> Other:
    """A regular expression: Other "regex" over its source, slashes and flags included."""
    return Other(*place, "regex", (Literal(*place, node.text()),))


def template(_node: Any, place: Place, _kinds: list[str], values: list[Any]) -> Join | Literal:
    """A template literal, neighboring pieces of text joined; one without substitutions is plain text."""
    parts: list[Expression] = []
    for value in values:
        if isinstance(value, Literal) and isinstance(value.value, str) and parts and isinstance(parts[-1], Literal):
            parts[-1] = Literal(parts[-1].line, value.end, f"{parts[-1].value}{value.value}")
        elif value is not None:
            parts.append(value)
    if len(parts) <= 1 and all(isinstance(part, Literal) for part in parts):
        return parts[0] if parts and isinstance(parts[0], Literal) else Literal(*place, "")
    return Join(*place, tuple(parts))
