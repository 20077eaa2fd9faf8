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


@app.route("/register", methods=["POST"])
def register():
    # ruleid: mass-assignment
    user = User(**request.get_json())
    db.session.add(user)
    return "", 201


@app.route("/members", methods=["POST"])
def add_member():
    data = request.get_json()
    role = "member"
    if data["role"]:
        role = data["role"]
    # ruleid: mass-assignment
    user = User(username=data["username"], role=role)
    db.session.add(user)
    return "", 201


@app.route("/people", methods=["POST"])
def add_person():
    data = request.get_json()
    # ok: mass-assignment
    user = User(username=data["username"], password=data["password"], role="member")
    db.session.add(user)
    return "", 201


@app.route("/people/<int:number>/role", methods=["PUT"])
def set_role(number):
    caller = User.query.get(session["user_id"])
    if caller.role != "admin":
        return "", 403
    # ok: mass-assignment
    User.query.filter_by(id=number).update({"role": request.json["role"]})
    return "", 204


@app.route("/notes", methods=["POST"])
def add_note():
    note = {"author": session["user_id"]}
    # ruleid: mass-assignment
    note.update(request.get_json())
    return jsonify(note)


@app.route("/people/<int:number>", methods=["PUT"])
def change(number):
    user = User.query.filter_by(id=session["user_id"]).first()
    for key, value in request.get_json().items():
        # ruleid: mass-assignment
        setattr(user, key, value)
    db.session.commit()
    return "", 204


@app.route("/invoices/<int:number>", methods=["PUT"])
def change_invoice(number):
    invoice = Invoice.query.filter_by(id=number, user_id=session["user_id"]).first()
    # ruleid: mass-assignment
    invoice.total = request.json["total"]
    db.session.commit()
    return "", 204


@app.route("/invoices/<int:number>/note", methods=["PUT"])
def annotate_invoice(number):
    invoice = Invoice.query.filter_by(id=number, user_id=session["user_id"]).first()
    # ok: mass-assignment
    invoice.note = request.json["note"]
    db.session.commit()
    return "", 204
