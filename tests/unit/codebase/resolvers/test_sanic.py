"""Sanic: versions and groups of blueprints, class views, static files."""

from __future__ import annotations

from tests.unit.codebase.resolvers.table import guards, handlers, parameters, routes_of

from threat_modeling.codebase.resolvers import sanic

SERVED = {
    "GET /v1/api/orders/": "app.py:17 listed",
    "DELETE /v2/api/orders/{order}": "app.py:22 deleted",
    "GET /api/stock/{item}": "app.py:27 item",
    "PUT /api/stock/{item}": "app.py:27 item",
    "GET /feed": "app.py:40 feed",
    "GET /depots/{depot}": "app.py:33 Depot.get",
    "PATCH /depots/{depot}": "app.py:36 Depot.patch",
    "GET /assets/{filename}": "",
    "GET /favicon.ico": "",
}
GUARDED = {
    "GET /v1/api/orders/": {"authentication signed_in router"},
    "DELETE /v2/api/orders/{order}": {"authentication signed_in router"},
}
READ = {
    "GET /v1/api/orders/": {"query page"},
    "GET /api/stock/{item}": {"body count", "path item"},
    "PUT /api/stock/{item}": {"body count", "path item"},
}


def test_every_route_once_with_its_handler():
    assert handlers(routes_of("routes/sanic", sanic)) == SERVED


def test_guards_cover_what_they_cover_and_nothing_else():
    found = routes_of("routes/sanic", sanic)
    assert {name: guards(route) for name, route in found.items() if route.guards} == GUARDED


def test_what_a_handler_takes_from_the_request():
    found = routes_of("routes/sanic", sanic)
    assert {name: parameters(found[name]) for name in READ} == READ
