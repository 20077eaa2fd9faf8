"""Routes of Spark."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.unit.codebase.resolvers.jvm import routes_of
from tests.unit.codebase.resolvers.table import guards, parameters

from threat_modeling.codebase.resolvers import spark

if TYPE_CHECKING:
    from pathlib import Path

APP = """import static spark.Spark.*;
class App {
  public static void main(String[] args) {
    staticFiles.location("/public");
    before("/api/*", (q, s) -> { if (q.session().attribute("user") == null) halt(401); });
    get("/hello/:name", (q, s) -> q.params(":name") + q.queryParams("a"));
    path("/api", () -> { post("/items", "application/json", (q, s) -> q.body()); webSocket("/live", Live.class); });
    redirect.get("/old", "/new");
    cache.get("/none", "a");
  }
}
"""


def test_verbs_paths_redirects_and_filters(tmp_path: Path):
    found = routes_of(tmp_path, spark, APP)
    assert set(found) == {"GET /hello/{name}", "POST /api/items", "GET /api/live", "GET /old", "GET /**"}
    assert parameters(found["GET /hello/{name}"]) == {"path name", "query a"}
    assert guards(found["POST /api/items"]) == {"authentication before router"}
    assert guards(found["GET /old"]) == set()
