"""Remix and React Router: route modules by their file names, and the tables of routes.ts; loaders read, actions write."""

from __future__ import annotations

from tests.unit.codebase.resolvers.table import handlers, parameters, routes_of

from threat_modeling.codebase.resolvers import remix

SERVED = {
    "GET /about": "app/pages/about.tsx:1 loader",
    "GET /admin": "app/pages/admin.tsx:1 loader",
    "GET /admin/users/{user}": "app/pages/user.tsx:1 loader",
    "GET /": "app/routes/_index.tsx:1 Home",
    "GET /notes/{note}/edit": "app/routes/_shell.notes.$note_.edit.tsx:1 loader",
    "POST /notes/{note}/edit": "app/routes/_shell.notes.$note_.edit.tsx:5 action",
    "PUT /notes/{note}/edit": "app/routes/_shell.notes.$note_.edit.tsx:5 action",
    "PATCH /notes/{note}/edit": "app/routes/_shell.notes.$note_.edit.tsx:5 action",
    "DELETE /notes/{note}/edit": "app/routes/_shell.notes.$note_.edit.tsx:5 action",
    "GET /feed.xml": "app/routes/feed[.]xml.ts:1 loader",
    "GET /files/{splat}": "app/routes/files.$.ts:1 loader",
}
READ = {
    "GET /notes/{note}/edit": {"header x-trace", "path note"},
    "POST /notes/{note}/edit": {"body title", "path note"},
    "PUT /notes/{note}/edit": {"body title", "path note"},
    "PATCH /notes/{note}/edit": {"body title", "path note"},
    "DELETE /notes/{note}/edit": {"body title", "path note"},
}


def test_every_route_once_with_its_handler():
    assert handlers(routes_of("routes/remix", remix)) == SERVED


def test_what_a_handler_takes_from_the_request():
    found = routes_of("routes/remix", remix)
    assert {name: parameters(found[name]) for name in READ} == READ
