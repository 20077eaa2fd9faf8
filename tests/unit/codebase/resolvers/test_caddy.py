"""Caddy: paths that the directives and matchers of a Caddyfile name, with what guards them."""

from __future__ import annotations

from tests.unit.codebase.resolvers.table import guards, handlers, routes_of

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
