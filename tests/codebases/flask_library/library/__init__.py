from flask import Flask, jsonify, request
from flask_limiter import Limiter
from flask_wtf.csrf import CSRFProtect

from .admin import admin
from .api import api_blueprint
from .books import BookView, books
from .settings import PREFIX

csrf = CSRFProtect()
limiter = Limiter(lambda: "everyone")


def create_app():
    app = Flask(__name__)
    csrf.init_app(app)
    CSRFProtect(app)
    books.register_blueprint(admin, url_prefix="/desk")
    for blueprint in (books,):
        app.register_blueprint(blueprint, url_prefix=PREFIX + "/books")
    app.register_blueprint(api_blueprint)
    app.add_url_rule("/shelves/<int:shelf>", view_func=BookView.as_view("shelf"))

    @app.get("/health")
    def health():
        return jsonify(ok=True)

    @app.errorhandler(404)
    def missing(error):
        return jsonify(error="not found"), 404

    @app.route("/search", methods=["GET", "POST"])
    @limiter.limit("5/minute")
    def search():
        term = request.args["term"]
        return jsonify(term=term)

    return app
