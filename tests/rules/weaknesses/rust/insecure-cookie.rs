use actix_web::cookie::Cookie;

fn cookies(value: String) {
    // ruleid: insecure-cookie
    let open = Cookie::build("session", value.clone()).secure(false).finish();
    // ok: insecure-cookie
    let good = Cookie::build("session", value).secure(true).finish();
}
