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


@app.route("/invoices/<int:number>")
def show(number):
    try:
        return jsonify(Invoice.query.get(number).total)
    except Exception as error:
        # ruleid: error-details-to-caller
        return jsonify(error=str(error)), 500


@app.route("/invoices/<int:number>/quiet")
def show_quietly(number):
    try:
        return jsonify(Invoice.query.get(number).total)
    except Exception as error:
        app.logger.error(error)
        # ok: error-details-to-caller
        return jsonify(error="internal error"), 500


@app.route("/invoices", methods=["POST"])
def add():
    try:
        validate(request.json)
    except ValidationError as error:
        # ok: error-details-to-caller
        return jsonify(error=str(error)), 400
    return "", 204
