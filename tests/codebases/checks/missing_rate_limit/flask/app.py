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


from flask_limiter import Limiter

limiter = Limiter(app)


# ruleid: missing-brute-force-protection
@app.route("/login", methods=["POST"])
def login():
    user = User.query.filter_by(username=request.form["username"], password=request.form["password"]).first()
    if user:
        session["user_id"] = user.id
    return redirect("/")


# ok: missing-brute-force-protection
@app.route("/api/login", methods=["POST"])
@limiter.limit("5/minute")
def api_login():
    user = User.query.filter_by(username=request.json["username"], password=request.json["password"]).first()
    return jsonify(ok=bool(user))


# ok: missing-brute-force-protection
@app.route("/login/locked", methods=["POST"])
def login_with_lockout():
    user = User.query.filter_by(username=request.form["username"]).first()
    if user.failed_attempts > 5:
        return "", 429
    return jsonify(ok=user.password == request.form["password"])


# ruleid: missing-brute-force-protection
@app.route("/verify-otp", methods=["POST"])
def verify_otp():
    return jsonify(ok=request.form["otp"] == session["expected"])


# ok: missing-brute-force-protection
@app.route("/logout", methods=["POST"])
def logout():
    session.clear()
    return redirect("/")
