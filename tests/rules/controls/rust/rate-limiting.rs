use actix_governor::Governor;

fn run() {
    // ruleid: rate-limiting
    let layer = Governor::new(&settings);
    // ok: rate-limiting
    let other = Limits::new(3);
}
