use axum::extract::Query;
use std::process::Command;

async fn ping(Query(wanted): Query<Wanted>) -> String {
    // ruleid: command-injection
    Command::new("sh").arg("-c").arg(format!("ping -c 1 {}", wanted.host)).output()?;
    // ruleid: command-injection
    Command::new(&wanted.program).spawn()?;
    // ok: command-injection
    Command::new("ping").arg("-c").arg("1").arg(&wanted.host).output()?;
    // ok: command-injection
    Command::new("date").output()?;
    String::new()
}
