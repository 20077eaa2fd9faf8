use rusqlite::Connection;

async fn run() {
    // ruleid: sql-database
    let db = Connection::open("depot.db");
    // ruleid: sql-database
    sqlx::query("SELECT * FROM parcels").fetch_all(&pool).await;
    // ruleid: sql-database
    db.execute("DELETE FROM parcels WHERE id = ?1", [id]);
    // ok: sql-database
    task.execute("now");
}
