"""Directus: the item routes of the collections in a schema snapshot; its roles decide who may call them."""

from __future__ import annotations

from tests.unit.codebase.resolvers.table import handlers, parameters, routes_of

from threat_modeling.codebase.resolvers import directus

SERVED = {
    "GET /items/parcels": "",
    "POST /items/parcels": "",
    "PATCH /items/parcels": "",
    "DELETE /items/parcels": "",
    "GET /items/parcels/{id}": "",
    "PATCH /items/parcels/{id}": "",
    "DELETE /items/parcels/{id}": "",
    "GET /items/imprint/singleton": "",
    "PATCH /items/imprint/singleton": "",
}
READ = {
    "POST /items/parcels": {"body weight"},
    "PATCH /items/parcels": {"body weight"},
    "PATCH /items/parcels/{id}": {"body weight", "path id"},
}


def test_every_route_once_with_its_handler():
    assert handlers(routes_of("routes/directus", directus)) == SERVED


def test_what_a_handler_takes_from_the_request():
    found = routes_of("routes/directus", directus)
    assert {name: parameters(found[name]) for name in READ} == READ
