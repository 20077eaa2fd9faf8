"""Routes of Javalin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.unit.codebase.resolvers.jvm import routes_of
from tests.unit.codebase.resolvers.table import guards, handlers, parameters

from threat_modeling.codebase.resolvers import javalin

if TYPE_CHECKING:
    from pathlib import Path

APP = """package a;
import io.javalin.Javalin;
import static io.javalin.apibuilder.ApiBuilder.*;
class App {
  static final String API = "/api";
  public static void main(String[] args) {
    Javalin app = Javalin.create(config -> { config.router.contextPath = "/ctx"; config.staticFiles.add("/public"); });
    app.before("/api/admin/*", ctx -> { if (ctx.header("Authorization") == null) throw new UnauthorizedResponse(); });
    app.get("/hello", ctx -> ctx.result(ctx.queryParam("name")));
    app.routes(() -> path(API, () -> {
      post("/items", App::add, Role.USER);
      path("/admin", () -> get(ctx -> ctx.result("x")));
      crud("/teams/{team}", new Teams());
    }));
    app.ws("/live/{room}", ws -> { });
    register(app, "/more");
    cache.get("/none");
  }
  static void add(Context ctx) { ctx.formParam("name"); }
  static void register(Javalin app, String base) { app.delete(base + "/{id}", ctx -> { }); }
}
"""
TEAMS = "package a;\nclass Teams implements CrudHandler { public void getAll(Context c) { } public void getOne(Context c, String i) { } }\n"


def test_verbs_nested_paths_crud_files_and_guards(tmp_path: Path):
    found = routes_of(tmp_path, javalin, APP, TEAMS)
    crud = {"GET /ctx/api/teams", "POST /ctx/api/teams", *(f"{verb} /ctx/api/teams/{{team}}" for verb in ("GET", "PATCH", "DELETE"))}
    plain = {"GET /ctx/hello", "POST /ctx/api/items", "GET /ctx/api/admin", "GET /ctx/live/{room}", "DELETE /ctx/more/{id}", "GET /ctx/**"}
    assert set(found) == plain | crud
    assert parameters(found["GET /ctx/hello"]) == {"query name"}
    assert handlers(found)["POST /ctx/api/items"] == "src/main/java/App.java:19 App.add"
    assert handlers(found)["GET /ctx/api/teams"].endswith("Teams.getAll")
    assert guards(found["POST /ctx/api/items"]) == {"authentication Role.USER route", "authorization Role.USER route"}
    assert guards(found["GET /ctx/api/admin"]) == {"authentication before router"}
