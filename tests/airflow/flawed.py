"""A small application with a flaw, for targets of tests."""

FLAWED = """import sqlite3
from flask import Flask, request

app = Flask(__name__)


@app.route("/items{n}")
def items():
    name = request.args["name"]
    db = sqlite3.connect("shop.db")
    return str(db.execute("SELECT * FROM items WHERE name = '" + name + "'").fetchall())
"""
