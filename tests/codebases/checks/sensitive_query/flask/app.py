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


@app.route("/login")
def login():
    # ruleid: sensitive-query
    password = request.args.get("password")
    return jsonify(ok=bool(password))


@app.route("/search")
def search():
    # ok: sensitive-query
    return jsonify(q=request.args.get("q"))


@app.route("/api/login", methods=["POST"])
def api_login():
    # ok: sensitive-query
    return jsonify(ok=bool(request.form.get("password")))
