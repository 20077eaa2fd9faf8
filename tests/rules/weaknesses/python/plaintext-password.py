from flask import request
from models import User
from werkzeug.security import generate_password_hash

def register():
    # ruleid: plaintext-password
    User(name=request.form["name"], password=request.form["password"])
    # ok: plaintext-password
    User(name=request.form["name"], password=generate_password_hash(request.form["password"]))
