"""Controllers of Micronaut: paths, inherited verbs, security."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.unit.codebase.resolvers.jvm import routes_of
from tests.unit.codebase.resolvers.table import guards, parameters

from threat_modeling.codebase.resolvers import micronaut

if TYPE_CHECKING:
    from pathlib import Path

IMPORT = "package a;\nimport io.micronaut.http.annotation.*;\n"


def test_controllers_sockets_and_security(tmp_path: Path):
    found = routes_of(
        tmp_path,
        micronaut,
        IMPORT
        + """@Controller("/items") @Secured("ROLE_USER") class Items implements Api {
  @Get("/{id}{?max,offset}") String one(@PathVariable String id, @QueryValue("max") int max) { return id; }
  @Post(uris = {"/a", "/b"}) @Secured(SecurityRule.IS_ANONYMOUS) void add(@Body Item item) { }
  @Delete @Secured(SecurityRule.IS_AUTHENTICATED) void gone() { }
  public String listed() { return ""; }
}""",
        IMPORT + 'interface Api { @Get("/listed") String listed(); }',
        IMPORT + '@ServerWebSocket("/chat/{room}") class Chat { @OnMessage void got(String m) { } }',
        src__main__resources__application_dot_yml="micronaut:\n  server:\n    context-path: /ctx\n",
    )
    assert set(found) == {
        "GET /ctx/items/{id}",
        "POST /ctx/items/a",
        "POST /ctx/items/b",
        "DELETE /ctx/items",
        "GET /ctx/items/listed",
        "GET /ctx/chat/{room}",
    }
    assert parameters(found["GET /ctx/items/{id}"]) == {"path id", "query max"}
    assert guards(found["POST /ctx/items/a"]) == set()
    assert guards(found["DELETE /ctx/items"]) == {"authentication @Secured route"}
    assert guards(found["GET /ctx/items/listed"]) == {"authentication @Secured router", "authorization @Secured router"}
