from flask import request

def answer(response):
    # ruleid: header-injection
    response.headers["X-Name"] = request.args["name"]
    # ok: header-injection
    response.headers["X-Name"] = "fixed"
