"""Azure Functions: HTTP triggers of `function.json`; the key that a function asks for is its authentication."""

from __future__ import annotations

from tests.unit.codebase.resolvers.table import guards, handlers, routes_of

from threat_modeling.codebase.resolvers import azure_functions

SERVED = {
    "GET /api/parcels/{number}": "Track/main.py:1 track",
    "POST /api/parcels/{number}": "Track/main.py:1 track",
}
GUARDED = {
    "GET /api/parcels/{number}": {"authentication authLevel function route"},
    "POST /api/parcels/{number}": {"authentication authLevel function route"},
}


def test_every_route_once_with_its_handler():
    assert handlers(routes_of("routes/azure_functions", azure_functions)) == SERVED


def test_guards_cover_what_they_cover_and_nothing_else():
    found = routes_of("routes/azure_functions", azure_functions)
    assert {name: guards(route) for name, route in found.items() if route.guards} == GUARDED
