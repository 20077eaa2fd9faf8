"""Code against its specifications."""

from __future__ import annotations

from tests.unit.phases.phase_3_codebase_mapping.observed import route

from threat_modeling.codebase.documented import compared


def stated(method: str, path: str, framework: str = "openapi"):
    return route(method, path, documented_only=True, handler=None, framework=framework)


def told(*routes):
    return {f"{r.method} {r.path}": "documented only" if r.documented_only else "undocumented" if r.undocumented else "" for r in compared(routes)}


def test_each_side_names_what_the_other_lacks():
    found = told(stated("GET", "/shop/orders"), stated("GET", "/shop/gone"), route("GET", "/shop/orders"), route("POST", "/shop/orders"))
    assert found == {"GET /shop/gone": "documented only", "GET /shop/orders": "", "POST /shop/orders": "undocumented"}


def test_a_document_speaks_for_its_own_paths_alone():
    assert told(stated("GET", "/shop/orders"), route("GET", "/health")) == {"GET /shop/orders": "documented only", "GET /health": ""}
    assert told(route("GET", "/shop/orders")) == {"GET /shop/orders": ""}


def test_recorded_requests_list_no_interface():
    assert told(stated("GET", "/shop/a", "har"), route("GET", "/shop/b")) == {"GET /shop/a": "documented only", "GET /shop/b": ""}


def test_names_of_parameters_make_no_difference_and_any_serves_all():
    assert told(stated("GET", "/a/{id}"), stated("PUT", "/a/{id}"), route("ANY", "/a/{key}")) == {"ANY /a/{key}": ""}
