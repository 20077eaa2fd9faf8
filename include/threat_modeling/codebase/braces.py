"""Configuration in the style of Caddy and nginx: directives with words, and blocks in braces, as one tree with lines."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

MAX_DIRECTIVES: Final = 50_000
MAX_DEPTH: Final = 40

_PART: Final = re.compile(
    r"""
      \#[^\n]*
    | "(?:[^"\\]|\\.)*" | '(?:[^'\\]|\\.)*' | `[^`]*`
    | \n | ;
    | (?<!\S)[{}](?=\s|$) | \}(?=\s|$) | \{(?=[ \t]*\n)     # a block opens and closes between spaces
    | [^\s;"'`{}]*(?:\{[^\s{}]*\}[^\s;{}]*)+             # {placeholder} in a word
    | [^\s;{}]+ | [{}]
    """,
    re.VERBOSE,
)


@dataclass(slots=True)
class Directive:
    """One directive: its words (quotes removed), its line, and what its block holds."""

    words: list[str]
    line: int
    block: list[Directive] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The first word, "" for a block without one."""
        return self.words[0] if self.words else ""


def directives(text: str, *, semicolons: bool) -> list[Directive]:
    """The directives of a file; with `semicolons` they end there, else at the end of a line. What is past the bounds is left out."""
    top: list[Directive] = []
    stack = [top]
    current: Directive | None = None
    line, count = 1, 0
    for match in _PART.finditer(text):
        part = match[0]
        if part == "{":
            opened = current or Directive([], line)
            if current is None:
                stack[-1].append(opened)
            stack.append(opened.block)
            current = None
        elif part == "}":
            if len(stack) > 1:
                stack.pop()
            current = None
        elif part == ";" or (part == "\n" and not semicolons):
            current = None
        elif not part.isspace() and not part.startswith("#"):
            if current is None:
                current, count = Directive([], line), count + 1
                stack[-1].append(current)
            current.words.append(part[1:-1] if part[0] in "\"'`" and len(part) > 1 else part)
        line += part.count("\n")
        if count > MAX_DIRECTIVES or len(stack) > MAX_DEPTH:
            break
    return top
