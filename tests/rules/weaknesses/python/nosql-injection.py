from flask import request
from pymongo import MongoClient

users = MongoClient().app.users

def find():
    # ruleid: nosql-injection
    users.find_one({"name": request.json["name"]})
    # ok: nosql-injection
    users.find_one({"name": str(request.json["name"])})
    # ok: nosql-injection
    users.find_one({"name": request.args["name"]})
