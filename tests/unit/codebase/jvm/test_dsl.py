"""What hostile code that registers routes costs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from threat_modeling.codebase.project import Project
from threat_modeling.codebase.resolvers import javalin, ktor, vertx

if TYPE_CHECKING:
    from pathlib import Path


def test_nesting_and_circles_come_to_an_end(tmp_path: Path):
    nested = 'path("/a", () -> {\n' * 400 + 'get("/x", c -> {});' + "\n});" * 400
    circle = 'void a(Javalin app) { b(app); app.get("/a", c -> {}); } void b(Javalin app) { a(app); b(app); app.get("/b", c -> {}); }'
    (tmp_path / "A.java").write_text(
        f"import io.javalin.Javalin;\nclass A {{ void m(Javalin app) {{ {nested} }} {circle} void n(Javalin app) {{ a(app); }} }}\n"
    )
    found = {route.path for route in javalin.routes(Project(tmp_path))}
    assert {"/a", "/b"} <= found
    deep = 'route("/a") {\n' * 300 + 'get("/x") { }' + "\n}" * 300
    (tmp_path / "B.kt").write_text(f"import io.ktor.server.routing.*\nfun Application.m() {{ routing {{ {deep} }} }}\n")
    assert list(ktor.routes(Project(tmp_path))) is not None
    mounts = 'a.mountSubRouter("/b", b); b.mountSubRouter("/a", a);'
    (tmp_path / "C.java").write_text(
        "import io.vertx.ext.web.Router;\nclass C { void m() { Router a = Router.router(v); Router b = Router.router(v); "
        f'{mounts} b.get("/x").handler(c -> c.end()); }} }}\n'
    )
    assert len(list(vertx.routes(Project(tmp_path)))) < 100
