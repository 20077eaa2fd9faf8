use axum::Json;

fn run(Json(payload): Json<Order>, clock: Clock) {
    // ruleid: schema-validation
    payload.validate()?;
    // ok: schema-validation
    clock.validate()?;
}
