use actix_web::{get, web, HttpResponse};
use axum::extract::{Path, Query, State};
use sqlx::PgPool;

#[derive(Deserialize)]
struct Search {
    term: String,
}

#[get("/items/{name}")]
async fn items(path: web::Path<String>, query: web::Query<Search>, pool: web::Data<PgPool>) -> HttpResponse {
    let name = path.into_inner();
    let statement = format!("SELECT * FROM items WHERE name = '{}'", name);
    // ruleid: sql-injection
    let rows = sqlx::query(&statement).fetch_all(pool.get_ref()).await?;
    // ruleid: sql-injection
    let sorted = sqlx::query_as::<_, Item>(&format!("SELECT * FROM items ORDER BY {}", query.term)).fetch_all(pool.get_ref()).await?;
    // ok: sql-injection
    let safe = sqlx::query("SELECT * FROM items WHERE name = $1").bind(&name).fetch_one(pool.get_ref()).await?;
    HttpResponse::Ok().json(rows)
}

async fn by_number(Path(number): Path<i64>, State(pool): State<PgPool>) -> String {
    // ok: sql-injection
    sqlx::query(&format!("SELECT * FROM items WHERE number = {number}")).fetch_one(&pool).await
}

async fn search(Query(wanted): Query<HashMap<String, String>>, State(db): State<Connection>) -> String {
    if let Some(name) = wanted.get("name") {
        // ruleid: sql-injection
        db.execute(&format!("DELETE FROM items WHERE name = '{name}'"), [])?;
    }
    match wanted.get("order") {
        // ruleid: sql-injection
        Some(order) => db.prepare(&("SELECT * FROM items ORDER BY ".to_owned() + order))?,
        // ok: sql-injection
        None => db.prepare("SELECT * FROM items")?,
    };
    let kind = wanted.get("kind").unwrap();
    // ok: sql-injection
    db.execute("UPDATE items SET kind = ?1", params![kind])?;
    "done".to_string()
}

fn without_callers(db: &Connection, name: &str) -> Result<usize> {
    // ok: sql-injection
    db.execute(&format!("DELETE FROM items WHERE name = '{}'", name), [])
}

fn remove(db: &Connection, name: &str) -> Result<usize> {
    // ruleid: sql-injection
    db.execute(&format!("DELETE FROM items WHERE name = '{}'", name), [])
}

async fn removed(Path(name): Path<String>, State(db): State<Connection>) -> String {
    remove(&db, &name)?;
    "done".to_string()
}
