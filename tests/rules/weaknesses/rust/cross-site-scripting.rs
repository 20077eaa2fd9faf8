use actix_web::{get, web, HttpResponse};
use axum::extract::Path;
use axum::response::Html;

async fn hello(Path(name): Path<String>) -> Html<String> {
    if name.is_empty() {
        // ok: cross-site-scripting
        return Html("<h1>Hello</h1>".to_string());
    }
    if name.len() > 20 {
        // ok: cross-site-scripting
        return Html(format!("<h1>Hello {}</h1>", html_escape::encode_text(&name)));
    }
    // ruleid: cross-site-scripting
    Html(format!("<h1>Hello {}</h1>", name))
}

#[get("/page")]
async fn page(query: web::Query<Wanted>) -> HttpResponse {
    if query.plain {
        // ok: cross-site-scripting
        return HttpResponse::Ok().content_type("text/plain").body(query.text.clone());
    }
    // ruleid: cross-site-scripting
    HttpResponse::Ok().content_type("text/html").body(format!("<p>{}</p>", query.text))
}
