"""actix-web: scopes, resources, configuration across files, attributes, wrapped scopes, extractors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.unit.codebase.resolvers.table import handlers, parameters, seen, written

from threat_modeling.codebase.resolvers import actix

if TYPE_CHECKING:
    from pathlib import Path

FILES = {
    "src/main.rs": """
use actix_web::{get, web, App, HttpServer};
mod api;

#[get("/alone/{id}")]
async fn alone(path: web::Path<u32>, query: web::Query<Paging>) -> String { String::new() }

struct Paging { page: u32 }

#[actix_web::main]
async fn main() {
    HttpServer::new(move || {
        App::new()
            .service(web::scope("/api").wrap(HttpAuthentication::bearer(validator)).configure(api::configure))
            .service(alone)
            .route("/health", web::get().to(|| async { "ok" }))
    });
}
""",
    "src/api.rs": """
use actix_web::{web, HttpRequest};

pub fn configure(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource("/items/{item:\\\\d+}").route(web::put().to(change)).route(web::delete().to(drop_item)));
}

async fn change(body: web::Json<Item>, user: User, req: HttpRequest) -> String { req.headers().get("X-Trace"); String::new() }
async fn drop_item() -> String { String::new() }
struct Item { name: String }
struct User;
impl FromRequest for User {
    fn from_request(req: &HttpRequest) -> Result<Self, Error> {
        match req.headers().get("Authorization") { Some(v) => Ok(User), None => Err(ErrorUnauthorized("no")) }
    }
}

#[cfg(test)]
mod tests {
    fn app() { App::new().route("/never", web::get().to(super::change)); }
}
""",
}

BEARER = "authentication HttpAuthentication::bearer router"


def test_guards(tmp_path: Path):
    assert seen(written(tmp_path, actix, FILES)) == {
        "GET /alone/{id}": set(),
        "GET /health": set(),
        "PUT /api/items/{item}": {BEARER, "authentication User route"},
        "DELETE /api/items/{item}": {BEARER},
    }


def test_handlers_and_parameters(tmp_path: Path):
    found = written(tmp_path, actix, FILES)
    assert handlers(found)["PUT /api/items/{item}"] == "src/api.rs:8 change"
    assert parameters(found["PUT /api/items/{item}"]) == {"path item", "body name", "header X-Trace"}
    assert parameters(found["GET /alone/{id}"]) == {"path id", "query page"}
