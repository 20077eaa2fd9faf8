"""A tree that was kept comes back the same, and what can't be kept or read costs nothing but time."""

from __future__ import annotations

from pathlib import Path

import pytest

from threat_modeling.codebase import trees as trees_module
from threat_modeling.codebase.checks import weaknesses
from threat_modeling.codebase.languages import languages
from threat_modeling.codebase.project import Project
from threat_modeling.codebase.resolvers import routes
from threat_modeling.codebase.scan import scan
from threat_modeling.codebase.trees import SMALL, Trees

TESTS = Path(__file__).parents[2]
FILLER = "# " + "x" * SMALL + "\n"


def tree(code: str, path: str = "app.py", language: str = "python"):
    return languages()[language].lower(path, code)


def test_trees_of_every_language_come_back_the_same(tmp_path):
    project, trees = Project(TESTS), Trees(tmp_path / "trees")
    seen = set()
    for file in project.files:
        module, code = project.module(file.path), project.text(file.path)
        if module is not None:
            code += " " * SMALL
            trees.keep(module, code)
            assert trees.find(file.path, module.language, code) == module
            seen.add(module.language)
    assert seen == set(languages())


def test_another_text_path_or_language_is_another_tree(tmp_path):
    trees, code = Trees(tmp_path), FILLER + "x = 1\n"
    trees.keep(tree(code), code)
    assert trees.find("app.py", "python", code) == tree(code)
    assert trees.find("other.py", "python", code) is None
    assert trees.find("app.py", "go", code) is None
    assert trees.find("app.py", "python", code + "y = 2\n") is None


@pytest.mark.parametrize("code", ["x = 1" + "0" * 30, "x = True", "x = 1", "x = 1.0", "x = -0.0", 'x = "\\ud800"', "x = 1e999", "x = '\\0'"])
def test_a_constant_is_kept_as_it_is_or_not_at_all(tmp_path, code):
    trees, code = Trees(tmp_path), FILLER + code + "\n"
    trees.keep(tree(code), code)
    found = trees.find("app.py", "python", code)
    assert found is None or repr(found) == repr(tree(code))


def test_deep_nesting_is_no_error(tmp_path):
    trees, code = Trees(tmp_path), "x = " + "(1 + " * 3_000 + "1" + ")" * 3_000 + "\n" + "y = " + "[" * 5_000 + "]" * 5_000 + "\n"
    trees.keep(tree(code), code)
    found = trees.find("app.py", "python", code)
    assert found is None or found == tree(code)


@pytest.mark.parametrize("damage", [lambda _: b"", lambda kept: kept[:-9], lambda kept: kept[:30] + b"\xff" + kept[31:], lambda _: b"{}"])
def test_a_damaged_tree_is_made_again(tmp_path, damage):
    (tmp_path / "target").mkdir()
    (tmp_path / "target/app.py").write_text(FILLER + "x = 1\n")
    first = Project(tmp_path / "target")
    first.trees = Trees(tmp_path / "trees")
    made = first.module("app.py")
    (kept,) = (path for path in (tmp_path / "trees").rglob("*") if path.is_file())
    kept.write_bytes(damage(kept.read_bytes()))
    second = Project(tmp_path / "target")
    second.trees = Trees(tmp_path / "trees")
    assert second.module("app.py") == made
    assert not second.skips


def test_a_folder_that_takes_nothing_is_no_error(tmp_path):
    (tmp_path / "file").write_text("no folder")
    trees, code = Trees(tmp_path / "file"), FILLER
    trees.keep(tree(code), code)
    assert trees.find("app.py", "python", code) is None


def test_no_more_is_kept_than_there_is_room(tmp_path, monkeypatch):
    monkeypatch.setattr(trees_module, "ROOM", 1)
    trees, first, second = Trees(tmp_path), FILLER + "x = 1\n", FILLER + "x = 2\n"
    trees.keep(tree(first), first)
    trees.keep(tree(second), second)
    assert trees.find("app.py", "python", first) == tree(first)
    assert trees.find("app.py", "python", second) is None


@pytest.mark.parametrize("codebase", sorted(folder.name for folder in (TESTS / "codebases").iterdir() if folder.is_dir()))
def test_what_is_found_in_kept_trees_is_what_is_found_in_code(tmp_path, codebase):
    def found(project):
        known = routes(project)
        return known, scan(project, sorted(project.paths), known), weaknesses(project, known)

    first, second = Project(TESTS / "codebases" / codebase), Project(TESTS / "codebases" / codebase)
    first.trees, second.trees = Trees(tmp_path), Trees(tmp_path)
    for file in first.files:
        first.module(file.path)
    assert found(second) == found(Project(TESTS / "codebases" / codebase))


def test_the_error_that_a_handler_catches_is_known_from_a_kept_tree(tmp_path):
    """The type that is caught stands in the tree twice: it is the same by what it says, not as an object."""
    code = FILLER + (
        "from flask import Flask\n\napp = Flask(__name__)\n\n\n@app.get('/x')\ndef x():\n"
        "    try:\n        work()\n    except Exception as error:\n        return repr(error)\n"
    )
    (tmp_path / "target").mkdir()
    (tmp_path / "target/app.py").write_text(code)
    for _ in range(2):
        project = Project(tmp_path / "target")
        project.trees = Trees(tmp_path / "trees")
        assert "CWE-209" in {weakness.cwe for weakness in weaknesses(project, routes(project))}
