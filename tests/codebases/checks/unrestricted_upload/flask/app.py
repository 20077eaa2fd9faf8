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


from werkzeug.utils import secure_filename


@app.route("/photo", methods=["POST"])
def photo():
    file = request.files["photo"]
    # ruleid: unrestricted-upload
    file.save("static/" + secure_filename(file.filename))
    return "", 204


@app.route("/photo/checked", methods=["POST"])
def checked():
    file = request.files["photo"]
    if not allowed_file(file.filename):
        return "", 400
    # ok: unrestricted-upload
    file.save("static/" + secure_filename(file.filename))
    return "", 204
