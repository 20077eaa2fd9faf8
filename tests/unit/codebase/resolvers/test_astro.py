"""Astro: pages and endpoints under src/pages, actions, middleware."""

from __future__ import annotations

from tests.unit.codebase.resolvers.table import guards, handlers, parameters, routes_of

from threat_modeling.codebase.resolvers import astro

SERVED = {
    "GET /docs/api/{note}.json": "src/pages/api/[note].json.ts:1 GET",
    "ANY /docs/api/{note}.json": "src/pages/api/[note].json.ts:5 ALL",
    "GET /docs/blog/{slug}": "src/pages/blog/[...slug].astro:1 [...slug].astro",
    "GET /docs": "src/pages/index.astro:1 index.astro",
    "POST /docs/_actions/like": "src/actions/index.ts:4 handler",
    "POST /docs/_actions/mail.send": "src/actions/index.ts:5 handler",
}
GUARDED = {
    "GET /docs/api/{note}.json": {"authentication onRequest application"},
    "ANY /docs/api/{note}.json": {"authentication onRequest application"},
    "GET /docs/blog/{slug}": {"authentication onRequest application"},
    "GET /docs": {"authentication onRequest application"},
    "POST /docs/_actions/like": {"authentication onRequest application"},
    "POST /docs/_actions/mail.send": {"authentication onRequest application"},
}
READ = {
    "GET /docs/api/{note}.json": {"header x-trace", "path note"},
    "ANY /docs/api/{note}.json": {"body title", "path note"},
}


def test_every_route_once_with_its_handler():
    assert handlers(routes_of("routes/astro", astro)) == SERVED


def test_guards_cover_what_they_cover_and_nothing_else():
    found = routes_of("routes/astro", astro)
    assert {name: guards(route) for name, route in found.items() if route.guards} == GUARDED


def test_what_a_handler_takes_from_the_request():
    found = routes_of("routes/astro", astro)
    assert {name: parameters(found[name]) for name in READ} == READ
