"""Flask: an application over several files, with guards that cover some routes and not others."""

from __future__ import annotations

import pytest
from tests.unit.codebase.resolvers.table import guards, handlers, parameters, routes_of

from threat_modeling.codebase.project import Project
from threat_modeling.codebase.resolvers import flask

CSRF = "cors-csp CSRFProtect application"
INIT = "cors-csp csrf.init_app application"
ROLE = {"authentication sessions.with_role route", "authorization sessions.with_role route"}

SERVED = {
    "GET /health": "library/__init__.py:24 health",
    "GET /search": "library/__init__.py:32 search",
    "POST /search": "library/__init__.py:32 search",
    "GET /api/v1/books/": "library/books.py:10 listed",
    "PUT /api/v1/books/{book_id}": "library/books.py:17 changed",
    "DELETE /api/v1/books/{book_id}": "library/books.py:17 changed",
    "POST /api/v1/books/{book_id}/loans": "library/books.py:24 lent",
    "POST /api/v1/books/login": "library/books.py:34 login",
    "GET /api/v1/books/desk/welcome": "library/admin.py:16 welcome",
    "GET /api/v1/books/desk/members": "library/admin.py:21 members",
    "GET /shelves/{shelf}": "library/books.py:46 BookView.get",
    "POST /shelves/{shelf}": "library/books.py:49 BookView.post",
    "GET /rest/people/": "library/api.py:12 Readers.get",
    "GET /rest/people/all": "library/api.py:12 Readers.get",
    "DELETE /rest/fines/{fine_id}": "library/api.py:17 Fine.delete",
    "GET /rest/loans/{loan}": "library/api.py:23 Loan.get",
}
GUARDED = {
    "GET /search": {"rate-limiting limiter.limit route"},
    "GET /api/v1/books/": set(),
    "PUT /api/v1/books/{book_id}": {"authentication member route"},
    "POST /api/v1/books/{book_id}/loans": {"authentication reader_of handler", "authorization reader_of handler"},
    "POST /api/v1/books/login": set(),
    "GET /api/v1/books/desk/welcome": set(),
    "GET /api/v1/books/desk/members": {"authentication signed_in router"},
    "GET /shelves/{shelf}": ROLE,
}
READ = {
    "GET /api/v1/books/": {"query page"},
    "PUT /api/v1/books/{book_id}": {"path book_id", "body title", "body isbn"},
    "POST /api/v1/books/{book_id}/loans": {"path book_id", "header Authorization", "body reader"},
    "GET /shelves/{shelf}": {"path shelf", "cookie cover"},
    "POST /shelves/{shelf}": {"path shelf", "file scan"},
}


def test_every_route_once_with_its_handler():
    assert handlers(routes_of("flask_library", flask)) == SERVED


@pytest.mark.parametrize("name", sorted(GUARDED))
def test_guards(name):
    assert guards(routes_of("flask_library", flask)[name]) == GUARDED[name] | {CSRF, INIT}


@pytest.mark.parametrize("name", sorted(READ))
def test_parameters(name):
    assert parameters(routes_of("flask_library", flask)[name]) == READ[name]


RINGS = """
from flask import Flask, Blueprint
a = Blueprint("a", __name__)
b = Blueprint("b", __name__)
a.register_blueprint(b, url_prefix="/b")
b.register_blueprint(a, url_prefix="/a")
x = y
y = x
app = other
other = app
class P(Q): pass
class Q(P): pass
odd = P()
@a.route("/in-a-ring")
def one(): return one()
@app.route("/unknown" + PART)
def two(): pass
PART = PART + "a"
@odd.route("/odd")
def three(): pass
"""


def test_rings_end(tmp_path):
    (tmp_path / "app.py").write_text(RINGS)
    assert len(list(flask.routes(Project(tmp_path)))) <= 3


def test_other_frameworks_are_left_alone(tmp_path):
    (tmp_path / "web.py").write_text("from bottle import Bottle\napp = Bottle()\n@app.route('/a')\ndef a(): pass\n")
    (tmp_path / "site.py").write_text("from flask import Flask\napp = Flask(__name__)\n@app.route('/b')\ndef b(): pass\n")
    assert [route.path for route in flask.routes(Project(tmp_path))] == ["/b"]


def test_resources_are_registered_by_decorators_too(tmp_path):
    source = "from flask_restful import Api, Resource\nfrom flask import Flask\napi = Api(Flask(__name__))\n"
    (tmp_path / "app.py").write_text(source + "@api.resource('/x', '/y')\nclass X(Resource):\n    def put(self): ...\n")
    assert sorted((r.method, r.path) for r in flask.routes(Project(tmp_path))) == [("PUT", "/x"), ("PUT", "/y")]
