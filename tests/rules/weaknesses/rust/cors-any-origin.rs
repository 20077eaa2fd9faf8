use actix_cors::Cors;
use tower_http::cors::{Any, CorsLayer};

fn layers() {
    // ruleid: cors-any-origin
    let open = CorsLayer::new().allow_origin(Any);
    // ruleid: cors-any-origin
    let wide = Cors::permissive();
    // ok: cors-any-origin
    let good = CorsLayer::new().allow_origin("https://shop.example.org".parse::<HeaderValue>().unwrap());
    // ok: cors-any-origin
    let named = Cors::default().allowed_origin("https://shop.example.org");
}

fn header() {
    // ruleid: cors-any-origin
    HttpResponse::Ok().insert_header(("Access-Control-Allow-Origin", "*"));
    // ok: cors-any-origin
    HttpResponse::Ok().insert_header(("X-Version", "*"));
}
