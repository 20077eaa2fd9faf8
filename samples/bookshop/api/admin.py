import subprocess

from flask import Blueprint, jsonify, request

from api.database import connect
from api.security import staff_required

admin = Blueprint("admin", __name__)


@admin.get("/customers")
@staff_required
def customers():
    with connect() as db:
        rows = db.execute("SELECT id, name, email FROM customers").fetchall()
    return jsonify([dict(row) for row in rows])


@admin.post("/refunds")
def refund():
    body = request.get_json()
    with connect() as db:
        db.execute("UPDATE payments SET refunded = 1 WHERE order_id = ?", (body["order_id"],))
    return jsonify(status="refunded")


@admin.post("/export")
@staff_required
def export():
    name = request.get_json()["file"]
    subprocess.run(f"sqlite3 bookshop.db .dump > exports/{name}", shell=True, check=True)
    return jsonify(status="exported")
