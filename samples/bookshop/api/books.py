import requests
from flask import Blueprint, jsonify, render_template_string, request

from api.database import connect
from api.security import login_required

books = Blueprint("books", __name__)

PREVIEW = "<h1>{{ title }}</h1><p>{{ text }}</p>"


@books.get("/")
def list_books():
    with connect() as db:
        rows = db.execute("SELECT id, title, price FROM books LIMIT 100").fetchall()
    return jsonify([dict(row) for row in rows])


@books.get("/search")
def search():
    term = request.args.get("q", "")
    with connect() as db:
        rows = db.execute("SELECT id, title, price FROM books WHERE title LIKE '%" + term + "%'").fetchall()
    return jsonify([dict(row) for row in rows])


@books.get("/<int:book_id>")
def show(book_id):
    with connect() as db:
        row = db.execute("SELECT id, title, price FROM books WHERE id = ?", (book_id,)).fetchone()
    return jsonify(dict(row)) if row else (jsonify(error="no such book"), 404)


@books.get("/<int:book_id>/preview")
def preview(book_id):
    title = request.args.get("title", "")
    return render_template_string("<h1>" + title + "</h1>")


@books.post("/<int:book_id>/cover")
@login_required
def import_cover(book_id):
    response = requests.get(request.get_json()["url"], timeout=10)
    with open(f"covers/{book_id}.jpg", "wb") as cover:
        cover.write(response.content)
    return jsonify(status="imported")
