"""Folders served as they are: small ones by their files."""

from __future__ import annotations

from threat_modeling.codebase.javascript.static_files import MAX_FILES, served_files


def test_a_small_folder_is_its_files():
    paths = ["app/server.js", "app/public/a.txt", "app/public/css/b.css", "app/public/.env.sample"]
    assert served_files(paths, "public", "app/server.js") == ["a.txt", "css/b.css"]
    assert served_files(paths, "/app/public", "elsewhere/x.js") == ["a.txt", "css/b.css"]


def test_a_large_or_unknown_folder_is_none():
    many = [f"public/{number}.txt" for number in range(MAX_FILES + 1)]
    assert served_files(many, "public", "server.js") == []
    assert served_files(many, "missing", "server.js") == []
    assert served_files(many, ".", "server.js") == []
