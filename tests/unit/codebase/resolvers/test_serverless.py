"""Serverless Framework: HTTP events of functions, in the forms `http`, `httpApi`, `alb`, and function URLs."""

from __future__ import annotations

from tests.unit.codebase.resolvers.table import guards, handlers, routes_of

from threat_modeling.codebase.resolvers import serverless

SERVED = {
    "GET /dev/parcels": "src/parcels.js:3 listed",
    "DELETE /dev/parcels/{parcel}": "src/parcels.js:3 listed",
    "ANY /live/{proxy}": "src/parcels.js:3 listed",
}
GUARDED = {
    "GET /dev/parcels": {"authentication private route"},
    "ANY /live/{proxy}": {"authentication tokens route"},
}


def test_every_route_once_with_its_handler():
    assert handlers(routes_of("routes/serverless", serverless)) == SERVED


def test_guards_cover_what_they_cover_and_nothing_else():
    found = routes_of("routes/serverless", serverless)
    assert {name: guards(route) for name, route in found.items() if route.guards} == GUARDED
