import os

from flask import Flask, flash, jsonify, redirect, render_template_string, request, session
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


# ok: missing-authentication
@app.route("/login", methods=["POST"])
def login():
    user = User.query.filter_by(username=request.form["username"]).first()
    session["user_id"] = user.id
    return redirect("/")


# ruleid: missing-authentication
@app.route("/invoices", methods=["POST"])
def add_invoice():
    db.session.add(Invoice(total=request.form["total"]))
    db.session.commit()
    return "", 204


# ok: missing-authentication
@app.route("/invoices/own", methods=["POST"])
def add_own_invoice():
    if "user_id" not in session:
        return redirect("/login")
    db.session.add(Invoice(total=request.form["total"], user_id=session["user_id"]))
    return "", 204


# ruleid: missing-authentication
@app.route("/setup")
def setup():
    db.drop_all()
    db.create_all()
    return "done"


# ruleid: missing-authentication
@app.route("/people")
def people():
    return jsonify([user.username for user in User.query.all()])


# ok: missing-authentication
@app.route("/invoices/total")
def total():
    return jsonify(Invoice.query.count())


# ok: missing-authentication
@app.route("/contact", methods=["POST"])
def contact():
    return request.form["message"]


# ok: missing-authentication
@app.route("/invoices/preview")
def preview():
    return render_template_string("<h1>" + request.args["title"] + "</h1>")


# ruleid: missing-authentication
@app.route("/trace")
def reached():
    return os.popen("ping " + request.args["host"]).read()
