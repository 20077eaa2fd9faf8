"""Routes files of Play."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.unit.codebase.resolvers.jvm import routes_of
from tests.unit.codebase.resolvers.table import guards, handlers, parameters

from threat_modeling.codebase.resolvers import play

if TYPE_CHECKING:
    from pathlib import Path

ROUTES = """# GET /commented controllers.Items.one
GET     /items/:id                controllers.Items.one(id: Long, page: Int ?= 0)
POST    /items                    controllers.Items.add()
GET     /files/*file              controllers.Assets.at(path="/public", file)
GET     /n/$number<[0-9]+>        controllers.Items.one(number: Long)
->      /admin                    admin.Routes
"""


def test_lines_includes_and_actions(tmp_path: Path):
    found = routes_of(
        tmp_path,
        play,
        conf__routes=ROUTES,
        conf__admin_dot_routes="GET  /users  controllers.Items.add()\n",
        conf__application_dot_conf='play.http.context = "/ctx"\n',
        app__controllers__Items_dot_java="package controllers;\nclass Items extends Controller {\n  public Result one(Long id) { return ok(); }\n"
        "  @Security.Authenticated(Secured.class)\n  public Result add() { return ok(); }\n}\n",
    )
    assert set(found) == {"GET /ctx/items/{id}", "POST /ctx/items", "GET /ctx/files/{file}", "GET /ctx/n/{number}", "GET /ctx/admin/users"}
    assert handlers(found)["GET /ctx/items/{id}"] == "app/controllers/Items.java:3 Items.one"
    assert parameters(found["GET /ctx/items/{id}"]) == {"path id", "query page"}
    assert guards(found["POST /ctx/items"]) == {"authentication @Authenticated route"}
