"""A project: names followed across files, bounded and without end in rings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from threat_modeling.codebase.project import Project
from threat_modeling.codebase.syntax import Call, Class, Function, Literal, Module, dotted

if TYPE_CHECKING:
    from pathlib import Path

FILES = {
    "app/__init__.py": "from .models import User as Person\nfrom .star import *\n",
    "app/models.py": "import sqlite3 as sq\n\nclass User:\n    LIMIT = 5\n    def find(self): pass\n\ndb = sq.connect('x')\n",
    "app/star.py": "def helper(): pass\nHIDDEN = None\n",
    "main.py": "from app import Person, helper, models\nimport app.models as m\n"
    "alias = helper\ntry:\n    value = 1\nexcept ImportError:\n    value = None\n",
    "ring_a.py": "from ring_b import x\nfrom ring_b import *\ny = z\nz = y\n",
    "ring_b.py": "from ring_a import x\nfrom ring_a import *\n",
    "flask.py": "from flask import Flask\n",
    "bad.py": "a = 1\0",
    "main.lua": "print(1)\n",
}


@pytest.fixture
def project(tmp_path: Path) -> Project:
    for path, text in FILES.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text)
    return Project(tmp_path)


@pytest.mark.parametrize(
    ("name", "path", "kind"),
    [
        ("Person", "app/models.py", Class),
        ("helper", "app/star.py", Function),
        ("alias", "app/star.py", Function),
        ("models", "app/models.py", Module),
        ("models.db", "app/models.py", Call),
        ("m.User.find", "app/models.py", Function),
        ("Person.LIMIT", "app/models.py", Literal),
        ("value", "main.py", Literal),
    ],
)
def test_follows_a_name_to_its_definition(project, name, path, kind):
    module, bound = project.definition("main.py", name)
    assert module.path == path
    assert isinstance(bound, kind)


@pytest.mark.parametrize(
    ("path", "name"), [("main.py", "unheard"), ("ring_a.py", "x"), ("ring_a.py", "nothing"), ("flask.py", "Flask"), ("gone.py", "a")]
)
def test_what_cannot_be_followed_is_none(project, path, name):
    assert project.definition(path, name) is None


def test_a_file_is_read_by_its_path_before_the_target_is_walked(project):
    assert project.module("main.py") is not None
    assert project.text("gone.py") is None
    (project.root / "later.py").write_text("x = 1\n")
    assert "later.py" in project.paths
    assert project.text("later.py") == "x = 1\n"


def test_a_name_bound_to_itself_in_a_ring_ends(project):
    assert project.definition("ring_a.py", "y") is None or dotted(project.definition("ring_a.py", "y")[1])


def test_none_never_hides_a_value(project):
    assert project.definition("main.py", "value")[1].value == 1


def test_qualified_names_resolve_aliases(project):
    module = project.module("app/models.py")
    assert project.qualified(module, project.definition("app/models.py", "db")[1].callee) == "sqlite3.connect"
    assert project.qualified(module, "unheard.name") == "unheard.name"


def test_every_skip_is_recorded_once(project):
    for _ in range(2):
        assert project.module("bad.py") is None
        assert project.module("main.lua") is None
        assert project.text("gone.py") is None
    assert {skip.path: skip.reason for skip in project.skips} == {"bad.py": "binary: holds NUL bytes", "main.lua": "language not analyzed: lua"}
    assert len(project.skips) == 2


def test_modules_are_chosen_by_language_and_keyword_in_path_order(project):
    assert [module.path for module in project.modules(("python",), ("sqlite3", "package main"))] == ["app/models.py"]
    assert [module.path for module in project.modules(("python",))] == [
        "app/__init__.py",
        "app/models.py",
        "app/star.py",
        "flask.py",
        "main.py",
        "ring_a.py",
        "ring_b.py",
    ]


def test_a_component_is_a_prefix_without_the_components_nested_in_it(project):
    assert [file.path for file in project.within("./app/")] == ["app/__init__.py", "app/models.py", "app/star.py"]
    assert "app/models.py" not in [file.path for file in project.within(".", ["app", "ap"])]
    assert "main.py" in [file.path for file in project.within(".", ["app"])]


def test_evidence_quotes_the_lines_and_masks_secrets(tmp_path):
    (tmp_path / "a.py").write_bytes(b"\xef\xbb\xbfimport os\r\npassword = 'hunter2hunter'\n")
    project = Project(tmp_path)
    shown = project.evidence("a.py", 2, 2)
    assert shown.masked
    assert "hunter2" not in shown.quote
    assert project.module("a.py").imports == {"os": ("os", "")}
    with pytest.raises(ValueError, match="can't be read"):
        project.evidence("b.py", 1, 1)


@pytest.mark.parametrize(
    ("keyword", "paths"),
    [
        ("Flask", ["flask.py"]),
        ("lask", ["flask.py"]),
        ("import Flask", ["flask.py"]),
        ("import flask", []),
        (" =", ["app/models.py", "app/star.py", "main.py", "ring_a.py"]),
        ("(): ", ["app/star.py"]),
    ],
)
def test_files_are_told_by_any_part_of_their_text(project, keyword, paths):
    assert [module.path for module in project.modules(("python",), (keyword,))] == paths


def test_the_words_of_a_file(project):
    assert project.words("flask.py") == "\nfrom\nflask\nimport\nFlask\n"
    assert project.words("gone.py").split() == []
