"""tide: routes at paths, nested applications."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.unit.codebase.resolvers.table import written

from threat_modeling.codebase.resolvers import tide

if TYPE_CHECKING:
    from pathlib import Path

FILES = {
    "src/main.rs": """
async fn get_it(req: tide::Request<()>) -> tide::Result { req.param("id")?; Ok("".into()) }
fn main() {
    let mut app = tide::new();
    let mut inner = tide::with_state(1);
    inner.at("/:id").get(get_it).post(get_it);
    app.at("/api").nest(inner);
    app.at("/files").serve_dir("files/");
}
""",
}


def test_routes(tmp_path: Path):
    assert set(written(tmp_path, tide, FILES)) == {"GET /api/{id}", "POST /api/{id}", "GET /files/{path}"}
