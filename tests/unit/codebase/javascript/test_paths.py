"""Paths as frameworks write them."""

from __future__ import annotations

import pytest

from threat_modeling.codebase.javascript.paths import covers, from_pattern, joined, names, template


@pytest.mark.parametrize(
    ("written", "path"),
    [
        ("/users/:id", "/users/{id}"),
        (r"/users/:id(\d+)/:tab?", "/users/{id}/{tab}"),
        ("/files/*", "/files/{wildcard}"),
        ("/files/*rest", "/files/{rest}"),
        ("/user/:id{/:op}", "/user/{id}{/op}"),
        ("/ftp(?!/private)/:file", "/ftp/{file}"),
        ("/(a|b)/c", "/{part0}/c"),
        ("/{BASE}/x", "/{BASE}/x"),
        ("/flights/:from-:to", "/flights/{from}-{to}"),
    ],
)
def test_parameters_are_named(written: str, path: str):
    assert template(written) == path


@pytest.mark.parametrize(
    ("source", "path"),
    [
        (r"^\/api\/(\w+)$", "/api/{part0}"),
        (r"^\/users\/(?<id>\d+)\/x\/?$", "/users/{id}/x/"),
        (r"^\/files\/.*", "/files/{part0}"),
        (r".*fly$", "/{pattern}"),
        (r"^\/(a|b", "/{pattern}"),
    ],
)
def test_regular_expressions_become_templates(source: str, path: str):
    assert from_pattern(source) == path


def test_parts_are_joined_with_one_slash():
    assert joined("/api/", "/users/") == "/api/users"
    assert joined("", "") == "/"
    assert joined("api", "") == "/api"


def test_names_are_in_order():
    assert names("/a/{b}/{c}{/d}") == ("b", "c", "d")


@pytest.mark.parametrize(
    ("pattern", "path", "below", "covered"),
    [
        ("/api", "/api/users", True, True),
        ("/api", "/apiary", True, False),
        ("/api", "/api/users", False, False),
        ("/api/{id}", "/API/users", False, True),
        ("/admin/{wildcard}", "/admin/a/b", False, True),
        ("/", "/anything", True, True),
    ],
)
def test_what_is_registered_at_a_path_covers(pattern: str, path: str, *, below: bool, covered: bool):
    assert covers(pattern, path, below=below) is covered
