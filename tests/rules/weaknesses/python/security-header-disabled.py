def answer(handler, response, headers):
    # ruleid: security-header-disabled
    handler.send_header("X-XSS-Protection", "0")
    # ruleid: security-header-disabled
    handler.send_header("Content-Security-Policy", "default-src * 'unsafe-inline'")
    # ok: security-header-disabled
    handler.send_header("Content-Security-Policy", "default-src 'self'")
    # ruleid: security-header-disabled
    response.headers["X-XSS-Protection"] = 0
    # ok: security-header-disabled
    response.headers["X-XSS-Protection"] = "1; mode=block"
    # ruleid: security-header-disabled
    headers.append(("Strict-Transport-Security", "max-age=0"))
    # ok: security-header-disabled
    headers.append(("Strict-Transport-Security", "max-age=31536000"))
