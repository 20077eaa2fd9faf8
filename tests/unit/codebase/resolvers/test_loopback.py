"""LoopBack 4: decorated methods of controllers, controllers that it derives from models, authentication and authorization."""

from __future__ import annotations

from tests.unit.codebase.resolvers.table import guards, handlers, parameters, routes_of

from threat_modeling.codebase.project import Project
from threat_modeling.codebase.resolvers import loopback

SERVED = {
    "GET /v1/notes/{id}": "src/notes.controller.ts:8 NotesController.one",
    "POST /v1/notes": "src/notes.controller.ts:14 NotesController.made",
    "DELETE /v1/notes/{id}": "src/notes.controller.ts:19 NotesController.removed",
    "HEAD /v1/notes/count": "src/notes.controller.ts:23 NotesController.count",
    "POST /v1/tags": "src/tags.ts:3 CrudRest",
    "GET /v1/tags": "src/tags.ts:3 CrudRest",
    "PATCH /v1/tags": "src/tags.ts:3 CrudRest",
    "GET /v1/tags/count": "src/tags.ts:3 CrudRest",
    "GET /v1/tags/{id}": "src/tags.ts:3 CrudRest",
    "PUT /v1/tags/{id}": "src/tags.ts:3 CrudRest",
    "PATCH /v1/tags/{id}": "src/tags.ts:3 CrudRest",
    "DELETE /v1/tags/{id}": "src/tags.ts:3 CrudRest",
}
GUARDED = {
    "POST /v1/notes": {"authentication authenticate router"},
    "DELETE /v1/notes/{id}": {"authentication authenticate router", "authorization authorize route"},
    "HEAD /v1/notes/count": {"authentication authenticate router"},
}
READ = {
    "GET /v1/notes/{id}": {"path id", "query fields"},
    "POST /v1/notes": {"body note"},
    "DELETE /v1/notes/{id}": {"header X-Reason", "path id"},
}


def test_every_route_once_with_its_handler():
    assert handlers(routes_of("routes/loopback", loopback)) == SERVED


def test_guards_cover_what_they_cover_and_nothing_else():
    found = routes_of("routes/loopback", loopback)
    assert {name: guards(route) for name, route in found.items() if route.guards} == GUARDED


def test_what_a_handler_takes_from_the_request():
    found = routes_of("routes/loopback", loopback)
    assert {name: parameters(found[name]) for name in READ} == READ


def test_paths_by_name_and_in_templates(tmp_path):
    source = """
import { get } from '@loopback/rest'
const BASE = '/base'
export class C { @get(`${BASE}/x`) x() {} @get(BASE) all() {} }
"""
    (tmp_path / "c.ts").write_text(source)
    assert [r.path for r in loopback.routes(Project(tmp_path))] == ["/base/x", "/base"]
