use std::env;

fn run() {
    // ruleid: secrets-from-environment
    let key = env::var("JWT_SECRET");
    // ok: secrets-from-environment
    let port = env::var("PORT");
}
