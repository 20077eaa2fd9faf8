use openssl::ssl::SslVerifyMode;

fn clients() {
    // ruleid: tls-verification-off
    let open = reqwest::Client::builder().danger_accept_invalid_certs(true).build();
    // ok: tls-verification-off
    let good = reqwest::Client::builder().danger_accept_invalid_certs(false).build();
    // ruleid: tls-verification-off
    builder.set_verify(SslVerifyMode::NONE);
    // ok: tls-verification-off
    builder.set_verify(SslVerifyMode::PEER);
}
