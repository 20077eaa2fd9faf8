from flask import request


def listed(depot=None):
    return [], 200


def added():
    return request.get_json()["weight"], 201


def decode_token(token):
    return {"sub": token}
