import os

from flask import Blueprint, g, jsonify, request, send_file

from api.database import connect
from api.payments import charge
from api.security import login_required

orders = Blueprint("orders", __name__)


@orders.get("/")
@login_required
def my_orders():
    with connect() as db:
        rows = db.execute("SELECT * FROM orders WHERE customer_id = ?", (g.customer["id"],)).fetchall()
    return jsonify([dict(row) for row in rows])


@orders.post("/")
@login_required
def place_order():
    body = request.get_json()
    with connect() as db:
        order = db.execute(
            "INSERT INTO orders (customer_id, book_id) VALUES (?, ?)", (g.customer["id"], body["book_id"])
        ).lastrowid
    charge(order, body["card_number"], body["amount"])
    return jsonify(order=order), 201


@orders.get("/<int:order_id>")
@login_required
def show_order(order_id):
    with connect() as db:
        row = db.execute("SELECT * FROM orders WHERE id = ?", (order_id,)).fetchone()
    return jsonify(dict(row)) if row else (jsonify(error="no such order"), 404)


@orders.get("/<int:order_id>/cancel")
@login_required
def cancel(order_id):
    with connect() as db:
        row = db.execute("SELECT * FROM orders WHERE id = ?", (order_id,)).fetchone()
        if row is None or row["customer_id"] != g.customer["id"]:
            return jsonify(error="not your order"), 403
        db.execute("DELETE FROM orders WHERE id = ?", (order_id,))
    return jsonify(status="cancelled")


@orders.get("/receipts")
@login_required
def receipt():
    return send_file(os.path.join("receipts", request.args["name"]))
