"""RAML: nested resources with their methods, parameters and security schemes."""

from __future__ import annotations

from tests.unit.codebase.resolvers.table import guards, handlers, parameters, routes_of

from threat_modeling.codebase.resolvers import raml

SERVED = {
    "GET /v1/parcels": "",
    "DELETE /v1/parcels/{number}": "",
    "GET /v1/parcels/{number}": "",
}
GUARDED = {
    "GET /v1/parcels": {"authentication tokens route"},
    "DELETE /v1/parcels/{number}": {"authentication tokens route"},
}
READ = {
    "GET /v1/parcels": {"query page"},
    "DELETE /v1/parcels/{number}": {"header X-Reason", "path number"},
}


def test_every_route_once_with_its_handler():
    assert handlers(routes_of("routes/raml", raml)) == SERVED


def test_guards_cover_what_they_cover_and_nothing_else():
    found = routes_of("routes/raml", raml)
    assert {name: guards(route) for name, route in found.items() if route.guards} == GUARDED


def test_what_a_handler_takes_from_the_request():
    found = routes_of("routes/raml", raml)
    assert {name: parameters(found[name]) for name in READ} == READ
