"""A .gitignore leaves out only what git does not track: it is written by whoever wrote the target."""

from __future__ import annotations

import subprocess
import time

import pytest

from threat_modeling.codebase.gitignore import tracked, untracked_and_ignored
from threat_modeling.codebase.walk import walk

FILES = ["kept.py", "out/a.js", "out/tracked.js", "pkg/.gitignore", "pkg/x.gen.py", "pkg/y.gen.py", ".gitignore", "loose.py"]


def git(root, *arguments: str) -> None:
    subprocess.run(["git", "-C", str(root), "-c", "user.name=t", "-c", "user.email=t@t", *arguments], check=True, capture_output=True)


@pytest.fixture
def target(tmp_path):
    for path in FILES:
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text("x\n")
    (tmp_path / ".gitignore").write_text("out/\n*.gen.py\n")
    (tmp_path / "pkg/.gitignore").write_text("!y.gen.py\n")
    return tmp_path


@pytest.mark.parametrize("version", [2, 3, 4])
def test_untracked_files_that_are_ignored_are_left_out(target, version):
    git(target, "init", "-q")
    git(target, "add", "-f", "kept.py", "out/tracked.js", ".gitignore", "pkg/.gitignore")
    git(target, "update-index", "--index-version", str(version))
    assert untracked_and_ignored(target, FILES, tracked(target)) == {"out/a.js", "pkg/x.gen.py"}


def test_without_an_index_nothing_is_left_out(target):
    assert untracked_and_ignored(target, FILES, tracked(target)) == set()


@pytest.mark.parametrize("index", [b"", b"DIRC", b"DIRC\0\0\0\2\0\0\0\5short", b"DIRC\0\0\0\x09\0\0\0\0", b"\xff" * 100])
def test_a_broken_index_leaves_nothing_out(target, index):
    (target / ".git").mkdir()
    (target / ".git/index").write_bytes(index)
    assert untracked_and_ignored(target, FILES, tracked(target)) == set()


def test_patterns_that_would_make_matching_explode_are_not_matched(target):
    git(target, "init", "-q")
    git(target, "add", "kept.py")
    (target / ".gitignore").write_text("*a" * 60 + "b\n")
    started = time.monotonic()
    assert untracked_and_ignored(target, ["a" * 250, ".gitignore"], tracked(target)) == set()
    assert time.monotonic() - started < 5


def test_the_walker_counts_what_is_left_out(target):
    git(target, "init", "-q")
    git(target, "add", "-f", "kept.py", "out/tracked.js")
    walked = walk(target)
    assert "out/a.js" not in {file.path for file in walked.files}
    assert "out/tracked.js" in {file.path for file in walked.files}
    assert ("out", 1) in {(skip.path, skip.files) for skip in walked.excluded}
