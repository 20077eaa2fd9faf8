"""Values of literals as they stand in source: escapes, numbers, percent formats. Shared by the languages that write them alike."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from threat_modeling.codebase.constants import MAX_DIGITS

_ESCAPE = re.compile(r"\\(?:(\r?\n)|x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|N\{([^}\n]{1,80})\}|([0-7]{1,3})|(.))", re.DOTALL)
_SIMPLE: Final = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "a": "\a", "\\": "\\", "'": "'", '"': '"'}
_PERCENT = re.compile(r"%(?:%|(?:\([^)]*\))?[#0\- +]*(?:\*|\d+)?(?:\.(?:\*|\d+))?[hlL]?[diouxXeEfFgGcrsa])")


def unescaped(content: str) -> str:
    """The text that a literal's content stands for; an unknown escape stands for itself, as in Python."""
    return _ESCAPE.sub(_escape, content) if "\\" in content else content


def _escape(match: re.Match[str]) -> str:
    newline, two, four, eight, name, octal, other = match.groups()
    if newline is not None:
        return ""
    code = two or four or eight
    if code:
        return _character(int(code, 16), match[0])
    if octal:
        return chr(int(octal, 8))
    if name:
        try:
            return unicodedata.lookup(name)
        except KeyError:
            return match[0]
    return _SIMPLE.get(other, match[0])


def _character(code: int, otherwise: str) -> str:
    """Half a surrogate pair is no character that can be written out again; U+FFFD stands for it."""
    if code > 0x10FFFF:
        return otherwise
    return "\N{REPLACEMENT CHARACTER}" if 0xD800 <= code <= 0xDFFF else chr(code)


def number(literal: str) -> int | float | None:
    """The value of a number as written (0x1F, 1_000, 1e3, Python 2's 0755 and 10L); None where it is none that fits."""
    plain = literal.replace("_", "").rstrip("lL")
    if len(plain) > MAX_DIGITS:
        return None
    try:
        if re.fullmatch(r"0[0-7]+", plain):
            return int(plain, 8)
        return int(plain, 0) if re.fullmatch(r"0[xXoObB][0-9a-fA-F]+|\d+", plain) else float(plain)
    except ValueError:
        return None


def percent_parts(template: str) -> list[str]:
    """The pieces of a `%` format around its placeholders (one more than there are placeholders), `%%` resolved."""
    pieces, last = [""], 0
    for match in _PERCENT.finditer(template):
        pieces[-1] += template[last : match.start()]
        last = match.end()
        if match[0] == "%%":
            pieces[-1] += "%"
        else:
            pieces.append("")
    pieces[-1] += template[last:]
    return pieces
