"""Reads a Dockerfile as instructions. There is no grammar for it, and none is needed: a line, its continuations, its heredocs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_INSTRUCTION = 8000
_ESCAPE = re.compile(r"^#\s*escape\s*=\s*([\\`])\s*$", re.IGNORECASE)
_HEREDOC = re.compile(r"<<-?\s*[\"']?(\w+)[\"']?")


@dataclass(frozen=True, slots=True)
class LogicalLine:
    """What belongs together, on one line: from `start` to `end` (1-based) of the file."""

    start: int
    end: int
    text: str


def instructions(text: str) -> Iterator[LogicalLine]:
    """Yield the instructions with their names in upper case, comments left out, continuations joined by blanks."""
    escape = "\\"
    parts: list[str] = []
    start = 0
    heredoc = ""
    for number, line in enumerate(text.split("\n"), 1):
        stripped = line.strip()
        if heredoc:
            parts.append(stripped)
            if stripped != heredoc:
                continue
            heredoc = ""
        elif stripped.startswith("#") or not stripped:
            directive = _ESCAPE.match(stripped) if number == 1 else None
            escape = directive[1] if directive else escape
            continue
        else:
            start = start or number
            opened = _HEREDOC.search(stripped)
            heredoc = opened[1] if opened else ""
            continued = stripped.endswith(escape)
            parts.append(stripped.removesuffix(escape).strip())
            if continued or heredoc:
                continue
        yield _joined(start, number, parts)
        parts, start = [], 0
    if parts:
        yield _joined(start, text.count("\n") + 1, parts)


def _joined(start: int, end: int, parts: list[str]) -> LogicalLine:
    name, _, rest = " ".join(parts)[:MAX_INSTRUCTION].partition(" ")
    return LogicalLine(start, end, f"{name.upper()} {rest}".strip())
