use aes_gcm::Aes256Gcm;
use des::Des;
use openssl::symm::Cipher;

fn ciphers(key: &[u8]) {
    // ruleid: weak-cipher
    let old = Des::new_from_slice(key);
    // ruleid: weak-cipher
    let blocks = Cipher::aes_256_ecb();
    // ok: weak-cipher
    let good = Cipher::aes_256_gcm();
    // ok: weak-cipher
    let other = Aes256Gcm::new_from_slice(key);
}
