"""axum: nested routers across functions and files, layers that guard what stands before them, utoipa."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.unit.codebase.resolvers.table import handlers, parameters, seen, written

from threat_modeling.codebase.resolvers import axum

if TYPE_CHECKING:
    from pathlib import Path

FILES = {
    "src/main.rs": """
use axum::{middleware, routing::{get, post}, Router};
mod notes;

#[tokio::main]
async fn main() {
    let mut app = Router::new().route("/open", get(open));
    app = app.nest("/notes", notes::router()).merge(Router::new().route("/a", post(open).delete(open)));
    axum::serve(listener, app).await.unwrap();
}

async fn open() -> String { String::new() }
""",
    "src/notes.rs": """
use axum::{extract::{Path, Query}, http::{HeaderMap, StatusCode}, middleware::{self, Next}, routing::get, Json, Router};

pub fn router() -> Router {
    let prefix = format!("/{}", "by");
    Router::new()
        .route(&prefix, get(list))
        .layer(middleware::from_fn(signed_in))
        .route("/:id", get(one))
}

async fn signed_in(headers: HeaderMap, request: Request, next: Next) -> Result<Response, StatusCode> {
    if headers.get("authorization").is_none() { return Err(StatusCode::UNAUTHORIZED); }
    Ok(next.run(request).await)
}

struct Filter { author: String }
async fn list(Query(filter): Query<Filter>) -> String { String::new() }
async fn one(Path(id): Path<u64>, Json(body): Json<Value>) -> String { String::new() }
""",
}


def test_a_layer_guards_what_was_routed_before_it(tmp_path: Path):
    assert seen(written(tmp_path, axum, FILES)) == {
        "GET /open": set(),
        "POST /a": set(),
        "DELETE /a": set(),
        "GET /notes/by": {"authentication middleware::from_fn router"},
        "GET /notes/{id}": set(),
    }


def test_handlers_and_parameters(tmp_path: Path):
    found = written(tmp_path, axum, FILES)
    assert handlers(found)["GET /notes/{id}"] == "src/notes.rs:19 one"
    assert parameters(found["GET /notes/by"]) == {"query author"}
    assert parameters(found["GET /notes/{id}"]) == {"path id", "body body"}
