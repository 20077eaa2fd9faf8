"""Poem: nested routes, middleware, OpenAPI services."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.unit.codebase.resolvers.table import handlers, seen, written

from threat_modeling.codebase.resolvers import poem

if TYPE_CHECKING:
    from pathlib import Path

FILES = {
    "src/main.rs": """
use poem::{get, handler, Route, EndpointExt};
use poem_openapi::{OpenApi, OpenApiService};
struct Api;
#[OpenApi]
impl Api {
    #[oai(path = "/items/:id", method = "put")]
    async fn change(&self) -> String { String::new() }
}
#[handler]
fn hello() -> String { String::new() }
fn main() {
    let service = OpenApiService::new(Api, "a", "1");
    let app = Route::new().nest("/api", service).at("/hello/:name", get(hello).post(hello)).with(Cors::new());
}
""",
}

CORS = {"cors-csp Cors::new application"}


def test_routes(tmp_path: Path):
    found = written(tmp_path, poem, FILES)
    assert handlers(found) == {
        "PUT /api/items/{id}": "src/main.rs:7 Api.change",
        "GET /hello/{name}": "src/main.rs:10 hello",
        "POST /hello/{name}": "src/main.rs:10 hello",
    }
    assert all("cors-csp" in " ".join(guards) for guards in seen(found).values()), CORS
