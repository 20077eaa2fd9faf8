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


@app.route("/invoices")
def invoices():
    # ruleid: unbounded-list
    return jsonify([invoice.total for invoice in Invoice.query.all()])


@app.route("/invoices/paged")
def paged():
    # ok: unbounded-list
    return jsonify([invoice.total for invoice in Invoice.query.paginate(page=request.args.get("page")).items])
