"""Routes of http4k."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.unit.codebase.resolvers.jvm import routes_of
from tests.unit.codebase.resolvers.table import guards, parameters

from threat_modeling.codebase.resolvers import http4k

if TYPE_CHECKING:
    from pathlib import Path

APP = """package a
import org.http4k.core.Method.GET
import org.http4k.core.Method.POST
import org.http4k.routing.bind

val inner = routes("/deep" bind GET to { r: Request -> Response(OK) })

val app = routes(
    "/hello/{name}" bind GET to { r: Request -> Response(OK).body(r.query("q")) },
    "/api" bind routes("/items" bind POST to ::add, inner),
    "/widgets" bind routes(GET to { r: Request -> Response(OK) }),
    ServerFilters.BearerAuth("x").then(routes("/secret" bind GET to { r: Request -> Response(OK) })),
    "/files" bind static(Classpath())
)

fun add(r: Request) = Response(OK).body(r.form("name"))
"""


def test_bindings_nested_routes_and_filters(tmp_path: Path):
    found = routes_of(tmp_path, http4k, APP)
    assert set(found) == {"GET /hello/{name}", "POST /api/items", "GET /api/deep", "GET /widgets", "GET /secret", "GET /files/*"}
    assert parameters(found["GET /hello/{name}"]) == {"path name", "query q"}
    assert parameters(found["POST /api/items"]) == {"body name"}
    assert guards(found["GET /secret"]) == {"authentication BearerAuth router"}
