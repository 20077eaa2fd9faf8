"""Kong: routes of declarative configurations and of its Kubernetes resources, with the plugins that guard them."""

from __future__ import annotations

from tests.unit.codebase.resolvers.table import guards, handlers, routes_of

from threat_modeling.codebase.resolvers import kong

SERVED = {
    "GET /parcels": "",
    r"GET /depots/\d+": "",
    "ANY /open": "",
}
GUARDED = {
    "GET /parcels": {"authentication key-auth route", "rate-limiting rate-limiting application"},
    r"GET /depots/\d+": {"authentication key-auth route", "rate-limiting rate-limiting application"},
    "ANY /open": {"rate-limiting rate-limiting application"},
}


def test_every_route_once_with_its_handler():
    assert handlers(routes_of("routes/kong", kong)) == SERVED


def test_guards_cover_what_they_cover_and_nothing_else():
    found = routes_of("routes/kong", kong)
    assert {name: guards(route) for name, route in found.items() if route.guards} == GUARDED
