"""Contexts of the JDK's HTTP server."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.unit.codebase.resolvers.jvm import routes_of
from tests.unit.codebase.resolvers.table import handlers

from threat_modeling.codebase.resolvers import httpserver

if TYPE_CHECKING:
    from pathlib import Path

APP = """import com.sun.net.httpserver.*;
class App {
  void start(HttpServer server) {
    server.createContext("/any", exchange -> exchange.close());
    server.createContext("/two", new Two());
    server.createContext("/cases", App::cases);
  }
  static class Two implements HttpHandler {
    public void handle(HttpExchange e) {
      if ("GET".equals(e.getRequestMethod())) { a(); } else if (e.getRequestMethod().equalsIgnoreCase("POST")) { b(); }
    }
  }
  static void cases(HttpExchange e) { switch (e.getRequestMethod()) { case "PUT": a(); break; case "DELETE": b(); break; default: c(); } }
}
"""


def test_contexts_with_the_methods_that_handlers_tell_apart(tmp_path: Path):
    found = routes_of(tmp_path, httpserver, APP)
    assert set(found) == {"ANY /any", "GET /two", "POST /two", "PUT /cases", "DELETE /cases"}
    assert handlers(found)["GET /two"].endswith("Two.handle")
