"""Masonite: groups, resources, controllers by name."""

from __future__ import annotations

from tests.unit.codebase.resolvers.table import guards, handlers, parameters, routes_of

from threat_modeling.codebase.resolvers import masonite

SERVED = {
    "GET /": "app/controllers/DepotController.py:6 home",
    "GET /depots/{depot}": "app/controllers/DepotController.py:9 show",
    "POST /admin/depots/": "app/controllers/DepotController.py:12 stored",
    "PUT /admin/depots/{depot}": "app/controllers/DepotController.py:9 show",
    "PATCH /admin/depots/{depot}": "app/controllers/DepotController.py:9 show",
    "GET /api/orders": "",
    "POST /api/orders": "",
    "GET /api/orders/{id}": "",
    "PUT /api/orders/{id}": "",
    "PATCH /api/orders/{id}": "",
    "DELETE /api/orders/{id}": "",
    "GET /old": "",
}
GUARDED = {
    "POST /admin/depots/": {"authentication auth route"},
    "PUT /admin/depots/{depot}": {"authentication auth route", "rate-limiting throttle:api route"},
    "PATCH /admin/depots/{depot}": {"authentication auth route", "rate-limiting throttle:api route"},
}
READ = {
    "GET /depots/{depot}": {"header X-Trace", "path depot"},
    "POST /admin/depots/": {"body name"},
    "PUT /admin/depots/{depot}": {"header X-Trace", "path depot"},
    "PATCH /admin/depots/{depot}": {"header X-Trace", "path depot"},
}


def test_every_route_once_with_its_handler():
    assert handlers(routes_of("routes/masonite", masonite)) == SERVED


def test_guards_cover_what_they_cover_and_nothing_else():
    found = routes_of("routes/masonite", masonite)
    assert {name: guards(route) for name, route in found.items() if route.guards} == GUARDED


def test_what_a_handler_takes_from_the_request():
    found = routes_of("routes/masonite", masonite)
    assert {name: parameters(found[name]) for name in READ} == READ
