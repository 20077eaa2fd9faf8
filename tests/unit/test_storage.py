from __future__ import annotations

import os
import socket

import pytest

from threat_modeling.storage import read_confined, write_whole


def test_a_failed_write_leaves_the_old_bytes_and_no_litter(tmp_path, monkeypatch):
    file = tmp_path / "a.json"
    write_whole(file, b"old")

    def broken(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", broken)
    with pytest.raises(OSError, match="No space left"):
        write_whole(file, b"new")
    assert file.read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["a.json"]


def test_reads_a_file_below_the_root(tmp_path):
    (tmp_path / "src").mkdir()
    (tmp_path / "src/a.py").write_bytes(b"abcdef")
    assert read_confined(tmp_path, "src/a.py", 4) == b"abcd"


def _special(tmp_path, kind):
    (tmp_path.parent / "secret").write_text("outside")
    place = tmp_path / "entry"
    if kind == "symlink out":
        place.symlink_to(tmp_path.parent / "secret")
        return "entry"
    if kind == "symlinked folder":
        place.symlink_to(tmp_path.parent)
        return "entry/secret"
    if kind == "dots":
        return "../secret"
    if kind == "absolute":
        return str(tmp_path.parent / "secret")
    if kind == "fifo":
        os.mkfifo(place)
        return "entry"
    if kind == "socket":
        with socket.socket(socket.AF_UNIX) as server:
            server.bind(str(place))
        return "entry"
    place.mkdir()
    return "entry"


@pytest.mark.parametrize("kind", ["symlink out", "symlinked folder", "dots", "absolute", "fifo", "socket", "folder"])
def test_refuses_everything_else_without_blocking(tmp_path, kind):
    root = tmp_path / "root"
    root.mkdir()
    with pytest.raises(OSError, match=r"."):
        read_confined(root, _special(root, kind), 100)
