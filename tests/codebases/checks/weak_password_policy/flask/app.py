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


# ruleid: weak-password-policy
@app.route("/register", methods=["POST"])
def register():
    db.session.add(User(username=request.form["username"], password=request.form["password"]))
    return redirect("/")


# ruleid: weak-password-policy
def password_complexity(password):
    return True
