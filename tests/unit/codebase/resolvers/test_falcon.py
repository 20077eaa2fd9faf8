"""Falcon: responders by suffix, sinks, hooks and middleware."""

from __future__ import annotations

from tests.unit.codebase.resolvers.table import guards, handlers, parameters, routes_of

from threat_modeling.codebase.resolvers import falcon

SERVED = {
    "GET /tickets": "app.py:8 Tickets.on_get",
    "POST /tickets": "app.py:11 Tickets.on_post",
    "GET /tickets/{ticket}": "app.py:15 Tickets.on_get_one",
    "ANY /rest/{path}": "app.py:24 everything_else",
    "GET /public/{filename}": "",
    "GET /live": "app.py:20 Live.on_websocket",
}
GUARDED = {
    "GET /tickets": {"authentication process_request application"},
    "POST /tickets": {"authentication process_request application"},
    "GET /tickets/{ticket}": {"authentication process_request application"},
    "ANY /rest/{path}": {"authentication process_request application"},
    "GET /public/{filename}": {"authentication process_request application"},
}
READ = {
    "GET /tickets": {"query page"},
    "POST /tickets": {"body title"},
}


def test_every_route_once_with_its_handler():
    assert handlers(routes_of("routes/falcon", falcon)) == SERVED


def test_guards_cover_what_they_cover_and_nothing_else():
    found = routes_of("routes/falcon", falcon)
    assert {name: guards(route) for name, route in found.items() if route.guards} == GUARDED


def test_what_a_handler_takes_from_the_request():
    found = routes_of("routes/falcon", falcon)
    assert {name: parameters(found[name]) for name in READ} == READ
