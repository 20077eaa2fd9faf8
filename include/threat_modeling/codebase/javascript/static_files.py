"""Folders that are served as they are: a small one by its files, so that a reader sees what is public, a large one as a whole."""

from __future__ import annotations

from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.javascript.values import Constant, Foreign, Record, Value

if TYPE_CHECKING:
    from collections.abc import Collection

MAX_FILES: Final = 12
_HIDDEN: Final = (".", "_")


def served_files(paths: Collection[str], folder: str, near: str) -> list[str]:
    """The files of a folder by their paths below it, where it is in the target and small; `near` is the file that names it."""
    if not folder.strip("/."):
        return []
    above = [dirname(near)]
    while above[-1]:
        above.append(dirname(above[-1]))
    for base in [""] if folder.startswith("/") else [*above]:
        start = normpath(join(base, folder.lstrip("/"))) + "/"
        found = sorted(path[len(start) :] for path in paths if path.startswith(start))
        if found:
            return [path for path in found if not path.startswith(_HIDDEN)] if len(found) <= MAX_FILES else []
    return []


def folder_of(value: Foreign, options: Value = None) -> str:
    """The folder that `express.static("public")`, or a plugin with the option `root`, serves; "" where it is computed."""
    for given in (*value.arguments, options):
        root = given.fields.get("root") if isinstance(given, Record) else given
        if isinstance(root, Constant) and isinstance(root.value, str):
            return root.value
    return ""
