from functools import wraps

import jwt
from flask import abort, current_app, jsonify, request


def reader_of(header):
    return jwt.decode(header.split(" ")[1], current_app.config["KEY"], algorithms=["HS256"])


def member(view):
    @wraps(view)
    def wrapper(*args, **kwargs):
        token = request.headers.get("X-Access-Token")
        if not token:
            return jsonify(message="sign in first")
        return view(*args, **kwargs)

    return wrapper


def with_role(name):
    def decorate(view):
        @wraps(view)
        def wrapper(*args, **kwargs):
            claims = reader_of(request.headers["Authorization"])
            if claims["role"] != name:
                abort(403)
            return view(*args, **kwargs)

        return wrapper

    return decorate


def timed(view):
    @wraps(view)
    def wrapper(*args, **kwargs):
        current_app.logger.info("start")
        return view(*args, **kwargs)

    return wrapper
