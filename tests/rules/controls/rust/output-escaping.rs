fn run(text: &str) {
    // ruleid: output-escaping
    let shown = html_escape::encode_text(text);
    // ok: output-escaping
    let plain = text.trim();
}
