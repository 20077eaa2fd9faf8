"""Routes of Vert.x Web."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.unit.codebase.resolvers.jvm import routes_of
from tests.unit.codebase.resolvers.table import guards, handlers

from threat_modeling.codebase.resolvers import vertx

if TYPE_CHECKING:
    from pathlib import Path

APP = """package a;
import io.vertx.ext.web.Router;
class App {
  void start() {
    Router router = Router.router(vertx);
    router.route().handler(BodyHandler.create());
    router.route("/api/*").handler(JWTAuthHandler.create(provider));
    router.get("/open").handler(this::open);
    router.route("/api/items/:id").method(HttpMethod.PUT).handler(c -> c.end());
    router.route(HttpMethod.DELETE, "/api/items/:id").handler(this::open);
    router.route("/log/*").handler(c -> { log(c); c.next(); });
    router.route("/static/*").handler(StaticHandler.create());
    router.mountSubRouter("/sub", inner());
    pool.query("SELECT 1").execute();
  }
  Router inner() { Router inside = Router.router(vertx); inside.post("/deep").handler(this::open); return inside; }
  void open(RoutingContext c) { }
}
"""


def test_chains_mounts_and_handlers_before(tmp_path: Path):
    found = routes_of(tmp_path, vertx, APP)
    assert set(found) == {"GET /open", "PUT /api/items/{id}", "DELETE /api/items/{id}", "GET /static/*", "POST /sub/deep"}
    assert handlers(found)["GET /open"].endswith("App.open")
    assert guards(found["GET /open"]) == set()
    assert {guard.split()[0] for guard in guards(found["PUT /api/items/{id}"])} == {"authentication"}
