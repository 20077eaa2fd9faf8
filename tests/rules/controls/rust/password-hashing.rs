fn run(password: &str) {
    // ruleid: password-hashing
    let hash = bcrypt::hash(password, 12);
    // ruleid: password-hashing
    let other = Argon2::default().hash_password(password.as_bytes(), &salt);
    // ok: password-hashing
    let sum = crc32::hash(password);
}
