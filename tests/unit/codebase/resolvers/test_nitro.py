"""Nitro and Nuxt: event handlers under server/api, server/routes, api and routes, with server middleware."""

from __future__ import annotations

from tests.unit.codebase.resolvers.table import guards, handlers, parameters, routes_of

from threat_modeling.codebase.project import Project
from threat_modeling.codebase.resolvers import nitro

SERVED = {
    "PUT /api/notes/{id}": "site/server/api/notes/[id].put.ts:1 default",
    "ANY /api/notes": "site/server/api/notes/index.ts:1 listed",
    "GET /feed.xml": "site/server/routes/feed.xml.get.ts:1 default",
    "ANY /edge/hello": "worker/routes/hello.ts:1 default",
}
GUARDED = {
    "PUT /api/notes/{id}": {"authentication token application"},
    "ANY /api/notes": {"authentication token application"},
    "GET /feed.xml": {"authentication token application"},
}
READ = {
    "PUT /api/notes/{id}": {"body title", "path id"},
    "ANY /api/notes": {"query page"},
}


def test_every_route_once_with_its_handler():
    assert handlers(routes_of("routes/nitro", nitro)) == SERVED


def test_guards_cover_what_they_cover_and_nothing_else():
    found = routes_of("routes/nitro", nitro)
    assert {name: guards(route) for name, route in found.items() if route.guards} == GUARDED


def test_what_a_handler_takes_from_the_request():
    found = routes_of("routes/nitro", nitro)
    assert {name: parameters(found[name]) for name in READ} == READ


def test_layers_are_served_too(tmp_path):
    (tmp_path / "layers/base/server/api").mkdir(parents=True)
    (tmp_path / "nuxt.config.ts").write_text("export default {}")
    (tmp_path / "layers/base/server/api/x.ts").write_text("export default defineEventHandler(() => 1)")
    assert [(r.method, r.path) for r in nitro.routes(Project(tmp_path))] == [("ANY", "/api/x")]
