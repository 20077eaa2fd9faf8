use actix_web::{get, web, HttpRequest};
use axum::extract::Path;
use std::process::Command;

#[get("/a/{name}")]
async fn actix(path: web::Path<String>, state: web::Data<Vec<String>>, request: HttpRequest) {
    // ruleid: requests
    Command::new(path.into_inner());
    let agent = request.headers().get("user-agent").unwrap().to_str().unwrap();
    // ruleid: requests
    Command::new(agent);
    // ok: requests
    Command::new(state.first().unwrap());
}

async fn axum(Path((shop, name)): Path<(String, String)>) {
    // ruleid: requests
    Command::new(shop);
    // ruleid: requests
    Command::new(name);
}

#[post("/b/<name>?<count>", data = "<form>")]
fn rocket(name: &str, count: u32, form: Form<Upload>, pool: &State<Pool>) {
    // ruleid: requests
    Command::new(name);
    // ruleid: requests
    Command::new(&form.name);
    // ok: requests
    Command::new(count.to_string());
    // ok: requests
    Command::new(pool.name());
}

fn own(name: &str) {
    // ok: requests
    Command::new(name);
}
