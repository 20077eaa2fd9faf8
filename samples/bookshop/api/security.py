from functools import wraps

import jwt
from flask import current_app, g, jsonify, request

from api.database import connect


def current_customer():
    header = request.headers.get("Authorization", "")
    token = header.removeprefix("Bearer ")
    claims = jwt.decode(token, current_app.config["SECRET_KEY"], algorithms=["HS256"])
    with connect() as db:
        return db.execute("SELECT * FROM customers WHERE id = ?", (claims["sub"],)).fetchone()


def login_required(view):
    @wraps(view)
    def wrapper(*args, **kwargs):
        try:
            g.customer = current_customer()
        except jwt.InvalidTokenError:
            return jsonify(error="sign in first"), 401
        if g.customer is None:
            return jsonify(error="sign in first"), 401
        return view(*args, **kwargs)

    return wrapper


def staff_required(view):
    @wraps(view)
    @login_required
    def wrapper(*args, **kwargs):
        if not g.customer["is_staff"]:
            return jsonify(error="staff only"), 403
        return view(*args, **kwargs)

    return wrapper
