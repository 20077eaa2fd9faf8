"""Routes of Hono: chains, mounts, base paths."""

from __future__ import annotations

from typing import TYPE_CHECKING

from threat_modeling.codebase.project import Project
from threat_modeling.codebase.resolvers import hono

if TYPE_CHECKING:
    from pathlib import Path

APP = """
import { Hono } from 'hono'
import { jwt } from 'hono/jwt'
const users = new Hono()
  .get('/', (c) => c.json(c.req.query('page')))
  .on(['PUT', 'PATCH'], '/:id', async (c) => { const { name } = await c.req.json(); return c.json(name) })
const app = new Hono().basePath('/api')
app.use('/admin/*', jwt({ secret: 's' }))
app.get('/admin/stats', (c) => c.text('1'))
app.route('/users', users)
export default app
"""


def test_chains_mounts_and_base_paths(tmp_path: Path):
    (tmp_path / "app.ts").write_text(APP)
    routes = {f"{route.method} {route.path}": route for route in hono.routes(Project(tmp_path))}
    assert set(routes) == {"GET /api/users", "PUT /api/users/{id}", "PATCH /api/users/{id}", "GET /api/admin/stats"}
    assert [guard.category.value for guard in routes["GET /api/admin/stats"].guards] == ["authentication"]
    assert routes["GET /api/users"].guards == ()
    assert {(p.source, p.name) for p in routes["PUT /api/users/{id}"].parameters} == {("path", "id"), ("body", "name")}
