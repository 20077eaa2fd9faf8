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


# ruleid: debug-route
@app.route("/debug/config")
def debug_config():
    return jsonify(dict(app.config))


# ok: debug-route
@app.route("/debug/session")
def debug_session():
    if "user_id" not in session:
        return "", 401
    return jsonify(session["user_id"])


# ok: debug-route
@app.route("/invoices")
def invoices():
    return jsonify([])


# ruleid: metrics-route
@app.route("/metrics")
def metrics():
    return "requests 1"
