"""Languages and test code, told by names."""

from __future__ import annotations

import pytest

from threat_modeling.codebase.languages import extensions, languages
from threat_modeling.codebase.naming import COUNTED, is_test, language_of


@pytest.mark.parametrize(
    ("path", "language"),
    [
        ("a/B.PY", "python"),
        ("Containerfile", "dockerfile"),
        ("x/Gemfile", "ruby"),
        ("a.d.ts", "typescript"),
        ("noext", None),
        (".env", None),
        ("a.unheard", None),
    ],
)
def test_tells_a_language(path, language):
    assert language_of(path) == language


def test_no_extension_is_both_lowered_and_merely_counted():
    assert not extensions().keys() & COUNTED.keys()
    assert set(languages()) == set(extensions().values())


@pytest.mark.parametrize(
    ("path", "answer"),
    [
        ("tests/a.py", True),
        ("a/test_b.py", True),
        ("src/b.test.ts", True),
        ("conftest.py", True),
        ("a/latest.py", False),
        ("contest/a.py", False),
        ("testimony.py", False),
    ],
)
def test_tells_test_code(path, answer):
    assert is_test(path) is answer
