from threat_modeling.codebase.handlers.application import applications, spoken
from threat_modeling.codebase.languages.javascript import lower
from threat_modeling.codebase.resolvers import routes

APP = "from flask import Flask, session\napp = Flask(__name__)\n\n\n@app.route('/{0}')\ndef {0}():\n    return {1}\n"


def test_each_folder_that_makes_an_application_is_one(project):
    target = project({"one/app.py": APP.format("a", "session['user']"), "two/app.py": APP.format("b", "''"), "two/lib/x.py": "y = 1\n"})
    one, two = applications(target, routes(target))
    assert (one.folder, two.folder) == ("one", "two")
    assert one.authenticates
    assert not two.authenticates
    assert two.owns("two/lib/x.py")
    assert not one.owns("two/lib/x.py")


def test_the_answer_is_shared_until_the_routes_change(project):
    target = project({"app.py": APP.format("a", "''")})
    found = routes(target)
    assert applications(target, found) is applications(target, list(found))
    assert applications(target, []) == ()


def test_a_control_in_a_comment_is_none(project):
    target = project({"app.py": "# CSRFProtect(app)\n" + APP.format("a", "''")})
    (application,) = applications(target, routes(target))
    assert not application.mentions("CSRFProtect")
    assert application.mentions("flask")


def test_what_code_says():
    said = spoken(lower("a.js", "// csurf\nconst s = require('express-session')\napp.use(s({ cookie: { sameSite: 'lax' } }))\n"))
    assert "csurf" not in said
    assert "sameSite=lax" in said.split("\n")


def test_handlers_of_tests_are_left_out(project):
    target = project({"tests/app.py": APP.format("a", "''")})
    assert applications(target, routes(target)) == ()
