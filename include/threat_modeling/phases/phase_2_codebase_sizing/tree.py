"""The target's folders with the number of files below each, no deeper than components are looked for."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MAX_DEPTH = 10
"""Levels of folders in which components are looked for (seed: Performance Optimization). Files below are counted all the same."""

MARKERS = ("go.mod", "package.json", "pyproject.toml", "pom.xml", "Cargo.toml", "build.gradle", "build.gradle.kts", "composer.json", "Gemfile")
"""Files that make a folder a project of its own, the first of them giving the reason."""


class FolderTree:
    """Counts by folder; "." is the root. A file deeper than MAX_DEPTH counts for its ancestors down to that depth."""

    def __init__(self, paths: Iterable[str]) -> None:
        self._files: Counter[str] = Counter()
        self._children: defaultdict[str, set[str]] = defaultdict(set)
        self._markers: dict[str, str] = {}
        for path in paths:
            self._add(path)

    def _add(self, path: str) -> None:
        folder, _, name = path.rpartition("/")
        parent = "."
        self._files[parent] += 1
        for current in _prefixes(folder):
            self._children[parent].add(current)
            self._files[current] += 1
            parent = current
        if name in MARKERS and parent == (folder or "."):
            earlier = self._markers.get(parent, name)
            self._markers[parent] = min(earlier, name, key=MARKERS.index)

    def files(self, folder: str) -> int:
        """Files in the folder and below."""
        return self._files[folder]

    def children(self, folder: str) -> list[str]:
        """The folders directly in it, by name."""
        return sorted(self._children.get(folder, ()))

    def marker(self, folder: str) -> str | None:
        """The marker file that the folder holds."""
        return self._markers.get(folder)

    def below(self, folder: str) -> Iterator[str]:
        """Every folder below it, parents first, by name."""
        stack = self.children(folder)[::-1]
        while stack:
            current = stack.pop()
            yield current
            stack.extend(self.children(current)[::-1])


def _prefixes(folder: str) -> Iterator[str]:
    """`a`, `a/b`, `a/b/c` for `a/b/c`, at most MAX_DEPTH of them."""
    end = -1
    for _ in range(MAX_DEPTH if folder else 0):
        end = folder.find("/", end + 1)
        yield folder if end < 0 else folder[:end]
        if end < 0:
            return
