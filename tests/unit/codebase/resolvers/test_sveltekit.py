"""SvelteKit: endpoints, form actions and pages under src/routes, with the server's hook."""

from __future__ import annotations

from tests.unit.codebase.resolvers.table import guards, handlers, parameters, routes_of

from threat_modeling.codebase.resolvers import sveltekit

SERVED = {
    "GET /app/orders/{order}": "src/routes/(shop)/orders/[order=int]/+server.ts:1 GET",
    "ANY /app/orders/{order}": "src/routes/(shop)/orders/[order=int]/+server.ts:5 fallback",
    "POST /app/notes": "src/routes/notes/+page.server.ts:2 add",
    "GET /app/notes": "src/routes/notes/+page.svelte:1 +page.svelte",
}
GUARDED = {
    "GET /app/orders/{order}": {"authentication handle application"},
    "ANY /app/orders/{order}": {"authentication handle application"},
    "POST /app/notes": {"authentication handle application"},
    "GET /app/notes": {"authentication handle application"},
}
READ = {
    "GET /app/orders/{order}": {"cookie session", "path order", "query page"},
    "POST /app/notes": {"body title"},
}


def test_every_route_once_with_its_handler():
    assert handlers(routes_of("routes/sveltekit", sveltekit)) == SERVED


def test_guards_cover_what_they_cover_and_nothing_else():
    found = routes_of("routes/sveltekit", sveltekit)
    assert {name: guards(route) for name, route in found.items() if route.guards} == GUARDED


def test_what_a_handler_takes_from_the_request():
    found = routes_of("routes/sveltekit", sveltekit)
    assert {name: parameters(found[name]) for name in READ} == READ
