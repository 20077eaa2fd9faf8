use actix_web::{post, web};

#[post("/restore")]
async fn restore(body: web::Bytes) -> String {
    // ruleid: deserialization
    let state: State = bincode::deserialize(&body).unwrap();
    // ok: deserialization
    let order: Order = serde_json::from_slice(&body).unwrap();
    state.name
}
