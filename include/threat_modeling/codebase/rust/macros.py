"""Macros that take expressions, rewritten as calls before the parse: to the grammar all that a macro takes is a row of tokens.

Each text keeps its length and its lines, so that places stay what they are.
"""

from __future__ import annotations

import re
from typing import Final

MAX_LENGTH: Final = 20_000
"""A macro that is longer stays as it is."""
MARK: Final = "_"
"""Stands for the `!` behind the name of a macro until the call is built."""
_EXPRESSIONS: Final = """
    vec routes catchers format print println eprint eprintln write writeln panic assert assert_eq assert_ne debug_assert dbg anyhow bail ensure
    format_args concat env option_env include_str include_bytes query query_as query_scalar query_unchecked path route engine crud rest
    html_redirect todo unimplemented unreachable try_join join bytes
"""
MACROS: Final = frozenset(f"{name}{MARK}" for name in _EXPRESSIONS.split())
_MACRO: Final = re.compile(r"!\s*[\[({]")
_NAME: Final = re.compile(r"\w+\Z")
_CLOSING: Final = {"(": ")", "[": "]", "{": "}"}
_TOKEN: Final = re.compile(r"//[^\n]*|/\*.*?\*/|b?\"(?:[^\"\\]|\\.)*\"|r(#*)\".*?\"\1|'(?:[^'\\\n]|\\.[^'\n]{0,8})'|[\[\](){};]|=>", re.DOTALL)


def rewritten(source: str) -> str:
    """The source with `vec![a, b]` as `vec_(a, b)`, `route!("/x" => C)` as `route_("/x" ,  C)`."""
    if "!" not in source:
        return source
    text: list[str] | None = None
    for found in _MACRO.finditer(source):
        name = _NAME.search(source, max(0, found.start() - 40), found.start())
        if name is None or name[0] + MARK not in MACROS:
            continue
        edits = _edits(source, found.end() - 1)
        if edits is None:
            continue
        text = list(source) if text is None else text
        text[found.start()] = MARK
        for position, new in edits:
            text[position] = new
    return source if text is None else "".join(text)


def _edits(source: str, start: int) -> list[tuple[int, str]] | None:
    """What is changed of a macro whose bracket opens at `start`; None where it does not close."""
    edits = [(start, "(")]
    waiting: list[str] = []
    for token in _TOKEN.finditer(source, start, min(len(source), start + MAX_LENGTH)):
        said = token[0]
        if said in _CLOSING:
            waiting.append(_CLOSING[said])
        elif said in {")", "]", "}"}:
            if not waiting or waiting.pop() != said:
                return None
            if not waiting:
                return [*edits, (token.start(), ")")]
        elif len(waiting) == 1 and said == ";":
            edits.append((token.start(), ","))
        elif len(waiting) == 1 and said == "=>":
            edits += [(token.start(), ","), (token.start() + 1, " ")]
    return None
