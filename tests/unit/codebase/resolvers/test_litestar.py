"""Litestar: layers of routers and controllers, their guards, what is registered nowhere."""

from __future__ import annotations

from tests.unit.codebase.resolvers.table import guards, handlers, parameters, routes_of

from threat_modeling.codebase.resolvers import litestar

SERVED = {
    "GET /api/notes": "app.py:20 Notes.listed",
    "POST /api/notes": "app.py:24 Notes.created",
    "DELETE /api/notes/{note}": "app.py:28 Notes.deleted",
    "DELETE /api/notes/{note}/drafts": "app.py:28 Notes.deleted",
    "GET /api/echo": "app.py:38 echo",
    "PUT /api/echo": "app.py:38 echo",
    "GET /health": "app.py:33 health",
    "GET /feed": "app.py:43 feed",
    "GET /static/{filename}": "",
}
GUARDED = {
    "GET /api/notes": {"authentication signed_in router"},
    "POST /api/notes": {"authentication signed_in router"},
    "DELETE /api/notes/{note}": {"authentication signed_in router"},
    "DELETE /api/notes/{note}/drafts": {"authentication signed_in router"},
    "GET /api/echo": {"authentication signed_in route"},
    "PUT /api/echo": {"authentication signed_in route"},
}
READ = {
    "GET /api/notes": {"query page"},
    "POST /api/notes": {"body title"},
}


def test_every_route_once_with_its_handler():
    assert handlers(routes_of("routes/litestar", litestar)) == SERVED


def test_guards_cover_what_they_cover_and_nothing_else():
    found = routes_of("routes/litestar", litestar)
    assert {name: guards(route) for name, route in found.items() if route.guards} == GUARDED


def test_what_a_handler_takes_from_the_request():
    found = routes_of("routes/litestar", litestar)
    assert {name: parameters(found[name]) for name in READ} == READ
