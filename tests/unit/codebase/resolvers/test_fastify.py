"""Routes of Fastify: options, plugins, hooks, folders."""

from __future__ import annotations

from typing import TYPE_CHECKING

from threat_modeling.codebase.project import Project
from threat_modeling.codebase.resolvers import fastify

if TYPE_CHECKING:
    from pathlib import Path

    from threat_modeling.codebase.observations import Route


def found(root: Path, files: dict[str, str]) -> dict[str, Route]:
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)
    return {f"{route.method} {route.path}": route for route in fastify.routes(Project(root))}


def test_plugins_carry_prefixes_hooks_and_decorations(tmp_path: Path):
    routes = found(
        tmp_path,
        {
            "app.ts": """
import Fastify from 'fastify'
import fp from 'fastify-plugin'
const app = Fastify({ logger: true }).withTypeProvider()
app.decorate('check', async (request, reply) => { try { await request.jwtVerify() } catch (error) { reply.send(error) } })
app.register(import('./items'), { prefix: '/v1' })
app.register(fp(async (instance) => { instance.get('/shared', async () => 1) }), { prefix: '/unused' })
app.route({ method: ['GET', 'POST'], url: '/both/:id', preHandler: [app.check], handler: async (request) => request.body.name })
app.get('/open', { schema: {} }, (request, reply) => reply.send(request.query.page))
""",
            "items.ts": """
export default async function (instance) {
  instance.get('/before', async () => 1)
  instance.addHook('onRequest', instance.check)
  instance.delete('/items/:id', { handler: remove })
}
async function remove (request) { return request.params.id }
""",
        },
    )
    assert {name: [g.category.value for g in route.guards] for name, route in routes.items()} == {
        "GET /both/{id}": ["authentication"],
        "POST /both/{id}": ["authentication"],
        "GET /open": [],
        "GET /shared": [],
        "GET /v1/before": [],
        "DELETE /v1/items/{id}": ["authentication"],
    }
    assert routes["DELETE /v1/items/{id}"].handler.function == "remove"
    assert [(p.source, p.name) for p in routes["POST /both/{id}"].parameters] == [("path", "id"), ("body", "name")]


def test_a_folder_of_plugins(tmp_path: Path):
    routes = found(
        tmp_path,
        {
            "src/app.js": """
const path = require('path')
const autoload = require('@fastify/autoload')
const app = require('fastify')()
app.register(autoload, { dir: path.join(__dirname, 'routes'), options: { prefix: '/api' } })
""",
            "src/routes/root.js": "module.exports = async (app) => { app.get('/', async () => 1) }",
            "src/routes/users/_id/index.js": "module.exports = async (app) => { app.put('/name', async () => 1) }",
            "src/routes/late.js": "module.exports = async (app) => { app.get('/x', async () => 1) }\nmodule.exports.autoPrefix = '/own'",
        },
    )
    assert set(routes) == {"GET /api", "PUT /api/users/{id}/name", "GET /api/own/x"}
