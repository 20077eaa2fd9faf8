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


# ruleid: missing-csrf-protection
@app.route("/invoices", methods=["POST"])
def add_invoice():
    if "user_id" not in session:
        return redirect("/login")
    db.session.add(Invoice(total=request.form["total"], user_id=session["user_id"]))
    db.session.commit()
    return redirect("/")


# ok: missing-csrf-protection
@app.route("/api/invoices", methods=["POST"])
def add_by_token():
    caller = request.headers["Authorization"]
    if not caller:
        return "", 401
    db.session.add(Invoice(total=request.json["total"]))
    return "", 204


# ok: missing-csrf-protection
@app.route("/checked", methods=["POST"])
def add_checked():
    if request.form["csrf_token"] != session["csrf_token"]:
        return "", 400
    db.session.add(Invoice(total=request.form["total"], user_id=session["user_id"]))
    return redirect("/")


# ok: missing-csrf-protection
@app.route("/invoices")
def invoices():
    return jsonify([invoice.total for invoice in Invoice.query.filter_by(user_id=session["user_id"])])


# ruleid: missing-csrf-protection
@app.route("/invoices/<int:number>/remove")
def remove_invoice(number):
    Invoice.query.filter_by(id=number, user_id=session["user_id"]).delete()
    return redirect("/")
