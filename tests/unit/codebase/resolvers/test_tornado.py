"""Tornado: tables that functions build, `prepare`, what only looks like a table."""

from __future__ import annotations

from tests.unit.codebase.resolvers.table import guards, handlers, parameters, routes_of

from threat_modeling.codebase.resolvers import tornado

SERVED = {
    "GET /depots/{depot}": "app.py:13 Depot.get",
    "PUT /depots/{depot}": "app.py:16 Depot.put",
    "GET /status": "app.py:24 Public.get",
    "POST /status": "app.py:27 Public.post",
    "GET /files/{value}": "",
    "GET /feed/{room}": "app.py:33 Feed.open",
}
GUARDED = {
    "GET /depots/{depot}": {"authentication prepare router"},
    "PUT /depots/{depot}": {"authentication prepare router"},
    "POST /status": {"authentication tornado.web.authenticated route"},
}
READ = {
    "GET /depots/{depot}": {"path depot", "query page"},
    "PUT /depots/{depot}": {"body name", "path depot"},
}


def test_every_route_once_with_its_handler():
    assert handlers(routes_of("routes/tornado", tornado)) == SERVED


def test_guards_cover_what_they_cover_and_nothing_else():
    found = routes_of("routes/tornado", tornado)
    assert {name: guards(route) for name, route in found.items() if route.guards} == GUARDED


def test_what_a_handler_takes_from_the_request():
    found = routes_of("routes/tornado", tornado)
    assert {name: parameters(found[name]) for name in READ} == READ
