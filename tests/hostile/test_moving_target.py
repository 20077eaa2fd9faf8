"""A target that changes while it is read, that is larger than any agent, or that this user may not read."""

from __future__ import annotations

import os
import time

import pytest

from tests.hostile.corpus import OUTSIDE, PLANTED
from threat_modeling import storage
from threat_modeling.codebase.project import Project
from threat_modeling.codebase.scan import scan
from threat_modeling.codebase.walk import walk


@pytest.fixture
def target(tmp_path):
    folder = tmp_path / "target"
    folder.mkdir()
    for name in ("shop", "other"):
        (folder / f"{name}.py").write_text(PLANTED.format(name=name))
    (tmp_path / "outside.py").write_text(f"# {OUTSIDE}\n")
    return folder


def vanishes(file):
    file.unlink()


def becomes_a_link(file):
    file.unlink()
    file.symlink_to(file.parents[1] / "outside.py")


def becomes_a_pipe(file):
    file.unlink()
    os.mkfifo(file)


def becomes_a_folder(file):
    file.unlink()
    file.mkdir()


def grows(file):
    file.write_bytes(b"x = 1\n" * 1_000_000)


@pytest.mark.parametrize("change", [vanishes, becomes_a_link, becomes_a_pipe, becomes_a_folder, grows])
def test_a_file_that_changes_after_it_was_listed_is_a_skip(target, change):
    project = Project(target)
    assert {"other.py", "shop.py"} <= {*project.paths}
    change(target / "other.py")
    found = scan(project, ["other.py", "shop.py"])
    assert [w.evidence.path for w in found.weaknesses if w.cwe == "CWE-89"] == ["shop.py"]
    assert [s.path for s in project.skips] == ["other.py"]
    assert OUTSIDE not in (project.text("other.py") or "")


def test_a_file_that_may_not_be_read_is_a_skip(target, monkeypatch):
    opened = os.open

    def refused(path, *arguments, **options):
        if path == "other.py":
            raise PermissionError(13, "Permission denied")
        return opened(path, *arguments, **options)

    monkeypatch.setattr(storage.os, "open", refused)
    project = Project(target)
    found = scan(project, ["other.py", "shop.py"])
    assert [w.evidence.path for w in found.weaknesses if w.cwe == "CWE-89"] == ["shop.py"]
    assert [(s.path, s.reason) for s in project.skips] == [("other.py", "can't be read: Permission denied")]


def test_tens_of_thousands_of_files_are_listed_quickly(tmp_path):
    for number in range(20_000):
        if number % 400 == 0:
            (tmp_path / f"d{number // 400}").mkdir()
        (tmp_path / f"d{number // 400}" / f"f{number}.py").touch()
    (tmp_path / ".gitignore").write_text("*\n")
    started = time.process_time()
    assert len(walk(tmp_path).files) == 20_001
    assert time.process_time() - started < 5
