use axum::extract::Query;
use axum::Json;

async fn fetch(Query(wanted): Query<Wanted>, Json(hook): Json<Hook>) -> String {
    // ruleid: ssrf
    let page = reqwest::get(&wanted.address).await?.text().await?;
    let client = reqwest::Client::new();
    // ruleid: ssrf
    client.post(hook.target.clone()).json(&page).send().await?;
    // ok: ssrf
    client.get(format!("https://api.example.org/items?q={}", wanted.term)).send().await?;
    // ok: ssrf
    client.post("https://api.example.org/items").json(&hook).send().await?;
    page
}
