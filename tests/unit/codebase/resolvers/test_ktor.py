"""Routes of Ktor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.unit.codebase.resolvers.jvm import routes_of
from tests.unit.codebase.resolvers.table import guards

from threat_modeling.codebase.resolvers import ktor

if TYPE_CHECKING:
    from pathlib import Path

APP = """package a
import io.ktor.server.routing.*

fun Application.module() {
    routing {
        get("/open") { call.respondText("x") }
        items()
        authenticate("jwt") {
            route("/admin") {
                post { call.respond(1) }
                delete("/{id}") { }
                route("/method", HttpMethod.Put) { handle { } }
            }
        }
        authenticate("maybe", optional = true) { get("/maybe") { } }
        webSocket("/live") { }
        staticResources("/files", "static")
        get<Articles.Id> { article -> call.respond(article.id) }
    }
}
"""
ITEMS = """package a
import io.ktor.server.routing.*

fun Route.items() {
    route("/items") {
        get("/{id}") { call.respond(call.parameters["id"]) }
    }
}
"""
ARTICLES = "package a\nimport io.ktor.resources.*\n"
ARTICLES += '@Resource("/articles")\nclass Articles {\n    @Resource("{id}")\n    class Id(val parent: Articles, val id: Long)\n}\n'


def test_nested_routes_extensions_blocks_and_typed_resources(tmp_path: Path):
    found = routes_of(tmp_path, ktor, APP, ITEMS, ARTICLES)
    admin = {"POST /admin", "DELETE /admin/{id}", "PUT /admin/method"}
    assert set(found) == admin | {"GET /open", "GET /items/{id}", "GET /maybe", "GET /live", "GET /files/*", "GET /articles/{id}"}
    assert {name for name, route in found.items() if guards(route)} == admin
    assert guards(found["POST /admin"]) == {"authentication authenticate router"}
    assert found["GET /live"].type == "websocket"
