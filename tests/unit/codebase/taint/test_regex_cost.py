"""Regular expressions that can hang, and those that look alike and can't."""

import time

import pytest

from threat_modeling.codebase.taint.regex_cost import can_hang


@pytest.mark.parametrize("pattern", [r"(a+)+$", r"(a*)*b", r"([a-zA-Z0-9]+[.-_])*@", r"^(\w+\s?)*$", r"(?:x|(?:a+)+)b", r"(.*)*x"])
def test_hangs(pattern: str) -> None:
    assert can_hang(pattern)


@pytest.mark.parametrize("pattern", [r"^\w+(?:\s+\w+)*$", r"(\d+,)*\d+", r"[a-z]+", r"(a+){2}", r"^(?:[a-z]+\.)+[a-z]+$", r"(", r"(?P<a>x)+"])
def test_does_not_hang(pattern: str) -> None:
    assert not can_hang(pattern)


@pytest.mark.parametrize("pattern", ["(" * 300 + "a" + ")*" * 300, "a" * 1_999, "(a|" * 300 + "b" + ")" * 300])
def test_deep_patterns_are_answered_quickly(pattern: str) -> None:
    started = time.monotonic()
    can_hang(pattern)
    assert time.monotonic() - started < 5
