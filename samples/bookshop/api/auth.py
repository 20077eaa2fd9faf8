import datetime
import logging

import bcrypt
import jwt
from flask import Blueprint, current_app, jsonify, request
from jsonschema import ValidationError, validate

from api.database import connect

auth = Blueprint("auth", __name__)
log = logging.getLogger("security")

REGISTRATION = {
    "type": "object",
    "required": ["name", "email", "password"],
    "properties": {
        "name": {"type": "string", "maxLength": 100},
        "email": {"type": "string", "maxLength": 200},
        "password": {"type": "string", "minLength": 12},
    },
    "additionalProperties": False,
}


@auth.post("/register")
def register():
    body = request.get_json()
    try:
        validate(body, REGISTRATION)
    except ValidationError as error:
        return jsonify(error=error.message), 400
    password_hash = bcrypt.hashpw(body["password"].encode(), bcrypt.gensalt())
    with connect() as db:
        db.execute(
            "INSERT INTO customers (name, email, password_hash) VALUES (?, ?, ?)",
            (body["name"], body["email"], password_hash),
        )
    log.info("customer registered")
    return jsonify(status="created"), 201


@auth.post("/login")
def login():
    body = request.get_json()
    with connect() as db:
        customer = db.execute("SELECT * FROM customers WHERE email = ?", (body["email"],)).fetchone()
    if customer is None:
        return jsonify(error="no account with this address"), 401
    if not bcrypt.checkpw(body["password"].encode(), customer["password_hash"]):
        log.warning("failed login for customer %s", customer["id"])
        return jsonify(error="wrong password"), 401
    expires = datetime.datetime.now(datetime.UTC) + datetime.timedelta(hours=8)
    token = jwt.encode({"sub": customer["id"], "exp": expires}, current_app.config["SECRET_KEY"], algorithm="HS256")
    return jsonify(token=token)
