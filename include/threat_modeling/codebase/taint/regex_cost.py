"""Tells regular expressions whose time grows exponentially with the text they are tried on."""

from __future__ import annotations

import re
import re._constants as constants  # type: ignore[import-not-found]
import re._parser as parser  # type: ignore[import-not-found]
import warnings
from functools import lru_cache
from typing import Any, Final

MAX_PATTERN: Final = 2_000
MANY: Final = 10
"""From this many repeats on, a repeat counts as unbounded."""
MAX_GROUPS: Final = 400
ALPHABET: Final = frozenset(range(32, 127)) | {9, 10}
_DIGITS: Final = frozenset(range(48, 58))
_WORDS: Final = _DIGITS | frozenset(range(65, 91)) | frozenset(range(97, 123)) | {95}
_SPACES: Final = frozenset({9, 10, 32})
_CATEGORIES: Final = {
    constants.CATEGORY_DIGIT: _DIGITS,
    constants.CATEGORY_NOT_DIGIT: ALPHABET - _DIGITS,
    constants.CATEGORY_WORD: _WORDS,
    constants.CATEGORY_NOT_WORD: ALPHABET - _WORDS,
    constants.CATEGORY_SPACE: _SPACES,
    constants.CATEGORY_NOT_SPACE: ALPHABET - _SPACES,
}
_REPEATS: Final = (constants.MAX_REPEAT, constants.MIN_REPEAT)
Parsed = Any
"""A parsed (sub)pattern of the standard library: a sequence of (operator, argument)."""


@lru_cache(maxsize=1000)
def can_hang(pattern: str) -> bool:
    r"""Tell a repeat inside a repeat that one character can pass in more than one way; False for what can't be parsed.

    `(a+)+` and `([a-z]+[.-_])*` are such; `(\\s+\\w+)*` is none, since no character is both.
    """
    if len(pattern) > MAX_PATTERN or pattern.count("(") > MAX_GROUPS:
        return False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            parsed = parser.parse(pattern)
        return _ambiguous(parsed)
    except (re.error, RecursionError, OverflowError, ValueError):
        return False


def _ambiguous(parsed: Parsed) -> bool:
    for operator, argument in parsed:
        if operator in _REPEATS and argument[1] >= MANY and _repeats_itself(argument[2]):
            return True
        if any(_ambiguous(inner) for inner in _inner(operator, argument)):
            return True
    return False


def _repeats_itself(body: Parsed) -> bool:
    """Tell whether a repeated body can take several of one character as one round or as several."""
    for alternative in _alternatives(body):
        unbounded = [_characters(item) for item in alternative if item[0] in _REPEATS and item[1][1] >= MANY]
        needed = [_characters(item) for item in alternative if not _optional(item)]
        for characters in unbounded:
            if characters and frozenset.intersection(characters, *needed):
                return True
    return False


def _alternatives(body: Parsed) -> list[list[Any]]:
    """Return the sequences that a body may be, groups opened."""
    items = list(body)
    if len(items) == 1 and items[0][0] is constants.SUBPATTERN:
        return _alternatives(items[0][1][3])
    if len(items) == 1 and items[0][0] is constants.BRANCH:
        return [sequence for branch in items[0][1][1] for sequence in _alternatives(branch)]
    return [items]


def _inner(operator: Any, argument: Any) -> list[Parsed]:
    if operator in _REPEATS:
        return [argument[2]]
    if operator is constants.SUBPATTERN:
        return [argument[3]]
    if operator is constants.BRANCH:
        return list(argument[1])
    return []


def _optional(item: Any) -> bool:
    operator, argument = item
    if operator in _REPEATS:
        return bool(argument[0] == 0)
    return operator in {constants.AT, constants.ASSERT, constants.ASSERT_NOT}


def _characters(item: Any) -> frozenset[int]:
    """Return the characters that an item can begin with, of those a keyboard has."""
    operator, argument = item
    if operator is constants.LITERAL:
        return frozenset({argument})
    if operator is constants.NOT_LITERAL:
        return ALPHABET - {argument}
    if operator is constants.ANY:
        return ALPHABET - {10}
    if operator is constants.IN:
        return _class(argument)
    inner = _inner(operator, argument)
    return frozenset().union(*(_characters(sequence[0]) for body in inner for sequence in [list(body)] if sequence)) if inner else frozenset()


def _class(members: Any) -> frozenset[int]:
    found: set[int] = set()
    negated = False
    for operator, argument in members:
        if operator is constants.NEGATE:
            negated = True
        elif operator is constants.LITERAL:
            found.add(argument)
        elif operator is constants.RANGE:
            found.update(range(argument[0], min(argument[1], 126) + 1))
        elif operator is constants.CATEGORY:
            found |= _CATEGORIES.get(argument, frozenset())
    return ALPHABET - found if negated else frozenset(found)
