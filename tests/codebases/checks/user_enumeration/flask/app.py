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


@app.route("/login", methods=["POST"])
def login():
    user = User.query.filter_by(username=request.form["username"]).first()
    if user is None:
        # ruleid: user-enumeration
        flash("Unknown user")
        return redirect("/login")
    if user.password != request.form["password"]:
        flash("Wrong password")
        return redirect("/login")
    session["user_id"] = user.id
    return redirect("/")


@app.route("/api/login", methods=["POST"])
def api_login():
    user = User.query.filter_by(username=request.json["username"], password=request.json["password"]).first()
    if user is None:
        # ok: user-enumeration
        return jsonify(error="Invalid username or password"), 401
    return jsonify(id=user.id)


@app.route("/forgot-password", methods=["POST"])
def forgot_password():
    user = User.query.filter_by(username=request.form["username"]).first()
    if user is None:
        # ruleid: user-enumeration
        return "We do not have this user", 404
    return "A mail is on its way"


@app.route("/reset/request", methods=["POST"])
def forgotten():
    # ok: user-enumeration
    return "If the account exists, a mail is on its way"


@app.route("/v2/login", methods=["POST"])
def second_login():
    row = db.execute("SELECT * FROM users WHERE username = ?", (request.json["username"],)).fetchone()
    if row is None:
        # ruleid: user-enumeration
        return jsonify(error="no account with this address"), 401
    if not checkpw(request.json["password"], row["password"]):
        return jsonify(error="wrong password"), 401
    return jsonify(token=token_for(row))


@app.route("/v3/login", methods=["POST"])
def third_login():
    if "email" not in request.form:
        # ok: user-enumeration
        return "no email given", 400
    if not known(request.form["email"], request.form["password"]):
        return "wrong password", 401
    return jsonify(token=token_for(request.form["email"]))
