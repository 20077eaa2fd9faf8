"""The walker: hostile names and kinds of files, excluded trees, order."""

from __future__ import annotations

import os
import socket
import subprocess
from pathlib import Path

import pytest

from threat_modeling.codebase.walk import Finder, walk


def _write(root: Path, *paths: str) -> None:
    for path in paths:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text("x\n")


def test_lists_files_in_path_order_with_size_and_language(tmp_path):
    _write(tmp_path, "b/z.py", "b.py", "a.ts", "Dockerfile.dev", "notes.unheard", "c.go")
    found = walk(tmp_path)
    assert [(file.path, file.size, file.language) for file in found.files] == [
        ("Dockerfile.dev", 2, "dockerfile"),
        ("a.ts", 2, "typescript"),
        ("b.py", 2, "python"),
        ("b/z.py", 2, "python"),
        ("c.go", 2, "go"),
        ("notes.unheard", 2, None),
    ]
    assert found.directories == 1


def test_counts_what_it_leaves_out(tmp_path):
    _write(tmp_path, "node_modules/a/b.js", "node_modules/c.js", ".git/HEAD", "env3/pyvenv.cfg", "env3/lib/x.py", "src/vendor/y.go", "app.py")
    _write(tmp_path, "java/pom.xml", "java/target/A.java", "target/kept.py")
    found = walk(tmp_path)
    assert [file.path for file in found.files] == ["app.py", "java/pom.xml", "target/kept.py"]
    assert {skip.path: skip.files for skip in found.excluded} == {".git": 1, "env3": 2, "java/target": 1, "node_modules": 2, "src/vendor": 1}


def test_finds_single_files_as_a_walk_lists_them(tmp_path):
    _write(tmp_path, "app.py", "lib/deep/x.ts", "lib/tracked.log", "lib/other.log", "lib/kept/z.log", ".gitignore", "lib/kept/.gitignore")
    _write(tmp_path, "node_modules/a.js", "java/pom.xml", "java/target/A.java", "env3/pyvenv.cfg", "env3/x.py")
    (tmp_path / ".gitignore").write_text("*.log\n")
    (tmp_path / "lib/kept/.gitignore").write_text("!z.log\n")
    (tmp_path / "link.py").symlink_to("app.py")
    (tmp_path / "up").symlink_to("lib")
    for command in (["init", "-q"], ["add", "-f", "lib/tracked.log"]):
        subprocess.run(["git", "-C", str(tmp_path), *command], check=True, capture_output=True)
    listed = {file.path: file for file in walk(tmp_path).files}
    assert {"app.py", "lib/tracked.log", "lib/kept/z.log"} <= listed.keys()
    assert "lib/other.log" not in listed
    finder = Finder(tmp_path)
    there = [path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*")]
    asked = [*there, "up/deep/x.ts", "missing.py", "lib//tracked.log", "./app.py", "lib/../app.py", "/etc/passwd", ""]
    assert [finder.file(path) for path in asked] == [listed.get(path) for path in asked]


def test_never_follows_links_nor_opens_what_is_no_file(tmp_path):
    _write(tmp_path, "real.py")
    (tmp_path / "out.py").symlink_to("/etc/passwd")
    (tmp_path / "up").symlink_to("..")
    os.mkfifo(tmp_path / "pipe.py")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(tmp_path / "s.py"))
    found = walk(tmp_path)
    assert [file.path for file in found.files] == ["real.py"]
    reasons = {skip.path: skip.reason for skip in found.skipped}
    assert set(reasons) == {"out.py", "up", "pipe.py", "s.py"}
    assert "not followed" in reasons["up"]
    assert "not a regular file" in reasons["pipe.py"]


def test_names_that_cannot_be_written_down_are_skipped_with_an_escape(tmp_path):
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/bad\xff.py")).write_text("")
    (tmp_path / "back\\slash.py").write_text("")
    (tmp_path / "new\nline.py").write_text("")
    found = walk(tmp_path)
    assert found.files == ()
    assert len(found.skipped) == 3
    assert all("\udcff" not in skip.path for skip in found.skipped)


@pytest.fixture
def closed(tmp_path):
    _write(tmp_path, "closed/a.py")
    (tmp_path / "closed").chmod(0)
    yield tmp_path
    (tmp_path / "closed").chmod(0o700)


@pytest.mark.usefixtures("closed", "without_root")
def test_a_folder_that_cannot_be_listed_is_skipped(tmp_path):
    assert [skip.path for skip in walk(tmp_path).skipped] == ["closed"]


def test_the_target_must_be_a_folder(tmp_path):
    with pytest.raises(FileNotFoundError):
        walk(tmp_path / "missing")
