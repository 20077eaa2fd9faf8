import sqlite3

from flask import Flask, g, jsonify
from security import login_required

app = Flask(__name__)


def connect():
    return sqlite3.connect("clinic.db")


@app.get("/prescriptions/<int:order_id>")
@login_required
def show(order_id):
    with connect() as db:
        # ruleid: missing-object-authorization
        row = db.execute("SELECT * FROM prescriptions WHERE id = ?", (order_id,)).fetchone()
    return jsonify(dict(row)) if row else (jsonify(error="no such prescription"), 404)


@app.get("/prescriptions/<int:order_id>/cancel")
@login_required
def cancel(order_id):
    with connect() as db:
        # ok: missing-object-authorization
        row = db.execute("SELECT * FROM prescriptions WHERE id = ?", (order_id,)).fetchone()
        if row is None or row["patient_id"] != g.patient["id"]:
            return jsonify(error="not yours"), 403
        db.execute("DELETE FROM prescriptions WHERE id = ?", (order_id,))
    return jsonify(status="cancelled")


@app.get("/drugs/<int:drug_id>")
@login_required
def drug(drug_id):
    with connect() as db:
        # ok: missing-object-authorization
        row = db.execute("SELECT * FROM drugs WHERE id = ?", (drug_id,)).fetchone()
    return jsonify(dict(row))
