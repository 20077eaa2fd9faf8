"""Relative paths as a person writes them."""

from __future__ import annotations

import posixpath


def clean_path(path: str) -> str:
    """`./src/` and `src` are the same folder; "." is the target itself; a path that leaves the target is refused by ValueError."""
    clean = posixpath.normpath(path.strip() or ".")
    if clean == ".." or clean.startswith(("/", "../")):
        raise ValueError(f"{path!r} leaves the target; give a path relative to it")
    return clean
