use jsonwebtoken::{decode, DecodingKey, Validation};

fn claims(token: &str, key: &DecodingKey) {
    let mut rules = Validation::default();
    // ruleid: jwt-not-verified
    rules.insecure_disable_signature_validation();
    // ok: jwt-not-verified
    let data = decode::<Claims>(token, key, &Validation::default());
}
