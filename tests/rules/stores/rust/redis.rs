fn run() {
    // ruleid: redis
    let client = redis::Client::open("redis://localhost/");
    // ok: redis
    let other = reqwest::Client::new();
}
