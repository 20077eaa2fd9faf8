from threat_modeling.codebase.handlers.application import applications
from threat_modeling.codebase.handlers.location import around, first_line, served_by
from threat_modeling.codebase.languages.python import lower
from threat_modeling.codebase.resolvers import routes

VIEWS = "@cached\n@app.route('/')\ndef a():\n    pass\n\n\nclass Pages:\n    def get(self):\n        pass\n\n    def post(self):\n        pass\n"


def test_a_function_by_its_lines_and_name():
    module = lower("a.py", VIEWS)
    found = served_by(module, "a", 2, 4, "GET")
    assert (found.name, first_line(found)) == ("a", 1)


def test_the_method_of_a_class_that_serves_the_http_method():
    module = lower("a.py", VIEWS)
    assert served_by(module, "Pages", 7, 12, "POST").name == "post"


def test_lines_inside_a_function_are_no_handler():
    assert served_by(lower("a.py", "def setup():\n    one()\n    two()\n"), "", 3, 3, "GET") is None


def test_handlers_that_a_function_constructs(project):
    handlers = "function Pages () {\n  this.show = (req, res) => { res.json(req.query.a) }\n}\nmodule.exports = Pages\n"
    server = (
        "const express = require('express')\nconst Pages = require('./pages')\nconst app = express()\n"
        "const pages = new Pages()\napp.get('/', pages.show)\n"
    )
    target = project({"pages.js": handlers, "server.js": server})
    found = applications(target, routes(target))
    assert [(summary.path, summary.fields("query")) for summary in found[0].handlers] == [("pages.js", ("a",))]


def test_what_stands_around_a_handler():
    module = lower(
        "a.py", "def make(db):\n    one = Store(db)\n\n    def other():\n        pass\n\n    def show():\n        pass\n\n    return show\n"
    )
    inner = served_by(module, "show", 7, 8, "GET")
    assert [statement.line for statement in around(module, inner)] == [2, 4, 7, 10]
    assert around(module, module.body[0]) == ()
