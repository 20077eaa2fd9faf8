"""Routes of Helidon SE."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.unit.codebase.resolvers.jvm import routes_of

from threat_modeling.codebase.resolvers import helidon

if TYPE_CHECKING:
    from pathlib import Path

IMPORT = "package a;\nimport io.helidon.webserver.http.*;\n"


def test_rules_and_registered_services(tmp_path: Path):
    found = routes_of(
        tmp_path,
        helidon,
        IMPORT + "class App { static void routing(HttpRouting.Builder routing) {"
        ' routing.get("/a", (q, s) -> s.send("a")).register("/greet", new Greet()).any("/b", App::b); } }',
        IMPORT + "class Greet implements HttpService { public void routing(HttpRules rules) {"
        ' rules.get("/", this::all).put("/{name}", this::one); } void all(ServerRequest q) { } }',
    )
    assert set(found) == {"GET /a", "GET /greet", "PUT /greet/{name}", "ANY /b"}
