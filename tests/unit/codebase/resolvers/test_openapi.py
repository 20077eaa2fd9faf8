"""OpenAPI documents, alone and served by connexion."""

from __future__ import annotations

import pytest
from tests.unit.codebase.resolvers.table import guards, handlers, parameters, routes_of

from threat_modeling.codebase.project import Project
from threat_modeling.codebase.resolvers import merged, openapi

SERVED = {
    "GET /api/parcels": "parcels/handlers.py:4 listed",
    "POST /api/parcels": "parcels/handlers.py:8 added",
    "DELETE /api/parcels/{id}": "",
    "GET /track/{code}": "",
    "POST /track/{code}": "",
}
GUARDED = {
    "GET /api/parcels": set(),
    "POST /api/parcels": {"authentication checked route", "authorization checked route", "input-validation requestBody route"},
    "DELETE /api/parcels/{id}": {"authentication checked route"},
    "GET /track/{code}": {"authentication key application"},
    "POST /track/{code}": set(),
}
READ = {
    "GET /api/parcels": {"query depot"},
    "POST /api/parcels": {"query depot", "body weight", "file label"},
    "GET /track/{code}": {"path code", "query since"},
    "POST /track/{code}": {"body city"},
}


def test_every_operation_once_with_the_function_that_serves_it():
    routes = routes_of("connexion_parcels", openapi)
    assert handlers(routes) == SERVED
    assert {name for name, route in routes.items() if route.documented_only} == {name for name, handler in SERVED.items() if not handler}


@pytest.mark.parametrize("name", sorted(GUARDED))
def test_guards(name):
    assert guards(routes_of("connexion_parcels", openapi)[name]) == GUARDED[name]


@pytest.mark.parametrize("name", sorted(READ))
def test_parameters(name):
    assert parameters(routes_of("connexion_parcels", openapi)[name]) == READ[name]


def test_what_code_serves_is_not_documented_twice():
    routes = list(routes_of("connexion_parcels", openapi).values())
    served = next(route for route in routes if route.method == "POST" and not route.documented_only)
    documented = served.model_copy(update={"documented_only": True, "handler": None, "path": "/api/parcels/"})
    assert documented not in merged([*routes, documented])


def test_the_base_path_comes_from_the_first_server(tmp_path):
    (tmp_path / "a.yaml").write_text(
        "openapi: 3.0.0\nservers:\n- url: 'https://h/{v}/x'\n  variables: {v: {default: v2}}\npaths:\n  /p:\n    get: {}\n"
    )
    assert [route.path for route in openapi.routes(Project(tmp_path))] == ["/v2/x/p"]


def test_hostile_documents_are_skipped_or_bounded(tmp_path):
    (tmp_path / "deep.yaml").write_text("openapi: 3.0.0\npaths: " + "[" * 9_000 + "]" * 9_000)
    (tmp_path / "ring.yaml").write_text(
        "openapi: 3.0.0\npaths:\n  /a: {$ref: '#/paths/~1b'}\n  /b: {$ref: '#/paths/~1a'}\n"
        "  /c:\n    get: {parameters: [{$ref: '../../etc/passwd#/x'}]}\n"
    )
    project = Project(tmp_path)
    assert [route.path for route in openapi.routes(project)] == ["/c"]
    assert [skip.path for skip in project.skips] == ["deep.yaml"]
