"""The servers of Node.js itself: the paths and methods that a request listener tells apart."""

from __future__ import annotations

from tests.unit.codebase.resolvers.table import handlers, parameters, routes_of

from threat_modeling.codebase.project import Project
from threat_modeling.codebase.resolvers import node_http

SERVED = {
    "GET /notes": "serve.mjs:5 listener",
    "GET /": "serve.mjs:5 listener",
    "DELETE /notes/{part0}": "serve.mjs:8 listener",
    "ANY /files/{path}": "serve.mjs:11 listener",
    "POST /notes": "serve.mjs:16 listener",
}
READ = {
    "GET /notes": {"header x-trace"},
    "GET /": {"header x-trace"},
    "ANY /files/{path}": {"path path", "query name"},
}


def test_every_route_once_with_its_handler():
    assert handlers(routes_of("routes/node_http", node_http)) == SERVED


def test_what_a_handler_takes_from_the_request():
    found = routes_of("routes/node_http", node_http)
    assert {name: parameters(found[name]) for name in READ} == READ


def test_listeners_of_a_server_and_lists_of_paths(tmp_path):
    source = """
const server = require('http').createServer()
server.on('request', (req, res) => { if (['/a', '/b'].includes(req.url)) res.end() })
"""
    (tmp_path / "app.js").write_text(source)
    assert [(r.method, r.path) for r in node_http.routes(Project(tmp_path))] == [("ANY", "/a"), ("ANY", "/b")]
