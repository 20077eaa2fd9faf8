"""Paths and handlers that hooks let through."""

from __future__ import annotations

import pytest

from threat_modeling.codebase.project import Project
from threat_modeling.codebase.python.exemptions import exemption
from threat_modeling.codebase.python.scopes import statements
from threat_modeling.codebase.syntax import Function

PATHS = ["/login", "/status", "/static/a.css", "/docs", "/admin/x", "/other"]
HOOKS = {
    "early return": ("if request.path in OPEN:\n        return", ["/login", "/status"]),
    "next": ("if request.url.path == '/login':\n        return await call_next(request)", ["/login"]),
    "prefix": ("if request.path.startswith(('/static', '/docs')):\n        return None", ["/static/a.css", "/docs"]),
    "left out": ("if request.path not in OPEN and not user:\n        abort(401)", ["/login", "/status"]),
    "only there": (
        "if request.path.startswith('/admin') and not user:\n        abort(401)",
        ["/login", "/status", "/static/a.css", "/docs", "/other"],
    ),
    "nested": (
        "if request.path == '/admin/x':\n        if not user:\n            abort(401)",
        ["/login", "/status", "/static/a.css", "/docs", "/other"],
    ),
    "two": ("if request.path == '/admin/x' and not user:\n        abort(401)\n    if not key:\n        abort(401)", []),
    "endpoint": ("if request.endpoint == 'users.login':\n        return", PATHS),
}


@pytest.mark.parametrize("name", sorted(HOOKS))
def test_exempted(tmp_path, name):
    body, expected = HOOKS[name]
    (tmp_path / "a.py").write_text(f"OPEN = ['/login', '/status']\n\nasync def hook(request, call_next=None, user=None):\n    {body}\n    check()\n")
    project = Project(tmp_path)
    scope, function = next((s, n) for s, n in statements(project, project.module("a.py")) if isinstance(n, Function))
    found = exemption(scope, function)
    handler = "login" if name == "endpoint" else "view"
    covered = [path for path in PATHS if found.covers(path, handler)]
    assert covered == expected
