"""The plainest expressions, told by their text alone: names, constants, and calls of names with such arguments.

They are the greater part of all code, and reading one text costs a fraction of asking the parser for each node below it. What is
lowered here comes out the same as from the parser's tree; a test compares both ways.
"""

from __future__ import annotations

import re
from typing import Final

from threat_modeling.codebase.constants import MAX_DIGITS
from threat_modeling.codebase.python.literals import number
from threat_modeling.codebase.syntax import Attribute, Call, Expression, Keyword, Literal, Name

MAX_LENGTH: Final = 400
"""Longer texts go to the parser's tree."""
MAX_PARTS: Final = 20
"""Names in a dotted name; longer ones go to the parser's tree, which counts what is too deep."""

_WORD = r"[^\W\d]\w*"
_DOTTED = rf"{_WORD}(?:\.{_WORD})*"
_CONSTANT = r'"[^"\\\n]*"|' + r"'[^'\\\n]*'|" + r"\d+"
_ARGUMENT = rf"(?:({_WORD})=(?!=))?(?:({_DOTTED})|({_CONSTANT}))"
_UNGROUPED = rf"(?:{_WORD}=(?!=))?(?:{_DOTTED}|{_CONSTANT})"

_TOKEN = re.compile(rf"({_DOTTED})|({_CONSTANT})")
_CALL = re.compile(rf"({_DOTTED})\(({_UNGROUPED}(?:, ?{_UNGROUPED})*)?\)")
_EACH = re.compile(_ARGUMENT)
_ASSIGNED = re.compile(rf"({_DOTTED}) = ")
_WORDS: Final = {"None": None, "True": True, "False": False}
_NO_NAMES: Final = frozenset({"yield", "print", "exec", "lambda", "not", "await"})
"""Words that the grammar may read as more than a name."""


def simple(source: str, line: int) -> Expression | None:
    """The expression that a text on one line is, or None where it is more than plain."""
    if len(source) > MAX_LENGTH:
        return None
    token = _TOKEN.fullmatch(source)
    if token is not None:
        return _token(token[1], token[2], line)
    call = _CALL.fullmatch(source)
    if call is None:
        return None
    callee = _token(call[1], None, line)
    if callee is None or isinstance(callee, Literal):
        return None
    arguments: list[Expression] = []
    keywords: list[Keyword] = []
    for name, dotted, constant in _EACH.findall(call[2]) if call[2] else ():
        value = _token(dotted, constant, line)
        if value is None:
            return None
        if name:
            keywords.append(Keyword(line, line, name, value))
        else:
            arguments.append(value)
    return Call(line, line, callee, tuple(arguments), tuple(keywords))


def assigned(source: str, line: int) -> tuple[Expression, Expression] | None:
    """Target and value of `name = value` where both are plain."""
    start = _ASSIGNED.match(source)
    target = _token(start[1], None, line) if start is not None else None
    if start is None or target is None or isinstance(target, Literal):
        return None
    value = simple(source[start.end() :], line)
    return None if value is None else (target, value)


def _token(dotted: str | None, constant: str | None, line: int) -> Expression | None:
    if dotted:
        if dotted in _WORDS:
            return Literal(line, line, _WORDS[dotted])
        first, *rest = dotted.split(".")
        if first in _NO_NAMES or first in _WORDS or len(rest) > MAX_PARTS:
            return None
        value: Expression = Name(line, line, first)
        for name in rest:
            value = Attribute(line, line, value, name)
        return value
    if not constant:
        return None
    if constant[0] in "\"'":
        return Literal(line, line, constant[1:-1])
    return None if len(constant) > MAX_DIGITS else Literal(line, line, number(constant))
