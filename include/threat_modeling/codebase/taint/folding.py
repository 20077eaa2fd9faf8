"""Constant folding: the value of an operator on constants, where it is small and certain."""

from __future__ import annotations

import operator
from typing import TYPE_CHECKING, Any, Final

from threat_modeling.codebase.taint.values import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

MAX_NUMBER: Final = 10**18
MAX_TEXT: Final = 4000

_BINARY: Final[dict[str, Callable[[Any, Any], Any]]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "%": operator.mod,
    "<": operator.lt,
    ">": operator.gt,
    "<=": operator.le,
    ">=": operator.ge,
    "==": operator.eq,
    "===": operator.eq,
    "!=": operator.ne,
    "!==": operator.ne,
}


def fold(sign: str, operands: Sequence[object]) -> object:
    """Return the value of `operands` joined by an operator, or UNKNOWN. Numbers and short texts only; never raises."""
    if not operands or any(constant is UNKNOWN for constant in operands):
        return UNKNOWN
    if sign in {"not", "!"} and len(operands) == 1:
        return not operands[0]
    function = _BINARY.get(sign)
    if function is None or not _alike(operands, sign):
        return UNKNOWN
    result = operands[0]
    for operand in operands[1:]:
        try:
            result = function(result, operand)
        except (TypeError, ValueError, ArithmeticError):
            return UNKNOWN
        if not _small(result):
            return UNKNOWN
    return result


_TEXT_METHODS: Final[dict[tuple[str, int], Callable[..., object]]] = {
    ("charAt", 1): lambda text, index: text[index],
    ("substring", 1): lambda text, start: text[start:],
    ("substring", 2): lambda text, start, end: text[start:end],
    ("length", 0): len,
    ("isEmpty", 0): lambda text: not text,
    ("trim", 0): str.strip,
    ("toString", 0): str,
    ("intern", 0): str,
    ("getBytes", 0): str,
    ("getBytes", 1): lambda text, _charset: text,
    ("toByteArray", 0): str,
    ("toCharArray", 0): str,
    ("toLowerCase", 0): str.lower,
    ("toUpperCase", 0): str.upper,
    ("concat", 1): operator.add,
    ("equals", 1): operator.eq,
    ("equalsIgnoreCase", 1): lambda text, other: text.lower() == other.lower(),
    ("startsWith", 1): str.startswith,
    ("endsWith", 1): str.endswith,
    ("contains", 1): operator.contains,
    ("replace", 2): str.replace,
    ("indexOf", 1): str.find,
}


def fold_method(method: str, text: str, arguments: Sequence[object]) -> object:
    """Return what a method of a constant text gives for constant arguments, or UNKNOWN; never raises."""
    function = _TEXT_METHODS.get((method, len(arguments)))
    if function is None or len(text) > MAX_TEXT or not all(isinstance(a, str | int) and _small(a) for a in arguments):
        return UNKNOWN
    if any(isinstance(argument, int) and (isinstance(argument, bool) or argument < 0) for argument in arguments):
        return UNKNOWN
    try:
        result = function(text, *arguments)
    except (TypeError, ValueError, IndexError, AttributeError):
        return UNKNOWN
    return result if _small(result) else UNKNOWN


def _alike(operands: Sequence[object], sign: str) -> bool:
    """Tell operands that fold the same in every language: all numbers, or all texts for `+` and comparisons."""
    if len(operands) > 2 and sign not in {"+", "-", "*"}:
        return False
    if all(isinstance(value, int | float) and not isinstance(value, bool) and _small(value) for value in operands):
        return True
    return sign in {"+", "==", "!=", "===", "!=="} and all(isinstance(value, str) for value in operands)


def _small(value: object) -> bool:
    if isinstance(value, str):
        return len(value) <= MAX_TEXT
    return not isinstance(value, int | float) or abs(value) <= MAX_NUMBER
