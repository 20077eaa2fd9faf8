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


def test_guards_that_stand_where_the_route_is_registered(express):
    assert express("app.get('/x', isLoggedIn, (req, res) => res.end())").authenticated
    assert not express("app.get('/isLoggedIn', trace, (req, res) => res.end())").authenticated


def test_a_handler_that_runs_too_much_code_is_told(project):
    functions = "".join(f"def f{number}():\n    return {number}\n\n\n" for number in range(70))
    calls = "".join(f"    f{number}()\n" for number in range(70))
    head = "from flask import Flask\napp = Flask(__name__)\n\n\n"
    target = project({"app.py": f"{head}{functions}@app.route('/')\ndef a():\n{calls}    return ''\n"})
    applications(target, routes(target))
    assert [(skip.path, skip.reason) for skip in target.skips] == [("app.py", "a was not followed to the end: it runs too much other code")]
