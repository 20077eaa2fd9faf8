"""Routes of Koa: prefixes, names, nested routers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from threat_modeling.codebase.project import Project
from threat_modeling.codebase.resolvers import koa

if TYPE_CHECKING:
    from pathlib import Path

APP = """
const Koa = require('koa')
const Router = require('@koa/router')
const mount = require('koa-mount')
const jwt = require('koa-jwt')
const app = new Koa()
const outer = new Router({ prefix: '/api' })
const inner = new Router()
inner.get('item', '/items/:id', async (ctx) => { ctx.body = { id: ctx.params.id, q: ctx.query.q, a: ctx.get('X-A'), c: ctx.cookies.get('sid') } })
inner.post('/items', jwt({ secret: 's' }), async (ctx) => { ctx.body = ctx.request.body.name })
outer.use('/v1', inner.routes(), inner.allowedMethods())
app.use(outer.routes())
const status = new Koa()
status.use(new Router().get('/now', (ctx) => {}).routes())
app.use(mount('/status', status))
"""


def test_prefixes_of_routers_and_mounts_add_up(tmp_path: Path):
    (tmp_path / "app.js").write_text(APP)
    routes = {f"{route.method} {route.path}": route for route in koa.routes(Project(tmp_path))}
    assert set(routes) == {"GET /api/v1/items/{id}", "POST /api/v1/items", "GET /status/now"}
    assert [guard.category.value for guard in routes["POST /api/v1/items"].guards] == ["authentication"]
    item = {(parameter.source, parameter.name) for parameter in routes["GET /api/v1/items/{id}"].parameters}
    assert item == {("path", "id"), ("query", "q"), ("header", "X-A"), ("cookie", "sid")}


def test_registered_and_redirected_paths(tmp_path):
    source = "const r = new (require('koa-router'))()\nr.register('/x', ['get', 'post'], (ctx) => {})\nr.redirect('/old', '/new')\n"
    (tmp_path / "app.js").write_text(source)
    assert sorted((r.method, r.path) for r in koa.routes(Project(tmp_path))) == [("ANY", "/old"), ("GET", "/x"), ("POST", "/x")]
