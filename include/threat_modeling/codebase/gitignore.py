"""What a target's .gitignore files leave out: only files that git does not track, for the patterns are the target's own claim.

Git itself is never run: a repository's configuration can make it run programs. The index is read for the names of tracked files;
where there is none, nothing is known to be untracked and nothing is left out.
"""

from __future__ import annotations

import posixpath
import struct
from typing import TYPE_CHECKING, Final

from threat_modeling.storage import read_confined

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from pathspec import GitIgnoreSpec

IGNORE_FILE: Final = ".gitignore"
MAX_INDEX: Final = 64_000_000
MAX_IGNORE_FILE: Final = 64_000
MAX_PATTERNS: Final = 500
MAX_WILDCARDS: Final = 4
"""Wildcards in a pattern up to which it is matched: each becomes a part of a regular expression, and many make matching explode."""
_ENTRY: Final = 62
_EXTENDED: Final = 0x4000


def tracked(root: Path) -> frozenset[str] | None:
    """The paths that git tracks; None where that is not known."""
    try:
        return frozenset(_tracked(read_confined(root, ".git/index", MAX_INDEX)))
    except (OSError, ValueError, struct.error, IndexError):
        return None


def untracked_and_ignored(root: Path, paths: Iterable[str], known: frozenset[str] | None) -> set[str]:
    """The paths that git does not track (`known` it does) and a .gitignore among them names. What can't be read leaves nothing out."""
    every = set(paths)
    candidates = sorted(every - known) if known is not None else []
    ignore_files = [path for path in every if posixpath.basename(path) == IGNORE_FILE] if candidates else []
    specs = {_folder(path): spec for path in ignore_files if (spec := _spec(root, path))}
    return {path for path in candidates if specs and _ignored(path, specs)}


def _folder(path: str) -> str:
    return posixpath.dirname(path)


def _ignored(path: str, specs: dict[str, GitIgnoreSpec]) -> bool:
    """The nearest .gitignore that says anything about a path decides, as in git."""
    folder = _folder(path)
    while True:
        spec = specs.get(folder)
        said = spec.check_file(path[len(folder) + 1 if folder else 0 :]).include if spec else None
        if said is not None:
            return said
        if not folder:
            return False
        folder = _folder(folder)


def _spec(root: Path, path: str) -> GitIgnoreSpec | None:
    from pathspec import GitIgnoreSpec  # noqa: PLC0415 - only targets with such a file need it

    try:
        lines = read_confined(root, path, MAX_IGNORE_FILE).decode("utf-8", "replace").splitlines()
    except (OSError, ValueError):
        return None
    bounded = [line for line in lines[:MAX_PATTERNS] if len(line) <= 200 and line.count("*") + line.count("?") + line.count("[") <= MAX_WILDCARDS]
    try:
        return GitIgnoreSpec.from_lines(bounded)
    except ValueError:
        return None


def _tracked(index: bytes) -> Iterator[str]:
    """The paths of a git index of version 2, 3 or 4 (git's index-format documentation)."""
    signature, version, count = struct.unpack(">4sLL", index[:12])
    if signature != b"DIRC" or version not in {2, 3, 4}:
        raise ValueError("no index that is known")
    position, name = 12, b""
    for _ in range(count):
        (flags,) = struct.unpack(">H", index[position + 60 : position + 62])
        start = position + _ENTRY + (2 if version >= 3 and flags & _EXTENDED else 0)
        if version == 4:
            dropped, start = _varint(index, start)
            end = index.index(b"\0", start)
            name = name[: len(name) - dropped] + index[start:end]
            position = end + 1
        else:
            end = index.index(b"\0", start)
            name = index[start:end]
            position += (end - position + 8) // 8 * 8
        yield name.decode("utf-8", "surrogateescape")


def _varint(index: bytes, position: int) -> tuple[int, int]:
    byte = index[position]
    value = byte & 0x7F
    while byte & 0x80:
        position += 1
        byte = index[position]
        value = ((value + 1) << 7) | (byte & 0x7F)
    return value, position + 1
