"""Caddy: paths that the directives and matchers of a Caddyfile name, with what guards them."""

from __future__ import annotations

from tests.unit.codebase.resolvers.table import guards, handlers, routes_of

from threat_modeling.codebase.project import Project
from threat_modeling.codebase.resolvers import caddy

SERVED = {
    "ANY /api/{wildcard}": "",
    "ANY /api/parcels/{wildcard}": "",
    "POST /hooks": "",
    "PUT /hooks": "",
    "POST /feeds": "",
    "PUT /feeds": "",
    "ANY /old": "",
}
GUARDED = {
    "ANY /api/{wildcard}": {"authentication forward_auth route"},
    "ANY /api/parcels/{wildcard}": {"authentication forward_auth route"},
}


def test_every_route_once_with_its_handler():
    assert handlers(routes_of("routes/caddy", caddy)) == SERVED


def test_guards_cover_what_they_cover_and_nothing_else():
    found = routes_of("routes/caddy", caddy)
    assert {name: guards(route) for name, route in found.items() if route.guards} == GUARDED


def test_a_file_with_one_site_needs_no_braces(tmp_path):
    (tmp_path / "Caddyfile").write_text("localhost\n@one path_regexp ^/items/(\\d+)$\nrespond @one 200\nfile_server /static/*\n")
    assert [(r.method, r.path) for r in caddy.routes(Project(tmp_path))] == [("ANY", "/items/(\\d+)"), ("ANY", "/static/{wildcard}")]
