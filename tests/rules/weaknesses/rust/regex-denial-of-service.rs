use axum::extract::Query;
use fancy_regex::Regex;

async fn find(Query(wanted): Query<Wanted>) -> String {
    // ruleid: regex-denial-of-service
    let pattern = Regex::new(&wanted.pattern)?;
    // ok: regex-denial-of-service
    let fixed = Regex::new(r"^\d+$")?;
    String::new()
}
