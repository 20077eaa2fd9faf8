"""Routes of Restify."""

from __future__ import annotations

from typing import TYPE_CHECKING

from threat_modeling.codebase.project import Project
from threat_modeling.codebase.resolvers import restify

if TYPE_CHECKING:
    from pathlib import Path

APP = """
const restify = require('restify')
const server = restify.createServer()
server.get({ path: '/things/:id', name: 'thing' }, (req, res, next) => { res.send(req.params.id); next() })
server.del('/things/:id', (req, res, next) => { res.send(204); next() })
"""


def test_a_path_may_stand_among_options(tmp_path: Path):
    (tmp_path / "app.js").write_text(APP)
    assert [f"{route.method} {route.path}" for route in restify.routes(Project(tmp_path))] == ["DELETE /things/{id}", "GET /things/{id}"]


def test_routers_of_restify_router_stand_where_they_are_applied(tmp_path):
    source = """
const restify = require('restify'); const { Router } = require('restify-router')
const server = restify.createServer(); const inner = new Router(); const outer = new Router()
inner.get('/x', (req, res) => res.send()); outer.add('/in', inner); outer.applyRoutes(server, '/out')
"""
    (tmp_path / "app.js").write_text(source)
    assert [(r.method, r.path) for r in restify.routes(Project(tmp_path))] == [("GET", "/out/in/x")]
