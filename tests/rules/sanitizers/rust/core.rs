use axum::extract::Query;
use std::fs;

async fn show(Query(wanted): Query<Wanted>) {
    // ruleid: core
    fs::read_to_string(&wanted.name);
    // ok: core
    fs::read_to_string(sanitize_filename::sanitize(&wanted.name));
    let number: u32 = wanted.number.parse().unwrap();
    // ok: core
    fs::read_to_string(format!("files/{}", number));
    if ALLOWED.contains(&wanted.kind.as_str()) {
        // ok: core
        fs::read_to_string(format!("files/{}", wanted.kind));
    }
}
