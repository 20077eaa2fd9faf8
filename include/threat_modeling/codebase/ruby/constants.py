"""Which file of the target a constant is loaded from, by the conventions of Rails' autoloading, and which one `require` names."""

from __future__ import annotations

import re
from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection

_ROOTS: Final = re.compile(r"(?:^|/)(?:app/[^/]+(?:/concerns)?|apps/[^/]+|lib|slices/[^/]+|app|apps|src)/")
_WORDS: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


def underscored(constant: str) -> str:
    """`Admin::HTTPClient` -> admin/http_client."""
    return "/".join(_WORDS.sub("_", part).lower() for part in constant.split("::"))


def camelized(path: str) -> str:
    """`admin/user_posts` -> Admin::UserPosts."""
    return "::".join("".join(word[:1].upper() + word[1:] for word in part.split("_")) for part in path.strip("/").split("/"))


class Constants:
    """The Ruby files of one target by the name they are loaded for."""

    def __init__(self, paths: Collection[str]) -> None:
        self._paths = paths
        self._by_name: dict[str, list[str]] = {}
        for path in sorted(paths):
            if path.endswith(".rb"):
                for name in _names(path):
                    self._by_name.setdefault(name, []).append(path)

    def resolve(self, importer: str, module: str) -> str | None:
        """The file of a constant, the nearest where several have it; of a path that is required."""
        if module[:1].isupper():
            found = self._by_name.get(underscored(module), ())
            return max(found, key=lambda path: (_shared(importer, path), -len(path)), default=None)
        return self._required(importer, module)

    def _required(self, importer: str, module: str) -> str | None:
        file = module if module.endswith(".rb") else f"{module}.rb"
        if module.startswith("."):
            path = normpath(join(dirname(importer), file))
            return path if path in self._paths else None
        for folder in ("", "lib/", "app/"):
            if folder + file in self._paths:
                return folder + file
        found = self._by_name.get(file.removesuffix(".rb").lower(), ())
        return found[0] if found else None


def _names(path: str) -> set[str]:
    """The names under which a file may be loaded: below each folder that is a root."""
    stem = path.removesuffix(".rb")
    return {stem, stem.rpartition("/")[2], *(stem[match.end() :] for match in _ROOTS.finditer(stem))}


def _shared(left: str, right: str) -> int:
    count = 0
    for one, other in zip(left.split("/"), right.split("/"), strict=False):
        if one != other:
            break
        count += 1
    return count
