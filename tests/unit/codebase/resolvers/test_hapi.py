"""hapi: `route({...})` and lists of it, plugins with prefixes, authentication by strategy and by default, extension points."""

from __future__ import annotations

from tests.unit.codebase.resolvers.table import guards, handlers, parameters, routes_of

from threat_modeling.codebase.resolvers import hapi

SERVED = {
    "GET /early": "server.js:6 handler",
    "PATCH /files/{name}": "server.js:10 handler",
    "PUT /files/{name}": "server.js:10 handler",
    "GET /notes/{note}": "notes.js:8 handler",
    "ANY /open": "server.js:11 handler",
    "DELETE /users/{user}": "server.js:12 handler",
}
GUARDED = {
    "PATCH /files/{name}": {"authentication @hapi/auth.jwt route"},
    "PUT /files/{name}": {"authentication @hapi/auth.jwt route"},
    "DELETE /users/{user}": {"authentication @hapi/auth.jwt route", "authorization @hapi/scope route", "input-validation @hapi/validate route"},
}
READ = {
    "PATCH /files/{name}": {"body text", "path name"},
    "PUT /files/{name}": {"body text", "path name"},
    "GET /notes/{note}": {"cookie session", "path note"},
    "ANY /open": {"query page"},
}


def test_every_route_once_with_its_handler():
    assert handlers(routes_of("routes/hapi", hapi)) == SERVED


def test_guards_cover_what_they_cover_and_nothing_else():
    found = routes_of("routes/hapi", hapi)
    assert {name: guards(route) for name, route in found.items() if route.guards} == GUARDED


def test_what_a_handler_takes_from_the_request():
    found = routes_of("routes/hapi", hapi)
    assert {name: parameters(found[name]) for name in READ} == READ
