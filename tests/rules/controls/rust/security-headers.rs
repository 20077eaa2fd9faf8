use actix_web::middleware::DefaultHeaders;

fn run() {
    // ruleid: security-headers
    let headers = DefaultHeaders::new().add(("X-Frame-Options", "DENY"));
    // ok: security-headers
    let other = DefaultHeaders::new().add(("X-Version", "1"));
}
