"""Folding: what is certain folds, the rest stays unknown, nothing raises."""

import pytest

from threat_modeling.codebase.taint.folding import fold
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
