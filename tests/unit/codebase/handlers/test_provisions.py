import pytest

from threat_modeling.codebase.handlers.provisions import provisions, trusted_fields


def test_fields_that_middleware_sets_on_the_request(project):
    code = (
        "const auth = (req, res, next) => { req.body.userId = verify(req).id; next() }\n"
        "const trim = (req, res, next) => { req.body.name = req.body.name.trim(); req.body = {}; next() }\n"
    )
    assert trusted_fields(project({"auth.js": code})) == {"userId"}


@pytest.mark.parametrize(
    ("value", "way"),
    [
        ("load(session['user_id'])", "session"),
        ("load(request.cookies['who'])", "session"),
        ("decode(request.headers['Authorization'])", "header"),
        ("db.session.get(User, decoded(request.headers['Authorization']))", "header"),
        ("elsewhere()", "session"),
    ],
)
def test_how_what_is_kept_on_g_is_known(project, value, way):
    code = f"from flask import g, request, session\nfrom flask import g as kept\n\ndef before():\n    g.member = {value}\n    other.member = 1\n"
    assert provisions(project({"auth.py": code})).on_globals == {"member": way}


def test_a_session_wins(project):
    files = {
        name: f"from flask import g, request\nfrom flask import session\ng.user = {value}\n"
        for name, value in (("a.py", "session['u']"), ("b.py", "decoded(request.headers)"))
    }
    assert provisions(project(files)).on_globals == {"user": "session"}
