"""nginx: locations of its servers, with authentication, access lists and limits in the order of their blocks."""

from __future__ import annotations

from tests.unit.codebase.resolvers.table import guards, handlers, routes_of

from threat_modeling.codebase.resolvers import nginx

SERVED = {
    "ANY /": "",
    "ANY /status": "",
    r"ANY /depots/\d+": "",
}
GUARDED = {
    "ANY /": {"authentication auth_basic route"},
    r"ANY /depots/\d+": {"authentication auth_basic route", "rate-limiting limit_req route"},
}


def test_every_route_once_with_its_handler():
    assert handlers(routes_of("routes/nginx", nginx)) == SERVED


def test_guards_cover_what_they_cover_and_nothing_else():
    found = routes_of("routes/nginx", nginx)
    assert {name: guards(route) for name, route in found.items() if route.guards} == GUARDED
