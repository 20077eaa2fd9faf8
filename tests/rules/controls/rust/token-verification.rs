use jsonwebtoken::{decode, Validation};

fn run(token: &str) {
    // ruleid: token-verification
    let claims = decode::<Claims>(token, &key, &Validation::default());
    // ok: token-verification
    let text = base64::decode(token);
}
