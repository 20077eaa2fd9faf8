"""The quick way to lower plain code gives what the parser's tree gives."""

from __future__ import annotations

import pytest

from threat_modeling.codebase.languages import python
from threat_modeling.codebase.python import expressions, simple

PLAIN = [
    "a",
    "a.b.c",
    "'x'",
    '"x"',
    "12",
    "None",
    "f()",
    "a.f(b, 'c', 3, d=e.f, g=True)",
    "x = y",
    "x.y = f(z)",
    "x = None",
    "x = 'a'",
    "'doc'",
    "0755",
]
OTHER = [
    "x = yield",
    "f(*a)",
    "f(a == b)",
    "f'{a}'",
    "a[0]",
    "x = y = z",
    "x = a + b",
    "f(a)(b)",
    "f(not_a, not b)",
    "rb'x'",
    "f(lambda: 0)",
    "x: int = 3",
    "print 'x'",
]


@pytest.mark.parametrize("source", PLAIN + OTHER)
def test_both_ways_agree(source, monkeypatch):
    quick = python.lower("a.py", source)
    for module in (python, expressions):
        monkeypatch.setattr(module, "simple", lambda *_: None)
    monkeypatch.setattr(python, "assigned", lambda *_: None)
    assert quick == python.lower("a.py", source)


@pytest.mark.parametrize("source", [text for text in PLAIN if "=" not in text or ("(" in text and not text.startswith("x"))])
def test_plain_expressions_take_the_quick_way(source):
    assert simple.simple(source, 1) is not None


@pytest.mark.parametrize("source", ["yield", "f(a", "a.", "f(a b)", "x" * 500, "f(" + "a," * 100 + ")", ".".join("a" * 100)])
def test_the_rest_is_left_to_the_parser(source):
    assert simple.simple(source, 1) is None
