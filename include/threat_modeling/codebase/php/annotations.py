"""Annotations of doc comments, `@Route("/a", methods={"GET"})`, as the attributes that they came before: calls by their name."""

from __future__ import annotations

import re
from typing import Final

_ANNOTATION: Final = re.compile(r"@\\?([A-Z][\w\\]*)(\()?")
_STRING: Final = re.compile(r'"(?:[^"\\]|\\.|"")*"|' + r"'(?:[^'\\]|\\.)*'")
MAX_LENGTH: Final = 5_000
"""Longer comments are no annotations."""


def expressions(comment: str) -> list[str]:
    """The annotations of a doc comment as PHP expressions, in order; the words that only document (`@param`) are none."""
    if not comment.startswith("/**") or "@" not in comment or len(comment) > MAX_LENGTH:
        return []
    text = re.sub(r"^\s*/?\*+/?", "", comment, flags=re.MULTILINE).removesuffix("*/")
    found: list[str] = []
    position = 0
    while (match := _ANNOTATION.search(text, position)) is not None:
        position = match.end()
        if match[2]:
            end = _closed(text, position)
            found.append(f"{match[1]}({_php(text[position:end])})")
            position = end + 1
        else:
            found.append(f"{match[1]}()")
    return found


def _closed(text: str, start: int) -> int:
    """Where the parenthesis that was opened before `start` is closed."""
    depth, position = 1, start
    while position < len(text):
        string = _STRING.match(text, position)
        if string is not None:
            position = string.end()
            continue
        depth += {"(": 1, ")": -1}.get(text[position], 0)
        if depth == 0:
            return position
        position += 1
    return len(text)


def _php(given: str) -> str:
    """Arguments as PHP writes them: braces are arrays, `name=` is named, `"key"=` an element."""
    pieces: list[str] = []
    depth = position = 0
    while position < len(given):
        string = _STRING.match(given, position)
        if string is not None:
            pieces.append(string[0])
            position = string.end()
            continue
        character = given[position]
        depth += {"{": 1, "}": -1}.get(character, 0)
        if character == "@":
            character = "new "
        elif character == "=" and given[position - 1 : position] not in {"=", "!", "<", ">"}:
            character = " => " if depth else ": "
        pieces.append({"{": "[", "}": "]"}.get(character, character))
        position += 1
    return "".join(pieces)
