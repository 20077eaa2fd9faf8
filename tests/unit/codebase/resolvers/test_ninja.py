"""Django Ninja: APIs in Django's URL tables, their routers and operations, authentication by API, router and operation."""

from __future__ import annotations

from tests.unit.codebase.resolvers.table import guards, handlers, parameters, routes_of

from threat_modeling.codebase.resolvers import ninja

SERVED = {
    "GET /v1/api/health": "shop/api.py:15 health",
    "PUT /v1/api/depots/{depot}": "shop/api.py:20 changed",
    "POST /v1/api/orders/{order}": "shop/orders.py:6 changed",
    "PATCH /v1/api/orders/{order}": "shop/orders.py:6 changed",
}
GUARDED = {
    "PUT /v1/api/depots/{depot}": {"authentication ninja.security.django_auth application"},
    "POST /v1/api/orders/{order}": {"authentication ninja.security.django_auth application"},
    "PATCH /v1/api/orders/{order}": {"authentication ninja.security.django_auth application"},
}
READ = {
    "GET /v1/api/health": {"query verbose"},
    "PUT /v1/api/depots/{depot}": {"body name", "path depot"},
}


def test_every_route_once_with_its_handler():
    assert handlers(routes_of("routes/ninja", ninja)) == SERVED


def test_guards_cover_what_they_cover_and_nothing_else():
    found = routes_of("routes/ninja", ninja)
    assert {name: guards(route) for name, route in found.items() if route.guards} == GUARDED


def test_what_a_handler_takes_from_the_request():
    found = routes_of("routes/ninja", ninja)
    assert {name: parameters(found[name]) for name in READ} == READ
