"""Bottle: the default application, a mounted one, paths from names, hooks."""

from __future__ import annotations

from tests.unit.codebase.resolvers.table import guards, handlers, parameters, routes_of

from threat_modeling.codebase.resolvers import bottle

SERVED = {
    "GET /shelves": "app.py:16 shelves",
    "GET /shelves/{shelf}": "app.py:16 shelves",
    "GET /stock/{item}": "app.py:22 stock",
    "POST /lend": "app.py:27 lend",
    "POST /borrow": "app.py:27 lend",
    "GET /api/files/{path}": "app.py:32 file",
    "DELETE /api/files/{path}": "app.py:32 file",
    "GET /api/status": "app.py:38 status",
}
GUARDED = {
    "GET /shelves": {"authentication tokens application"},
    "GET /shelves/{shelf}": {"authentication tokens application"},
    "GET /stock/{item}": {"authentication tokens application"},
    "POST /lend": {"authentication tokens application"},
    "POST /borrow": {"authentication tokens application"},
    "GET /api/files/{path}": {"authentication auth_basic route", "authentication tokens application"},
    "DELETE /api/files/{path}": {"authentication auth_basic route", "authentication tokens application"},
    "GET /api/status": {"authentication tokens application"},
}
READ = {
    "GET /shelves": {"query page"},
    "GET /shelves/{shelf}": {"path shelf", "query page"},
    "POST /lend": {"body reader"},
    "POST /borrow": {"body reader"},
}


def test_every_route_once_with_its_handler():
    assert handlers(routes_of("routes/bottle", bottle)) == SERVED


def test_guards_cover_what_they_cover_and_nothing_else():
    found = routes_of("routes/bottle", bottle)
    assert {name: guards(route) for name, route in found.items() if route.guards} == GUARDED


def test_what_a_handler_takes_from_the_request():
    found = routes_of("routes/bottle", bottle)
    assert {name: parameters(found[name]) for name in READ} == READ
