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


from flask_wtf import CSRFProtect

CSRFProtect(app)


# ok: missing-csrf-protection
@app.route("/invoices", methods=["POST"])
def add_invoice():
    db.session.add(Invoice(total=request.form["total"], user_id=session["user_id"]))
    return redirect("/")
