"""API Blueprint: resources and actions of a Markdown document."""

from __future__ import annotations

from tests.unit.codebase.resolvers.table import handlers, parameters, routes_of

from threat_modeling.codebase.resolvers import api_blueprint

SERVED = {
    "GET /parcels": "",
    "POST /parcels": "",
    "DELETE /parcels/{number}/lost": "",
}
READ = {
    "GET /parcels": {"query page", "query sort"},
    "POST /parcels": {"query page", "query sort"},
}


def test_every_route_once_with_its_handler():
    assert handlers(routes_of("routes/api_blueprint", api_blueprint)) == SERVED


def test_what_a_handler_takes_from_the_request():
    found = routes_of("routes/api_blueprint", api_blueprint)
    assert {name: parameters(found[name]) for name in READ} == READ
