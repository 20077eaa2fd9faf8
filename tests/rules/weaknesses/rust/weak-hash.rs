use md5::{Digest, Md5};
use sha2::Sha256;

fn digest(text: &[u8]) {
    // ruleid: weak-hash
    let mut old = Md5::new();
    // ruleid: weak-hash
    let sum = md5::compute(text);
    // ok: weak-hash
    let mut good = Sha256::new();
}
