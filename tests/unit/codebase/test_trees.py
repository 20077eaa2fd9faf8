"""A tree that was kept comes back the same, and what can't be kept or read costs nothing but time."""

from __future__ import annotations

from pathlib import Path

import pytest

from threat_modeling.codebase import trees as trees_module
from threat_modeling.codebase.languages import languages
from threat_modeling.codebase.project import Project
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
