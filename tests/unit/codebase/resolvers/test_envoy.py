"""Envoy: routes of virtual hosts wherever the configuration holds them, in YAML and JSON."""

from __future__ import annotations

from tests.unit.codebase.resolvers.table import guards, handlers, routes_of

from threat_modeling.codebase.resolvers import envoy

SERVED = {
    "POST /parcels": "",
    "ANY /": "",
}
GUARDED = {
    "POST /parcels": {"authentication envoy.filters.http.jwt_authn application"},
    "ANY /": {"authentication envoy.filters.http.jwt_authn application"},
}


def test_every_route_once_with_its_handler():
    assert handlers(routes_of("routes/envoy", envoy)) == SERVED


def test_guards_cover_what_they_cover_and_nothing_else():
    found = routes_of("routes/envoy", envoy)
    assert {name: guards(route) for name, route in found.items() if route.guards} == GUARDED
