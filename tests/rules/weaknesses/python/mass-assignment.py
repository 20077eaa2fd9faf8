from flask import request
from models import User

def create():
    # ruleid: mass-assignment
    User(**request.json)
    # ok: mass-assignment
    User(name=request.json["name"])
