"""Folding: what is certain folds, the rest stays unknown, nothing raises."""

import pytest

from threat_modeling.codebase.taint.folding import fold, fold_method
from threat_modeling.codebase.taint.values import UNKNOWN


@pytest.mark.parametrize(
    ("sign", "operands", "value"),
    [
        ("+", [1, 2, 3], 6),
        ("+", ["a", "b"], "ab"),
        ("*", [7, 42], 294),
        (">", [294, 200], True),
        ("==", ["a", "a"], True),
        ("not", [True], False),
        ("/", [1, 0], UNKNOWN),
        ("+", ["a", 1], UNKNOWN),
        ("*", [10**18, 10**18], UNKNOWN),
        ("**", [2, 3], UNKNOWN),
        ("+", [1, UNKNOWN], UNKNOWN),
        ("<", [1, 2, 3], UNKNOWN),
        ("+", [], UNKNOWN),
    ],
)
def test_fold(sign: str, operands: list[object], value: object) -> None:
    assert fold(sign, operands) == value


@pytest.mark.parametrize(
    ("method", "text", "arguments", "result"),
    [
        ("charAt", "abc", [1], "b"),
        ("substring", "abcd", [1, 3], "bc"),
        ("equals", "a", ["a"], True),
        ("charAt", "abc", [7], UNKNOWN),
        ("charAt", "abc", [-1], UNKNOWN),
        ("concat", "a", [UNKNOWN], UNKNOWN),
        ("replace", "a" * 3000, ["a", "b" * 3000], UNKNOWN),
        ("unheard", "a", [], UNKNOWN),
    ],
)
def test_methods_of_texts(method, text, arguments, result):
    assert fold_method(method, text, arguments) == result
