"""Routes of Armeria."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.unit.codebase.resolvers.jvm import routes_of

from threat_modeling.codebase.resolvers import armeria

if TYPE_CHECKING:
    from pathlib import Path

IMPORT = "package a;\nimport com.linecorp.armeria.server.*;\n"


def test_annotated_services_and_the_builder(tmp_path: Path):
    found = routes_of(
        tmp_path,
        armeria,
        IMPORT
        + """class App { Server server() { return Server.builder().annotatedService("/api", new Items()).service("/health", (c, r) -> ok())
  .serviceUnder("/docs", new DocService()).route().get("/built/{id}").build((c, r) -> ok()).build(); } }""",
        IMPORT + '@PathPrefix("/items") class Items {'
        ' @Get("/{id}") HttpResponse one(@Param String id) { return null; } @Post("prefix:/all") HttpResponse all() { return null; } }',
    )
    assert set(found) == {"GET /api/items/{id}", "POST /api/items/all/*", "ANY /health", "ANY /docs/*", "GET /built/{id}"}
