"""Salvo: pushed routers, hoops, endpoints that say their routes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.unit.codebase.resolvers.table import parameters, seen, written

from threat_modeling.codebase.resolvers import salvo

if TYPE_CHECKING:
    from pathlib import Path

FILES = {
    "src/main.rs": """
use salvo::prelude::*;
#[handler]
async fn list(req: &mut Request) -> String { req.header("X-A"); String::new() }
#[endpoint(method = Post, path = "/told/<id>")]
async fn told() {}
#[handler]
async fn auth(req: &mut Request, res: &mut Response) { if req.cookie("sid").is_none() { res.status_code(StatusCode::UNAUTHORIZED); } }
fn main() {
    let router = Router::with_path("api").hoop(auth).push(Router::with_path("{id|[0-9]+}").get(list)).get(list);
}
""",
}

AUTH = {"authentication auth application"}


def test_routes(tmp_path: Path):
    found = written(tmp_path, salvo, FILES)
    assert seen(found) == {"GET /api": AUTH, "GET /api/{id}": AUTH, "POST /told/{id}": set()}
    assert parameters(found["GET /api/{id}"]) == {"path id", "header X-A"}
