"""tRPC: procedures of nested routers, with their inputs and the middleware that they are built on, below the handler's endpoint."""

from __future__ import annotations

from tests.unit.codebase.resolvers.table import guards, handlers, parameters, routes_of

from threat_modeling.codebase.project import Project
from threat_modeling.codebase.resolvers import trpc

SERVED = {
    "GET /rpc/notes.one": "server/notes.ts:7 one",
    "POST /rpc/notes.make": "server/notes.ts:8 make",
    "POST /rpc/notes.admin.purge": "server/notes.ts:9 purge",
    "SUBSCRIBE /rpc/notes.feed": "server/notes.ts:10 feed",
    "GET /rpc/health": "server/root.ts:4 health",
}
GUARDED = {
    "GET /rpc/notes.one": {"input-validation input route"},
    "POST /rpc/notes.make": {"authentication signedIn route", "input-validation input route"},
    "POST /rpc/notes.admin.purge": {"authentication signedIn route", "authorization middleware route"},
}
READ = {
    "GET /rpc/notes.one": {"query id"},
    "POST /rpc/notes.make": {"body body", "body title"},
}


def test_every_route_once_with_its_handler():
    assert handlers(routes_of("routes/trpc", trpc)) == SERVED


def test_guards_cover_what_they_cover_and_nothing_else():
    found = routes_of("routes/trpc", trpc)
    assert {name: guards(route) for name, route in found.items() if route.guards} == GUARDED


def test_what_a_handler_takes_from_the_request():
    found = routes_of("routes/trpc", trpc)
    assert {name: parameters(found[name]) for name in READ} == READ


def test_merged_routers_are_roots_once(tmp_path):
    source = """
import { initTRPC } from '@trpc/server'
const t = initTRPC.create()
const inner = t.router({ a: t.procedure.query(() => 1) })
export const app = t.mergeRouters(t.router({ inner }), t.router({ b: t.procedure.mutation(() => 1) }))
"""
    (tmp_path / "app.ts").write_text(source)
    assert [(r.method, r.path) for r in trpc.routes(Project(tmp_path))] == [("GET", "/api/trpc/inner.a"), ("POST", "/api/trpc/b")]
