"""Postman collections: requests in folders, with variables in their paths."""

from __future__ import annotations

from tests.unit.codebase.resolvers.table import handlers, parameters, routes_of

from threat_modeling.codebase.resolvers import postman

SERVED = {
    "GET /parcels/{parcel}": "",
    "POST /parcels": "",
    "GET /status": "",
}
READ = {
    "GET /parcels/{parcel}": {"path parcel", "query full"},
    "POST /parcels": {"file label", "header X-Trace"},
}


def test_every_route_once_with_its_handler():
    assert handlers(routes_of("routes/postman", postman)) == SERVED


def test_what_a_handler_takes_from_the_request():
    found = routes_of("routes/postman", postman)
    assert {name: parameters(found[name]) for name in READ} == READ
