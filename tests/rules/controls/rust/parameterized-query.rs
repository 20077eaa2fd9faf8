async fn run(id: i64) {
    // ruleid: parameterized-query
    sqlx::query("SELECT * FROM parcels WHERE id = $1").bind(id);
    // ruleid: parameterized-query
    db.execute("DELETE FROM parcels WHERE id = ?1", [id]);
    // ok: parameterized-query
    sqlx::query("SELECT * FROM parcels");
}
