"""Rwf: controllers in a table, engines below a path, methods that a controller tells apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.unit.codebase.resolvers.table import written

from threat_modeling.codebase.resolvers import rwf

if TYPE_CHECKING:
    from pathlib import Path

FILES = {
    "src/main.rs": """
use rwf::prelude::*;
struct Login;
impl Controller for Login {
    async fn handle(&self, request: &Request) -> Result<Response, Error> {
        match request.method() { Method::GET => Ok(a()), Method::POST => Ok(b()), _ => Ok(c()) }
    }
}
fn main() {
    let admin = Engine::new(vec![route!("/login" => Login)]);
    Server::new(vec![engine!("/admin" => admin), route!("/home" => Home)]);
}
""",
}


def test_routes(tmp_path: Path):
    assert set(written(tmp_path, rwf, FILES)) == {"GET /admin/login", "POST /admin/login", "ANY /home"}
