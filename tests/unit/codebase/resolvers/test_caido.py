"""Caido: requests of a JSON export, each method and path once."""

from __future__ import annotations

from tests.unit.codebase.resolvers.table import handlers, parameters, routes_of

from threat_modeling.codebase.resolvers import caido

SERVED = {
    "GET /parcels": "",
    "POST /login": "",
}
READ = {
    "GET /parcels": {"query page", "query sort"},
}


def test_every_route_once_with_its_handler():
    assert handlers(routes_of("routes/caido", caido)) == SERVED


def test_what_a_handler_takes_from_the_request():
    found = routes_of("routes/caido", caido)
    assert {name: parameters(found[name]) for name in READ} == READ
