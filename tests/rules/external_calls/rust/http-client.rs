async fn run() {
    // ruleid: http-client
    let page = reqwest::get("https://api.example.org/items").await;
    let client = reqwest::Client::new();
    // ruleid: http-client
    client.post("https://api.example.org/items").send().await;
    // ok: http-client
    let item = items.get("https");
}
