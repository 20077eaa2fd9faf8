"""TanStack Router and Start: file routes by the path that they state, with their server handlers and loaders."""

from __future__ import annotations

from tests.unit.codebase.resolvers.table import handlers, routes_of

from threat_modeling.codebase.project import Project
from threat_modeling.codebase.resolvers import tanstack

SERVED = {
    "GET /health": "routes/health.ts:4 GET",
    "GET /notes/{note}": "routes/notes.$note.tsx:4 loader",
    "POST /api/notes/{splat}": "routes/notes.$note.tsx:9 POST",
}


def test_every_route_once_with_its_handler():
    assert handlers(routes_of("routes/tanstack", tanstack)) == SERVED


def test_a_tree_of_routes_in_code(tmp_path):
    source = """
import { createRoute, createRootRoute } from '@tanstack/react-router'
const root = createRootRoute()
const notes = createRoute({ getParentRoute: () => root, path: 'notes' })
const shell = createRoute({ getParentRoute: () => notes, id: 'shell' })
export const note = createRoute({ getParentRoute: () => shell, path: '$note' })
"""
    (tmp_path / "routes.tsx").write_text(source)
    assert [r.path for r in tanstack.routes(Project(tmp_path))] == ["/notes", "/notes/{note}"]
