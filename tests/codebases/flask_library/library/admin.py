from flask import Blueprint, jsonify, redirect, request, session, url_for

admin = Blueprint("admin", __name__)

OPEN = ("/api/v1/books/desk/welcome",)


@admin.before_request
def signed_in():
    if request.path in OPEN:
        return None
    if "user_id" not in session:
        return redirect(url_for("books.login"))


@admin.route("/welcome")
def welcome():
    return "hello"


@admin.route("/members")
def members():
    return jsonify([])
