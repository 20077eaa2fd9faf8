"""Gotham: routes one after the other, scopes, associations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.unit.codebase.resolvers.table import handlers, written

from threat_modeling.codebase.resolvers import gotham

if TYPE_CHECKING:
    from pathlib import Path

FILES = {
    "src/main.rs": """
use gotham::router::{build_simple_router, Router};
fn router() -> Router {
    build_simple_router(|route| {
        route.get("/").to(index);
        route.scope("/api", |route| {
            route.associate("/x/:id", |assoc| { assoc.get().to(index); assoc.delete().to(index); });
        });
    })
}
fn index() {}
""",
}


def test_routes(tmp_path: Path):
    assert handlers(written(tmp_path, gotham, FILES)) == {
        f"{name}": "src/main.rs:11 index" for name in ("GET /", "GET /api/x/{id}", "DELETE /api/x/{id}")
    }
