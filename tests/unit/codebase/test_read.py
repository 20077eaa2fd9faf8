"""Text of one file: what is refused, and why."""

from __future__ import annotations

import os

import pytest

from threat_modeling.codebase.read import MAX_BYTES, ReadSkipped, read_text

REFUSED = {
    "nul": (b"a = 1\0", "NUL"),
    "large": (b"#" * 80 + b"\n" + (b"x" * 79 + b"\n") * (MAX_BYTES // 80), "larger than"),
    "minified": (b"a=1;" * 5_000, "minified"),
    "line": (b"a = 1\n" * 2_000 + b"x" * 100_001, "line of 100,001"),
}


@pytest.mark.parametrize("name", sorted(REFUSED))
def test_refuses(tmp_path, name):
    content, reason = REFUSED[name]
    (tmp_path / "x.py").write_bytes(content)
    with pytest.raises(ReadSkipped, match=reason):
        read_text(tmp_path, "x.py")


def test_data_may_stand_on_one_line(tmp_path):
    (tmp_path / "x.json").write_text("[1]," * 5_000)
    assert len(read_text(tmp_path, "x.json", code=False)) == 20_000


def test_one_long_constant_does_not_make_code_minified(tmp_path):
    (tmp_path / "x.py").write_text("a = 1\n" * 500 + f"KEY = '{'x' * 9_000}'\n")
    assert read_text(tmp_path, "x.py").startswith("a = 1")


def test_nor_does_one_in_a_short_file(tmp_path):
    (tmp_path / "x.js").write_text(f"const LOGO = '{'x' * 9_000}';\napp.get('/', show);\n")
    assert "app.get" in read_text(tmp_path, "x.js")


def test_undecodable_bytes_are_replaced(tmp_path):
    (tmp_path / "x.py").write_bytes(b"# \xe9\n")
    assert read_text(tmp_path, "x.py") == "# \N{REPLACEMENT CHARACTER}\n"


def test_stays_inside_the_target(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "secret").write_text("s")
    (tmp_path / "in" / "link").symlink_to("../secret")
    os.mkfifo(tmp_path / "in" / "pipe")
    for path in ("../secret", "link", "pipe", "missing", "/etc/passwd"):
        with pytest.raises(ReadSkipped, match="can't be read"):
            read_text(tmp_path / "in", path)
