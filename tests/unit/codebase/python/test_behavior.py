"""What functions do for security, by what they read and when they reject; names never count."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from threat_modeling.codebase.project import Project
from threat_modeling.codebase.python.behavior import Behaviors, Role
from threat_modeling.codebase.python.scopes import statements
from threat_modeling.codebase.syntax import Function

if TYPE_CHECKING:
    from pathlib import Path

HEAD = "import jwt\nfrom flask import request, session, abort, redirect, jsonify\nfrom flask_login import current_user\n\n"

GUARDING = {
    "header": ("if not request.headers.get('Authorization'):\n        abort(401)", {"authentication"}),
    "token": ("try:\n        jwt.decode(request.args['t'], 'k')\n    except Exception:\n        return jsonify(e=1), 401", {"authentication"}),
    "session": ("if 'user_id' not in session:\n        return redirect('/login')", {"authentication"}),
    "or": ("session.get('uid') or abort(403)", {"authentication"}),
    "called": ("who = other(request.headers['X-API-Key'])\n    if who is None:\n        return '', 401", {"authentication"}),
    "role": ("if not current_user.is_admin:\n        abort(403)", {"authentication", "authorization"}),
    "owner": ("if note.owner_id != current_user.id:\n        return {}, 403", {"authentication", "authorization"}),
    "by call": ("strict()", {"authentication"}),
    "validated": ("import jsonschema\n    jsonschema.validate(request.json, {})", {"input-validation"}),
}
HARMLESS = {
    "login": "body = request.get_json()\n    if body['password'] != row.password:\n        return jsonify(e=1), 401",
    "cart": "if 'cart' not in session:\n        return redirect('/shop')",
    "trace header": "if not request.headers.get('X-Trace-Id'):\n        abort(401)",
    "reads only": "who = request.headers.get('Authorization')\n    return jsonify(who=who)",
    "not found": "row = find(current_user.id)\n    if not row:\n        return '', 404",
    "named only": "login_required_check_token()",
    "comment": "# if not session.get('user'): abort(401)\n    return ''",
}
TAIL = """

def other(value):
    return third(value)

def third(value):
    return jwt.decode(value, 'k')

def strict():
    if not session.get('user'):
        raise ValueError('no')

def login_required_check_token():
    print('nothing')
"""


def checks(tmp_path: Path, body: str) -> set[str]:
    (tmp_path / "a.py").write_text(f"{HEAD}def asked(note=None):\n    {body}\n{TAIL}")
    project = Project(tmp_path)
    scope, function = next((s, n) for s, n in statements(project, project.module("a.py")) if isinstance(n, Function) and n.name == "asked")
    return {check.category.value for check in Behaviors().of(scope, function, Role.HANDLER).checks}


@pytest.mark.parametrize("name", sorted(GUARDING))
def test_a_check_is_seen(tmp_path, name):
    body, expected = GUARDING[name]
    assert checks(tmp_path, body) == expected


@pytest.mark.parametrize("name", sorted(HARMLESS))
def test_what_is_no_check_is_none(tmp_path, name):
    assert checks(tmp_path, HARMLESS[name]) == set()


def test_functions_that_call_themselves_end(tmp_path):
    assert checks(tmp_path, "asked()\n    mutual = asked(asked())") == set()


WRAPPERS = {
    "stacked": (
        "@wraps(view)\n    @signed_in\n    def wrapper(*args):\n        if not g.customer['is_staff']: return '', 403\n        return view(*args)",
        {"authentication", "authorization"},
    ),
    "around a known guard": ("@login_required\n    def wrapper(*args):\n        return view(*args)", {"authentication"}),
    "around nothing": ("@wraps(view)\n    def wrapper(*args):\n        return view(*args)", set()),
    "by locale": ("@wraps(view)\n    def wrapper(*args):\n        if g.locale:\n            return view(*args)\n        return view()", set()),
}
DECORATORS = """
from functools import wraps
from flask import g
from flask_login import login_required

def signed_in(view):
    @wraps(view)
    def wrapper(*args):
        if not session.get('user'):
            return '', 401
        return view(*args)
    return wrapper
"""


@pytest.mark.parametrize("name", sorted(WRAPPERS))
def test_a_decorator_has_the_guards_around_its_wrapper(tmp_path, name):
    body, expected = WRAPPERS[name]
    (tmp_path / "a.py").write_text(f"{HEAD}{DECORATORS}\ndef asked(view):\n    {body}\n    return wrapper\n")
    project = Project(tmp_path)
    scope, function = next((s, n) for s, n in statements(project, project.module("a.py")) if isinstance(n, Function) and n.name == "asked")
    assert {check.category.value for check in Behaviors().of(scope, function, Role.WRAPPER).checks} == expected


SCHEMES = """
from fastapi import Depends, HTTPException
from fastapi.security import HTTPBearer

class Bearer(HTTPBearer):
    async def __call__(self, request):
        found = await super().__call__(request)
        if not found:
            raise HTTPException(status_code=401)
        return read(found)

class Lenient(HTTPBearer):
    async def __call__(self, request):
        return read(await super().__call__(request))

class Paging:
    def __call__(self, page):
        if page > 9:
            raise HTTPException(status_code=400)
        return page

by_bearer = Bearer()
by_lenient = Lenient()
by_paging = Paging()
"""


@pytest.mark.parametrize(("provider", "expected"), [("by_bearer", {"authentication"}), ("by_lenient", set()), ("by_paging", set())])
def test_a_dependency_rests_on_an_object_of_a_security_scheme(tmp_path, provider, expected):
    (tmp_path / "a.py").write_text(f"{SCHEMES}\ndef asked(token=Depends({provider})):\n    return token\n")
    project = Project(tmp_path)
    scope, function = next((s, n) for s, n in statements(project, project.module("a.py")) if isinstance(n, Function) and n.name == "asked")
    assert {check.category.value for check in Behaviors().of(scope, function, Role.DEPENDENCY).checks} == expected
