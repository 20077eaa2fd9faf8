"""Rocket: mounts across files, request guards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.unit.codebase.resolvers.table import seen, written

from threat_modeling.codebase.resolvers import rocket

if TYPE_CHECKING:
    from pathlib import Path

FILES = {
    "src/main.rs": """
#[macro_use] extern crate rocket;
mod users;

#[launch]
fn rocket() -> _ { rocket::build().mount("/users", users::routes()).mount("/", routes![index]) }

#[get("/?<lang>")]
fn index(lang: Option<String>) -> String { String::new() }
""",
    "src/users.rs": """
use rocket::{routes, Route};

pub struct Admin;
#[rocket::async_trait]
impl<'r> FromRequest<'r> for Admin {
    async fn from_request(req: &'r Request<'_>) -> Outcome<Self, ()> {
        match req.cookies().get_private("id") { Some(c) => Outcome::Success(Admin), None => Outcome::Error((Status::Unauthorized, ())) }
    }
}

#[delete("/<id>")]
fn remove(admin: Admin, id: u32) -> String { String::new() }

pub fn routes() -> Vec<Route> { routes![remove] }
""",
}


def test_mounts_and_request_guards(tmp_path: Path):
    assert seen(written(tmp_path, rocket, FILES)) == {"GET /": set(), "DELETE /users/{id}": {"authentication Admin route"}}
