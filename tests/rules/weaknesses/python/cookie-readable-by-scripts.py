def answer(response, token):
    # ruleid: cookie-readable-by-scripts
    response.set_cookie("session", token)
    # ok: cookie-readable-by-scripts
    response.set_cookie("session", token, httponly=True)
    # ok: cookie-readable-by-scripts
    response.set_cookie("theme", "dark")
