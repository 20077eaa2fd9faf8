from threat_modeling.codebase.handlers.application import applications
from threat_modeling.codebase.handlers.report import Kind, missing, present, searched
from threat_modeling.codebase.resolvers import routes
from threat_modeling.model import ControlCategory

KIND = Kind("some-rule", "Title", "CWE-306", "some-class", ControlCategory.AUTHENTICATION)
APP = "from flask import Flask, request\napp = Flask(__name__)\n\n\n@app.route('/a')\ndef a():\n    return request.args['x']\n"


def test_missing_controls_show_decorators_and_signature(project):
    target = project({"app.py": APP})
    (application,) = applications(target, routes(target))
    weakness = missing(application, application.handlers[0], KIND, "m")
    assert weakness.evidence.quote == "@app.route('/a')\ndef a():"
    assert (weakness.route, weakness.function, weakness.trace) == ("GET /a", "a", ())


def test_what_is_present_shows_its_line_and_the_way_there(project):
    target = project({"app.py": APP})
    (application,) = applications(target, routes(target))
    handler = application.handlers[0]
    weakness = present(application, handler, KIND, "m", handler.facts.responses[0].site, source="query x")
    assert weakness.evidence.start == 7
    assert [step.kind for step in weakness.trace] == ["source", "sink"]
    assert weakness.attacker_reached


def test_the_search_is_told(project):
    target = project({"app.py": APP})
    (application,) = applications(target, routes(target))
    assert "no guard covers the route" in searched(application.handlers[0], "a role check")
