"""aiohttp: tables, nested applications, class views and the middleware of one of them."""

from __future__ import annotations

from tests.unit.codebase.resolvers.table import guards, handlers, parameters, routes_of

from threat_modeling.codebase.resolvers import aiohttp

SERVED = {
    "GET /depots": "app.py:14 listed",
    "PUT /depots/{depot}": "app.py:19 changed",
    "GET /parcels/{number}": "views.py:7 Parcel.get",
    "DELETE /parcels/{number}": "views.py:10 Parcel.delete",
    "GET /files/{filename}": "",
    "POST /admin/reports": "views.py:14 report",
    "ANY /admin/echo": "views.py:19 echo",
}
GUARDED = {
    "POST /admin/reports": {"authentication tokens application"},
    "ANY /admin/echo": {"authentication tokens application"},
}
READ = {
    "GET /depots": {"query page"},
    "PUT /depots/{depot}": {"body name", "path depot"},
}


def test_every_route_once_with_its_handler():
    assert handlers(routes_of("routes/aiohttp", aiohttp)) == SERVED


def test_guards_cover_what_they_cover_and_nothing_else():
    found = routes_of("routes/aiohttp", aiohttp)
    assert {name: guards(route) for name, route in found.items() if route.guards} == GUARDED


def test_what_a_handler_takes_from_the_request():
    found = routes_of("routes/aiohttp", aiohttp)
    assert {name: parameters(found[name]) for name in READ} == READ
