"""PHP between markup: what stands outside of `<?php ... ?>` is blanked, line for line, since the grammar knows PHP alone."""

from __future__ import annotations

import re
from typing import Final

_OPEN: Final = re.compile(r"<\?(?:php(?=\s|$)|=|(?=\s))", re.IGNORECASE)
_INSIDE: Final = re.compile(
    r"""'(?:[^'\\]|\\(?:.|\Z))*(?:'|\Z)|"(?:[^"\\]|\\(?:.|\Z))*(?:"|\Z)|`(?:[^`\\]|\\(?:.|\Z))*(?:`|\Z)|/\*.*?(?:\*/|\Z)|(?://|\#(?!\[))(?:(?!\?>)[^\n])*"""
    r"""|<<<[ \t]*(["']?)(\w+)\1\n.*?(?:\n[ \t]*\2\b|\Z)|(\?>)""",
    re.DOTALL,
)
"""What hides a `?>`, or is one; what is never closed goes to the end, so that no text is read twice."""


def code_of(source: str) -> str:
    """The source with markup blanked: `<?= a ?>` becomes an echo, every other edge an empty statement; lines keep their numbers."""
    parts: list[str] = []
    position = 0
    while True:
        opening = _OPEN.search(source, position)
        if opening is None:
            parts.append(_blank(source[position:]))
            break
        parts.append(_blank(source[position : opening.start()]) + ("echo " if opening[0] == "<?=" else " " * len(opening[0])))
        closing = _closing(source, opening.end())
        if closing is None:
            parts.append(source[opening.end() :])
            break
        parts.append(source[opening.end() : closing] + ";")
        position = closing + 2
    return "".join(parts)


def _closing(source: str, start: int) -> int | None:
    """Where the PHP that begins at `start` ends; a `?>` inside of a string or a block comment ends nothing."""
    return next((match.start(3) for match in _INSIDE.finditer(source, start) if match[3]), None)


def _blank(markup: str) -> str:
    return "\n" * markup.count("\n")
