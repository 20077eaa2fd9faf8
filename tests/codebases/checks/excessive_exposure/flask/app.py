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


@app.route("/people")
def people():
    # ruleid: excessive-exposure
    return jsonify([describe(user) for user in User.query.all()])


def describe(user):
    return {"username": user.username, "password": user.password}


@app.route("/people/names")
def names():
    # ok: excessive-exposure
    return jsonify([user.username for user in User.query.all()])


@app.route("/login", methods=["POST"])
def login():
    user = User.query.filter_by(username=request.json["username"]).first()
    # ok: excessive-exposure
    return jsonify(ok=check(user.password, request.json["password"]))
