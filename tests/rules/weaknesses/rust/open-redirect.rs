use axum::extract::Query;
use axum::response::Redirect;

async fn leave(Query(wanted): Query<Wanted>) -> Redirect {
    if wanted.local {
        // ok: open-redirect
        return Redirect::to(&format!("/items/{}", wanted.next));
    }
    // ruleid: open-redirect
    Redirect::to(&wanted.next)
}
