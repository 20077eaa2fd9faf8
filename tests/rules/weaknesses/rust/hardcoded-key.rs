use jsonwebtoken::{DecodingKey, EncodingKey};

const SIGNING: &str = "c29tZS1sb25nLXZhbHVl";

fn keys(settings: &Settings) {
    // ruleid: hardcoded-key
    let own = EncodingKey::from_secret("some-long-value".as_bytes());
    // ruleid: hardcoded-key
    let other = DecodingKey::from_secret(SIGNING.as_bytes());
    // ruleid: hardcoded-key
    let bytes = EncodingKey::from_secret(b"some-long-value");
    // ok: hardcoded-key
    let good = EncodingKey::from_secret(settings.secret.as_bytes());
    // ok: hardcoded-key
    let read = DecodingKey::from_secret(std::env::var("JWT_SECRET").unwrap().as_bytes());
}
