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


# ruleid: unverified-password-change
@app.route("/password", methods=["POST"])
def change_password():
    user = User.query.get(session["user_id"])
    user.password = request.form["password"]
    db.session.commit()
    return redirect("/")


# ok: unverified-password-change
@app.route("/password/checked", methods=["POST"])
def change_checked():
    user = User.query.get(session["user_id"])
    if user.password != request.form["old_password"]:
        return "", 403
    user.password = request.form["password"]
    db.session.commit()
    return redirect("/")


# ok: unverified-password-change
@app.route("/register", methods=["POST"])
def register():
    db.session.add(User(username=request.form["username"], password=request.form["password"]))
    return redirect("/")


# ok: unverified-password-change
@app.route("/reset-password", methods=["POST"])
def reset_password():
    user = User.query.filter_by(reset_token=request.form["token"]).first()
    user.password = request.form["password"]
    db.session.commit()
    return redirect("/")
