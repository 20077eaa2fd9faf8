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


def login_required(view):
    def wrapped(*args, **kwargs):
        if not session.get("user_id"):
            return redirect("/login")
        return view(*args, **kwargs)
    return wrapped


# ruleid: missing-function-authorization
@app.route("/admin/users")
@login_required
def admin_users():
    return render_template("users.html", users=User.query.all())


# ok: missing-function-authorization
@app.route("/admin/invoices")
@login_required
def admin_invoices():
    user = User.query.get(session["user_id"])
    if user.role != "admin":
        return "", 403
    return render_template("invoices.html", invoices=Invoice.query.all())


# ok: missing-function-authorization
@app.route("/invoices")
@login_required
def invoices():
    return render_template("invoices.html")
