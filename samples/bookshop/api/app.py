import logging
import os

from flask import Flask
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

from api.admin import admin
from api.auth import auth
from api.books import books
from api.orders import orders

logging.basicConfig(level=logging.INFO)

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["BOOKSHOP_SECRET_KEY"]
app.config["SESSION_COOKIE_HTTPONLY"] = True
app.config["SESSION_COOKIE_SECURE"] = False

limiter = Limiter(get_remote_address, app=app, default_limits=["200 per minute"])

app.register_blueprint(auth, url_prefix="/auth")
app.register_blueprint(books, url_prefix="/books")
app.register_blueprint(orders, url_prefix="/orders")
app.register_blueprint(admin, url_prefix="/admin")


@app.get("/health")
def health():
    return {"status": "ok"}


if __name__ == "__main__":
    app.run(host="0.0.0.0", debug=True)
