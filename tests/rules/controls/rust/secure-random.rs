use rand::rngs::OsRng;

fn run() {
    // ruleid: secure-random
    OsRng.fill_bytes(&mut key);
    // ok: secure-random
    let other = fastrand::u64(..);
}
