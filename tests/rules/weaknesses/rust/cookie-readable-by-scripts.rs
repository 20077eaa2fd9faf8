use actix_web::cookie::Cookie;

fn cookies(value: String) {
    // ruleid: cookie-readable-by-scripts
    let open = Cookie::build("session", value.clone()).http_only(false).finish();
    // ok: cookie-readable-by-scripts
    let good = Cookie::build("session", value).http_only(true).finish();
}
