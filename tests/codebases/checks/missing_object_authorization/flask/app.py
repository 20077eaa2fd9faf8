from flask import Flask, flash, jsonify, redirect, render_template, request, session
from flask_sqlalchemy import SQLAlchemy

app = Flask(__name__)
db = SQLAlchemy(app)


class User(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    username = db.Column(db.String(80))
    password = db.Column(db.String(80))
    role = db.Column(db.String(20))


class Invoice(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    user_id = db.Column(db.Integer, db.ForeignKey("user.id"))
    total = db.Column(db.Integer)


@app.route("/invoices/<int:invoice_id>")
def show(invoice_id):
    if "user_id" not in session:
        return redirect("/login")
    # ruleid: missing-object-authorization
    invoice = Invoice.query.get(invoice_id)
    return jsonify(total=invoice.total)


@app.route("/invoices/<int:invoice_id>/own")
def show_own(invoice_id):
    # ok: missing-object-authorization
    invoice = Invoice.query.filter_by(id=invoice_id, user_id=session["user_id"]).first_or_404()
    return jsonify(total=invoice.total)


@app.route("/invoices/<int:invoice_id>/compared")
def show_compared(invoice_id):
    # ok: missing-object-authorization
    invoice = Invoice.query.get(invoice_id)
    if invoice.user_id != session["user_id"]:
        return "", 403
    return jsonify(total=invoice.total)


@app.route("/people/<username>/password", methods=["PUT"])
def set_password(username):
    if "user_id" not in session:
        return redirect("/login")
    # ruleid: missing-object-authorization
    user = User.query.filter_by(username=username).first()
    user.password = request.json["password"]
    db.session.commit()
    return "", 204


@app.route("/people/<username>", methods=["DELETE"])
def remove(username):
    caller = User.query.get(session["user_id"])
    if caller.role != "admin":
        return "", 403
    # ok: missing-object-authorization
    User.query.filter_by(username=username).delete()
    return "", 204


@app.route("/invoices", methods=["DELETE"])
def remove_invoice():
    if "user_id" not in session:
        return redirect("/login")
    # ruleid: missing-object-authorization
    discard(request.args.get("invoice"))
    return "", 204


def discard(number):
    db.session.execute("DELETE FROM invoices WHERE id = :id", {"id": number})
