"""Constants of PHP: text with its escapes resolved, numbers."""

from __future__ import annotations

import re
from typing import Final

from threat_modeling.codebase.constants import MAX_DIGITS
from threat_modeling.codebase.syntax import Expression, Join, Literal

_ESCAPE = re.compile(r"\\(?:u\{([0-9A-Fa-f]{1,6})\}|x([0-9A-Fa-f]{1,2})|([0-7]{1,3})|([\s\S]))")
_SINGLE: Final = {"n": "\n", "t": "\t", "r": "\r", "v": "\v", "f": "\f", "e": "\x1b", "\\": "\\", "$": "$", '"': '"'}


def _character(match: re.Match[str]) -> str:
    if match[4] is not None:
        return _SINGLE.get(match[4], "\\" + match[4])
    code = int(match[3], 8) & 0xFF if match[3] else int(match[1] or match[2], 16)
    return chr(code) if code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF else "�"


def unescaped(text: str) -> str:
    """Source of a double-quoted string with its escapes resolved."""
    return _ESCAPE.sub(_character, text) if "\\" in text else text


def quoted(text: str) -> str:
    """Source of a single-quoted string, without its quotes."""
    return text.replace("\\'", "'").replace("\\\\", "\\") if "\\" in text else text


def number(text: str) -> int | float | None:
    """The value of a numeric literal; None where Python can't hold it."""
    digits = text.replace("_", "")
    if len(digits) > MAX_DIGITS:
        return None
    try:
        if digits.isdigit():
            return int(digits, 8) if digits[0] == "0" and digits.strip("01234567") == "" and digits != "0" else int(digits)
        return int(digits, 0) if digits[:1] == "0" and digits[1:2].isalpha() else float(digits)
    except ValueError:
        return None


def joined(line: int, end: int, parts: list[Expression]) -> Expression:
    """Text from parts: neighboring constants become one; without anything else it is a plain literal."""
    merged: list[Expression] = []
    for part in parts:
        for piece in part.parts if isinstance(part, Join) else (part,):
            last = merged[-1] if merged else None
            if isinstance(piece, Literal) and isinstance(piece.value, str) and isinstance(last, Literal) and isinstance(last.value, str):
                merged[-1] = Literal(last.line, piece.end, last.value + piece.value)
            else:
                merged.append(piece)
    if not merged:
        return Literal(line, end, "")
    if len(merged) == 1 and isinstance(merged[0], Literal) and isinstance(merged[0].value, str):
        return merged[0]
    return Join(line, end, tuple(merged))
