"""Pyramid: named routes and their views, included prefixes, permissions, Cornice."""

from __future__ import annotations

from tests.unit.codebase.resolvers.table import guards, handlers, parameters, routes_of

from threat_modeling.codebase.resolvers import pyramid

SERVED = {
    "POST /api/echo": "api.py:11 echo",
    "GET /api/orders/{order}": "api.py:15 order",
    "GET /static/{filename}": "",
    "ANY /": "app.py:16 home",
    "GET /depots/{depot}": "app.py:26 shown",
    "PUT /depots/{depot}": "app.py:30 changed",
    "PATCH /depots/{depot}": "app.py:30 changed",
    "GET /files/{subpath}": "",
}
GUARDED = {
    "GET /api/orders/{order}": {"authentication read route", "authorization read route"},
    "GET /depots/{depot}": {"authentication read route", "authorization read route"},
    "PUT /depots/{depot}": {"authentication write route", "authorization write route"},
    "PATCH /depots/{depot}": {"authentication write route", "authorization write route"},
}
READ = {
    "GET /depots/{depot}": {"body page", "path depot"},
}


def test_every_route_once_with_its_handler():
    assert handlers(routes_of("routes/pyramid", pyramid)) == SERVED


def test_guards_cover_what_they_cover_and_nothing_else():
    found = routes_of("routes/pyramid", pyramid)
    assert {name: guards(route) for name, route in found.items() if route.guards} == GUARDED


def test_what_a_handler_takes_from_the_request():
    found = routes_of("routes/pyramid", pyramid)
    assert {name: parameters(found[name]) for name in READ} == READ
