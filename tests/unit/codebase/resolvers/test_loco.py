"""Loco: route tables with a prefix."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.unit.codebase.resolvers.table import written

from threat_modeling.codebase.resolvers import loco

if TYPE_CHECKING:
    from pathlib import Path

FILES = {
    "src/c.rs": """
use loco_rs::prelude::*;
async fn index() -> Result<Response> { format::empty() }
pub fn routes() -> Routes { Routes::new().prefix("/api/x").add("/", get(index).post(index)).add("/{id}", delete(index)) }
""",
}


def test_routes(tmp_path: Path):
    assert set(written(tmp_path, loco, FILES)) == {"GET /api/x", "POST /api/x", "DELETE /api/x/{id}"}
