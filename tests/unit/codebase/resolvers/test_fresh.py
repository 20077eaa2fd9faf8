"""Fresh: handlers and pages under routes/, with the middleware of the folders above them."""

from __future__ import annotations

from tests.unit.codebase.resolvers.table import guards, handlers, parameters, routes_of

from threat_modeling.codebase.project import Project
from threat_modeling.codebase.resolvers import fresh

SERVED = {
    "DELETE /staff/{user}": "routes/admin/[user].ts:2 DELETE",
    "POST /notes": "routes/notes.tsx:2 POST",
    "GET /notes": "routes/notes.tsx:8 Notes",
    "ANY /ping": "routes/ping.ts:1 handler",
}
GUARDED = {
    "DELETE /staff/{user}": {"authentication handler router"},
}
READ = {
    "POST /notes": {"body title"},
}


def test_every_route_once_with_its_handler():
    assert handlers(routes_of("routes/fresh", fresh)) == SERVED


def test_guards_cover_what_they_cover_and_nothing_else():
    found = routes_of("routes/fresh", fresh)
    assert {name: guards(route) for name, route in found.items() if route.guards} == GUARDED


def test_what_a_handler_takes_from_the_request():
    found = routes_of("routes/fresh", fresh)
    assert {name: parameters(found[name]) for name in READ} == READ


def test_an_application_that_is_programmed(tmp_path):
    (tmp_path / "main.ts").write_text("import { App } from 'fresh'\nexport const app = new App().get('/x/:id', (ctx) => new Response())\n")
    assert [(r.method, r.path) for r in fresh.routes(Project(tmp_path))] == [("GET", "/x/{id}")]
