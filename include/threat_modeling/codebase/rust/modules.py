"""Which file a module of Rust is: `crate::api::v1` is src/api/v1.rs or src/api/v1/mod.rs."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection

_ROOTS: Final = ("lib.rs", "main.rs")


def parent_folder(path: str) -> str:
    """The folder that holds the children of the module that a file is."""
    folder, name = posixpath.split(path)
    if name in {"mod.rs", *_ROOTS} or posixpath.basename(folder) in {"bin", "examples"}:
        return folder
    return posixpath.join(folder, name.removesuffix(".rs"))


def root_of(paths: Collection[str], path: str) -> str:
    """The folder of the crate's root that a file belongs to."""
    folder = posixpath.dirname(path)
    while True:
        if any(posixpath.join(folder, name) in paths for name in _ROOTS):
            return folder
        if not folder:
            return posixpath.dirname(path)
        folder = posixpath.dirname(folder)


def find(paths: Collection[str], importer: str, module: str) -> tuple[str, list[str]] | None:
    """The file of the deepest module that a path names, and what is left of the path."""
    first, *rest = module.split("::")
    if first in {"self", "super"}:
        folder = parent_folder(importer)
        levels = [first, *rest]
        while levels and levels[0] in {"self", "super"}:
            folder = posixpath.dirname(folder) if levels.pop(0) == "super" else folder
        return _walk(paths, folder, levels)
    root = root_of(paths, importer) if first == "crate" else _crate(paths, first)
    return _walk(paths, root, rest) if root is not None else None


def _crate(paths: Collection[str], name: str) -> str | None:
    """The folder of another crate of the same workspace."""
    written = name.replace("_", "-")
    found = sorted(path for path in paths if path.endswith(("/src/lib.rs",)) and path.split("/")[-3:-2] in ([name], [written]))
    return posixpath.dirname(found[0]) if found else None


def _walk(paths: Collection[str], folder: str, parts: list[str]) -> tuple[str, list[str]] | None:
    current = next((p for name in (*_ROOTS, "mod.rs") if (p := posixpath.join(folder, name)) in paths), None)
    current = current or (folder + ".rs" if folder + ".rs" in paths else None)
    for at, part in enumerate(parts):
        inner = posixpath.join(folder, part)
        found = next((p for p in (inner + ".rs", posixpath.join(inner, "mod.rs")) if p in paths), None)
        if found is None:
            return (current, parts[at:]) if current is not None else None
        current, folder = found, inner
    return (current, []) if current is not None else None
