use axum::extract::{Query, State};
use axum::Json;
use mongodb::Collection;

async fn find(Json(filter): Json<Document>, State(items): State<Collection<Item>>) -> String {
    // ruleid: nosql-injection
    items.find(filter).await?;
    String::new()
}

async fn named(Query(wanted): Query<Wanted>, State(items): State<Collection<Item>>) -> String {
    // ok: nosql-injection
    items.find(doc! { "name": wanted.name }).await?;
    String::new()
}
