use rand::rngs::{OsRng, SmallRng, StdRng};
use rand::{Rng, SeedableRng};

fn reset_token() -> u64 {
    // ruleid: insecure-random
    let mut generator = StdRng::seed_from_u64(42);
    generator.gen()
}

fn color() -> u64 {
    // ok: insecure-random
    let mut generator = StdRng::seed_from_u64(42);
    generator.gen()
}

fn session_key() -> [u8; 32] {
    let mut key = [0u8; 32];
    // ok: insecure-random
    OsRng.fill_bytes(&mut key);
    // ruleid: insecure-random
    let token = fastrand::u64(..);
    key
}
