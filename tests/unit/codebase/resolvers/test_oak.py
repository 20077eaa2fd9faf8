"""Oak: the routers of Deno, imported by name, by URL or from JSR."""

from __future__ import annotations

from tests.unit.codebase.resolvers.table import guards, handlers, parameters, routes_of

from threat_modeling.codebase.resolvers import oak

SERVED = {
    "DELETE /api/admin/notes/{note}": "admin.ts:11 ",
    "GET /api/notes/{note}": "main.ts:5 ",
}
GUARDED = {
    "DELETE /api/admin/notes/{note}": {"authentication middleware router"},
}
READ = {
    "GET /api/notes/{note}": {"header x-trace", "path note"},
}


def test_every_route_once_with_its_handler():
    assert handlers(routes_of("routes/oak", oak)) == SERVED


def test_guards_cover_what_they_cover_and_nothing_else():
    found = routes_of("routes/oak", oak)
    assert {name: guards(route) for name, route in found.items() if route.guards} == GUARDED


def test_what_a_handler_takes_from_the_request():
    found = routes_of("routes/oak", oak)
    assert {name: parameters(found[name]) for name in READ} == READ
