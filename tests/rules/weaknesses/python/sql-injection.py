import sqlite3
from flask import request
from sqlalchemy import text

def direct():
    name = request.args.get("name")
    cursor = sqlite3.connect("app.db").cursor()
    # ruleid: sql-injection
    cursor.execute("SELECT * FROM users WHERE name = '%s'" % name)
    # ok: sql-injection
    cursor.execute("SELECT * FROM users WHERE name = ?", (name,))
    # ok: sql-injection
    cursor.execute(f"SELECT * FROM users WHERE id = {int(name)}")

def guarded():
    order = request.args["order"]
    if order not in ("name", "age"):
        return
    # ok: sql-injection
    sqlite3.connect("app.db").execute("SELECT * FROM users ORDER BY " + order)

def sorted_by(table, cursor):
    columns = set(cursor.columns(table))
    order = request.args.get("order")
    clause = ""
    if order:
        if order not in columns:
            raise ValueError(order)
        clause = f"ORDER BY {order}"
    # ok: sql-injection
    cursor.execute("SELECT * FROM users " + clause)
    seen = request.args.getlist("seen")
    other = request.args.get("other")
    if other in seen:
        # ruleid: sql-injection
        cursor.execute("SELECT * FROM users ORDER BY " + other)

class Users:
    def by_name(self, name):
        # ruleid: sql-injection
        return session.execute(text(f"SELECT * FROM users WHERE name = '{name}'"))
