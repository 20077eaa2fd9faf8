"""Statements of a file in their scopes: loops over lists that stand in the code are told apart turn by turn."""

from __future__ import annotations

from threat_modeling.codebase.project import Project
from threat_modeling.codebase.python.scopes import MAX_TOLD, MAX_TURNS, statements
from threat_modeling.codebase.syntax import Call, Evaluate


def arguments(tmp_path, source):
    (tmp_path / "app.py").write_text(source)
    project = Project(tmp_path)
    calls = [(scope, s.value) for scope, s in statements(project, project.module("app.py")) if isinstance(s, Evaluate) and isinstance(s.value, Call)]
    return [scope.constant(call.arguments[0]) for scope, call in calls]


def test_each_turn_of_a_loop_has_its_own_values(tmp_path):
    assert arguments(tmp_path, "ROWS = [('/a', 1), ('/b', 2)]\nfor path, n in ROWS:\n    add(path)\n") == ["/a", "/b"]
    assert arguments(tmp_path, "for path in ('/a', '/b'):\n    if path:\n        add(path + '/x')\n") == ["/a/x", "/b/x"]


def test_what_can_not_be_told_apart_is_read_once(tmp_path):
    assert len(arguments(tmp_path, "for path in load():\n    add(path)\n")) == 1
    assert len(arguments(tmp_path, f"for path in [{', '.join(['1'] * 500)}]:\n    add(path)\n")) == MAX_TURNS


def test_methods_see_what_others_set_on_the_object(tmp_path):
    source = "class A:\n    def __init__(self):\n        self.base = '/x'\n    def go(self):\n        add(self.base)\n"
    assert arguments(tmp_path, source) == ["/x"]


def test_loops_in_loops_end(tmp_path):
    loops = "".join(f"{'    ' * depth}for a{depth} in [{', '.join(['1'] * 60)}]:\n" for depth in range(8))
    assert len(arguments(tmp_path, f"{loops}{'    ' * 8}add('/x')\n")) <= MAX_TOLD + MAX_TURNS
