from functools import wraps

import jwt
from flask import current_app, g, jsonify, request


def login_required(view):
    @wraps(view)
    def wrapper(*args, **kwargs):
        try:
            g.patient = jwt.decode(request.headers["Authorization"], current_app.config["SECRET_KEY"], algorithms=["HS256"])
        except jwt.InvalidTokenError:
            return jsonify(error="sign in first"), 401
        return view(*args, **kwargs)

    return wrapper
