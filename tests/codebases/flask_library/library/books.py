from flask import Blueprint, jsonify, request, session
from flask.views import MethodView

from . import sessions
from .sessions import member, reader_of, timed

books = Blueprint("books", __name__, url_prefix="/unused")


@books.route("/")
@timed
def listed():
    page = request.args.get("page", 1)
    return jsonify(page=page)


@books.route("/<int:book_id>", methods=["PUT", "DELETE"])
@member
def changed(book_id):
    body = request.get_json()
    return jsonify(title=body["title"], isbn=body.get("isbn"))


@books.post("/<int:book_id>/loans")
def lent(book_id):
    claims = reader_of(request.headers.get("Authorization"))
    if "error" in claims:
        return jsonify(claims), 401
    if claims["sub"] != request.json["reader"]:
        return jsonify(error="not yours"), 403
    return jsonify(book_id=book_id)


@books.post("/login")
def login():
    body = request.get_json()
    if body["password"] != "x":
        return jsonify(error="wrong"), 401
    session["user"] = body["name"]
    return jsonify(ok=True)


class BookView(MethodView):
    decorators = [sessions.with_role("librarian")]

    def get(self, shelf):
        return jsonify(shelf=shelf, cover=request.cookies.get("cover"))

    def post(self, shelf):
        return jsonify(name=request.files["scan"].filename)
