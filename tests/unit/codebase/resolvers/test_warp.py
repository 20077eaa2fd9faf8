"""warp: filters joined and offered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.unit.codebase.resolvers.table import written

from threat_modeling.codebase.resolvers import warp

if TYPE_CHECKING:
    from pathlib import Path

FILES = {
    "src/main.rs": """
use warp::Filter;
async fn show(id: u32) {}
fn main() {
    let api = warp::path("api");
    let one = warp::path!("items" / u32).and(warp::get()).and_then(show);
    let add = warp::path("items").and(warp::path::end()).and(warp::post()).map(|| "x");
    let routes = api.and(one.or(add));
    warp::serve(routes);
}
""",
}


def test_filters(tmp_path: Path):
    assert set(written(tmp_path, warp, FILES)) == {"GET /api/items/{param}", "POST /api/items"}
