"""Paths as the frameworks of Java and Kotlin write them."""

from __future__ import annotations

import pytest

from threat_modeling.codebase.jvm.paths import joined, matches, names, template


@pytest.mark.parametrize(
    ("written", "path"),
    [("/a/{id:[0-9]{2}}", "/a/{id}"), ("/a/:id?/b", "/a/{id}/b"), ("/a/{*rest}", "/a/{rest}"), ("/a/{ id }", "/a/{id}"), ("/a/*", "/a/*")],
)
def test_template(written: str, path: str):
    assert template(written) == path


@pytest.mark.parametrize(
    ("parts", "path"),
    [(("", ""), "/"), (("/a/", "/b"), "/a/b"), (("a", ""), "/a"), (("/a", "/"), "/a"), (("/", "/x"), "/x")],
)
def test_joined(parts: tuple[str, ...], path: str):
    assert joined(*parts) == path


@pytest.mark.parametrize(
    ("pattern", "path", "covered"),
    [
        ("/a/**", "/a", True),
        ("/a/**", "/a/b/{id}", True),
        ("/a/**", "/ab", False),
        ("/a/*", "/a/b/c", False),
        ("/a/*/c", "/a/{id}/c", True),
        ("/a/{x}/c", "/a/b/c", True),
        ("/**/c", "/a/b/c", True),
        ("/a.json", "/aXjson", False),
    ],
)
def test_ant_patterns(pattern: str, path: str, covered: bool):
    assert matches(pattern, path) is covered


def test_names_of_parameters():
    assert names("/a/{id}/b/{other}") == ["id", "other"]
