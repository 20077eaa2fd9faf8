use axum::extract::Query;
use tera::{Context, Tera};

async fn page(Query(wanted): Query<Wanted>) -> String {
    let mut context = Context::new();
    context.insert("name", &wanted.name);
    // ruleid: template-injection
    let made = Tera::one_off(&format!("Hello {}", wanted.name), &context, true)?;
    // ok: template-injection
    Tera::one_off("Hello {{ name }}", &context, true)?
}
