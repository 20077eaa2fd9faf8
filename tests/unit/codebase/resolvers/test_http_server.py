"""http.server: the paths that a handler tells apart."""

from __future__ import annotations

from tests.unit.codebase.resolvers.table import handlers, routes_of

from threat_modeling.codebase.resolvers import http_server

SERVED = {
    "GET /books": "serve.py:6 Desk.do_GET",
    "GET /health": "serve.py:6 Desk.do_GET",
    "GET /status": "serve.py:6 Desk.do_GET",
    "GET /books/{path}": "serve.py:6 Desk.do_GET",
    "POST /{path}": "serve.py:17 Desk.do_POST",
    "DELETE /{path}": "serve.py:21 Desk.do_DELETE",
}


def test_every_route_once_with_its_handler():
    assert handlers(routes_of("routes/http_server", http_server)) == SERVED
