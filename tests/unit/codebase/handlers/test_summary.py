from threat_modeling.codebase.handlers.application import applications
from threat_modeling.codebase.handlers.vocabulary import Purpose
from threat_modeling.codebase.resolvers import routes

ACCOUNT = "class User(db.Model):\n    name = db.Column(db.String)\n    password = db.Column(db.String)\n\n\n"


def test_a_decorator_of_the_project_tells_how_callers_are_known(handler):
    code = (
        "def login_required(f):\n    def wrapped():\n        if 'id' not in request.cookies:\n"
        "            return ''\n        return f()\n    return wrapped\n\n\n"
        "@app.route('/')\n@login_required\ndef a():\n    return ''\n"
    )
    summary = handler(code)
    assert summary.authenticated
    assert summary.identities == {"cookie"}
    assert summary.start == summary.function.line - 2


def test_a_role_check_inside_a_decorator_counts(handler):
    code = (
        "def staff_only(f):\n    def wrapped():\n        if not g.user.is_staff:\n            return ''\n        return f()\n    return wrapped\n\n\n"
        "@app.route('/')\n@staff_only\ndef a():\n    return ''\n"
    )
    assert handler(code).authorized


def test_purposes_by_what_is_done_with_passwords(handler):
    login = (
        "@app.route('/key', methods=['POST'])\ndef key():\n"
        "    user = User.query.filter_by(name=request.json['name'], password=request.json['password']).first()\n"
        "    return ''\n"
    )
    made = ACCOUNT + (
        "@app.route('/people', methods=['POST'])\ndef people():\n"
        "    User(name=request.json['name'], password=request.json['password'])\n    return ''\n"
    )
    changed = (
        "@app.route('/me', methods=['PUT'])\ndef me():\n"
        "    User.query.filter_by(id=1).update({'password': request.json['password']})\n    return ''\n"
    )
    assert Purpose.LOGIN in handler(login).purposes
    assert Purpose.REGISTER in handler(made).purposes
    assert Purpose.NEW_PASSWORD in handler(changed).purposes


def test_parameters_of_fastapi(project):
    code = (
        "from typing import Annotated\nfrom fastapi import Depends, FastAPI, Header, UploadFile\n"
        "from pydantic import BaseModel\n\napp = FastAPI()\n\n\n"
        "class Note(BaseModel):\n    text: str\n\n\ndef get_current_user():\n    return 1\n\n\n"
        "Caller = Annotated[str, Depends(get_current_user)]\n\n\n"
        "@app.post('/{number}')\n"
        "def a(number: int, note: Note, page: int, file: UploadFile, caller: Caller, x_trace: str = Header()):\n"
        "    return note.text\n"
    )
    target = project({"main.py": code})
    (application,) = applications(target, routes(target))
    summary = application.handlers[0]
    by_source = {read.source: read.field for read in summary.facts.reads}
    assert by_source["path"] == "number"
    assert by_source["query"] == "page"
    assert by_source["file"] == "file"
    assert by_source["header"] == "x_trace"
    assert summary.fields("body") == ("text",)
    assert summary.identities == {"token"}


def test_guards_that_stand_where_the_route_is_registered(express):
    assert express("app.get('/x', isLoggedIn, (req, res) => res.end())").authenticated
    assert not express("app.get('/isLoggedIn', trace, (req, res) => res.end())").authenticated


def test_handlers_that_a_function_constructs(project):
    handlers = "function Pages () {\n  this.show = (req, res) => { res.json(req.query.a) }\n}\nmodule.exports = Pages\n"
    server = (
        "const express = require('express')\nconst Pages = require('./pages')\nconst app = express()\n"
        "const pages = new Pages()\napp.get('/', pages.show)\n"
    )
    target = project({"pages.js": handlers, "server.js": server})
    found = applications(target, routes(target))
    assert [(summary.path, summary.fields("query")) for summary in found[0].handlers] == [("pages.js", ("a",))]
