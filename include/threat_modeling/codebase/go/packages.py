"""The packages of a target: which folder an import names, and which file of a package declares a name."""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

_MODULE: Final = re.compile(r"^module\s+\"?([^\s\"]+)", re.MULTILINE)
_DECLARED: Final = re.compile(r"^(?:func\s+(?:\(\s*(?:\w+\s+)?\*?(\w+)(?:\[[^\]]*\])?\s*\)\s*)?|type\s+|var\s+|const\s+)(\w+)", re.MULTILINE)
_GROUP: Final = re.compile(r"^(?:var|const|type)\s*\((.*?)^\)", re.MULTILINE | re.DOTALL)
_GROUPED: Final = re.compile(r"^[\t ]{1,8}(\w+)", re.MULTILINE)


class Packages:
    """Folders of Go files by the path that imports them, and what each declares at its top level."""

    def __init__(self, paths: Collection[str], text: Callable[[str], str | None]) -> None:
        self._text = text
        self._folders: dict[str, list[str]] = defaultdict(list)
        roots: list[str] = []
        for path in sorted(paths):
            if path.endswith(".go") and not path.endswith("_test.go"):
                self._folders[posixpath.dirname(path)].append(path)
            elif posixpath.basename(path) == "go.mod":
                roots.append(path)
        self._modules = {found[1]: posixpath.dirname(path) for path in reversed(roots) if (found := _MODULE.search(text(path) or ""))}
        self._names: dict[str, dict[str, str]] = {}

    def files(self, folder: str) -> list[str]:
        """The files of the package in a folder, sorted."""
        return self._folders.get(folder, [])

    def folder(self, importer: str, source: str) -> str | None:
        """The folder of an imported package, None where it is not of the target; "." is the importer's own package."""
        if source.startswith("."):
            return self._known(posixpath.dirname(importer), source)
        for name, root in sorted(self._modules.items(), key=lambda module: -len(module[0])):
            if source == name or source.startswith(name + "/"):
                return self._known(root, source[len(name) :].strip("/"))
        return None if self._modules else self._suffix(source)

    def _known(self, base: str, below: str) -> str | None:
        found = posixpath.normpath(posixpath.join(base, below))
        found = "" if found == "." else found
        return found if found in self._folders else None

    def _suffix(self, source: str) -> str | None:
        """Without a go.mod: the folder whose path the import ends with."""
        parts = source.split("/")
        for start in range(1, len(parts)):
            if "/".join(parts[start:]) in self._folders:
                return "/".join(parts[start:])
        return None

    def module_root(self, path: str) -> str:
        """The folder of the module that a file belongs to, "" where no go.mod is above it."""
        roots = [root for root in self._modules.values() if not root or path.startswith(root + "/")]
        return max(roots, key=len, default="")

    def first(self, importer: str, source: str) -> str | None:
        """The first file of an imported package."""
        folder = self.folder(importer, source)
        return next(iter(self._folders.get(folder, ())), None) if folder is not None else None

    def declaring(self, importer: str, source: str, name: str) -> str | None:
        """The file of a package that declares a name."""
        folder = self.folder(importer, source)
        if folder is None:
            return None
        if folder not in self._names:
            names: dict[str, str] = {}
            for path in self._folders.get(folder, ()):
                text = self._text(path) or ""
                for found in _DECLARED.finditer(text):
                    names.setdefault(f"{found[1]}.{found[2]}" if found[1] else found[2], path)
                for group in _GROUP.finditer(text):
                    for name_ in _GROUPED.findall(group[1]):
                        names.setdefault(name_, path)
            self._names[folder] = names
        return self._names[folder].get(name)
