"""Where a name of a package stands: the files of a Java or Kotlin target by their packages and what they declare."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Final
from weakref import WeakKeyDictionary

if TYPE_CHECKING:
    from threat_modeling.codebase.languages import Files

PACKAGE: Final = re.compile(r"^[ \t]*package\s+([\w.]+)", re.MULTILINE)
_DECLARED: Final = re.compile(
    r"^(?:@[\w.]+(?:\([^\n()]*\))?[ \t]+)*(?:[a-z\-]+[ \t]+)*?(?:class|interface|object|enum|record|@interface|typealias|fun|va[lr])[ \t]+"
    r"(?:class[ \t]+)?(?:<[^>\n]{0,200}>[ \t]*)?(?:[\w<>?,. ]{1,100}\.)?(\w+)",
    re.MULTILINE,
)
_MAX_INNER: Final = 4

_INDEXES: WeakKeyDictionary[Files, dict[str, list[str]]] = WeakKeyDictionary()
"""The declarations of a target are listed once for all of its imports."""


def locate(files: Files, importer: str, module: str, name: str) -> tuple[str, str] | None:
    """(file, dotted name in it) of what `module.name` is; None for what stands outside. Of several copies the nearest counts."""
    if files not in _INDEXES:
        _INDEXES[files] = _index(files)
    index = _INDEXES[files]
    whole = owner = f"{module}.{name}".lstrip(".")
    for _ in range(_MAX_INNER):
        if owner in index:
            return _nearest(index[owner], importer), owner.rpartition(".")[2] + whole[len(owner) :]
        owner = owner.rpartition(".")[0]
    return None


def _index(files: Files) -> dict[str, list[str]]:
    """Dotted name with its package -> the files that declare it at their top level."""
    found: dict[str, list[str]] = defaultdict(list)
    for path in files.paths:
        if not path.endswith((".java", ".kt", ".kts")):
            continue
        text = files.text(path) or ""
        package = PACKAGE.search(text)
        prefix = f"{package[1]}." if package else ""
        for name in dict.fromkeys(_DECLARED.findall(text)):
            found[prefix + name].append(path)
    return dict(found)


def _nearest(paths: list[str], importer: str) -> str:
    """The path that has the longest beginning in common with the importer's."""
    return max(sorted(paths), key=lambda path: next((i for i, (a, b) in enumerate(zip(path, importer, strict=False)) if a != b), len(path)))
