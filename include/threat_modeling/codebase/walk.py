"""The only walker: lists a target's files without opening one, following a link or trusting a name.

Dependency and generated trees, and what .gitignore names and git does not track, are counted and left out; links, FIFOs, sockets,
devices, unreadable folders and names that can't be written down again are skipped with the reason. The result is in path order.
"""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.gitignore import IGNORE_FILE, tracked, untracked_and_ignored
from threat_modeling.codebase.naming import language_of
from threat_modeling.codebase.observations import Skip
from threat_modeling.text import visible

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MAX_NAME: Final = 1024

EXCLUDED: Final = {
    **dict.fromkeys((".git", ".hg", ".svn", ".bzr", "CVS"), "version control"),
    **dict.fromkeys(
        (
            "node_modules",
            "bower_components",
            "jspm_packages",
            "vendor",
            "third_party",
            "Pods",
            "Carthage",
            ".bundle",
            "site-packages",
            "dist-packages",
        ),
        "dependency tree",
    ),
    **dict.fromkeys((".venv", "venv", ".tox", ".nox", ".eggs", "__pypackages__", ".conda"), "dependency tree"),
    **dict.fromkeys(
        ("__pycache__", ".mypy_cache", ".pytest_cache", ".ruff_cache", ".hypothesis", ".gradle", ".terraform", ".cache", ".parcel-cache", ".turbo"),
        "generated tree",
    ),
    **dict.fromkeys((".next", ".nuxt", ".svelte-kit", ".angular", ".serverless", ".aws-sam", "htmlcov", ".nyc_output"), "generated tree"),
    **dict.fromkeys((".threat-modeling", ".airflow"), "output of a threat-modeling session"),
}
"""Name of a folder -> why it is left out, wherever it stands."""

BUILT: Final = {
    "target": ("pom.xml", "Cargo.toml", "build.sbt"),
    "build": ("build.gradle", "build.gradle.kts", "setup.py", "CMakeLists.txt"),
    "dist": ("package.json", "setup.py", "pyproject.toml"),
    "bin": ("*.csproj",),
    "obj": ("*.csproj",),
}
"""Name of a folder -> build files that, standing beside it, tell that it is generated; alone the name may be anything."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A regular file: path relative to the target with forward slashes, size in bytes, language by its name or None."""

    path: str
    size: int
    language: str | None


@dataclass(frozen=True, slots=True)
class Walk:
    """What a target holds: files in path order, folders entered, trees left out with their number of files, what was skipped."""

    files: tuple[SourceFile, ...]
    directories: int
    excluded: tuple[Skip, ...]
    skipped: tuple[Skip, ...]


def walk(root: Path) -> Walk:
    """List the files below a folder. NotADirectoryError or PermissionError where `root` itself can't be listed."""
    walker = _walked(root)
    ignored = untracked_and_ignored(root, (file.path for file in walker.files), tracked(root))
    folders = Counter(path.rpartition("/")[0] or "." for path in ignored)
    left_out = [Skip(path=folder, reason="in .gitignore and not tracked by git", files=count) for folder, count in folders.items()]
    return Walk(
        tuple(sorted((file for file in walker.files if file.path not in ignored), key=lambda file: file.path)),
        walker.directories,
        tuple(sorted([*walker.excluded, *left_out], key=lambda skip: skip.path)),
        tuple(sorted(walker.skipped, key=lambda skip: skip.path)),
    )


class Finder:
    """Single files of a target as `walk` lists them: who needs a few looks at the folders above these alone."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._found: dict[str, SourceFile | None] = {}

    def file(self, path: str) -> SourceFile | None:
        """The file, None where `walk` leaves it out. It raises what `walk` raises."""
        if path not in self._found:
            seen = {file.path: file for file in _walked(self._root, path).files}
            ignored = untracked_and_ignored(self._root, seen, self._tracked) if path in seen else ()
            self._found[path] = None if path in ignored else seen.get(path)
        return self._found[path]

    @cached_property
    def _tracked(self) -> frozenset[str] | None:
        return tracked(self._root)


def _walked(root: Path, only: str | None = None) -> _Walker:
    with os.scandir(root):
        walker = _Walker(only)
    walker.run(str(root))
    return walker


class _Walker:
    """Walks the whole target, or the folders above the path `only`, of which it takes that path and the .gitignore files."""

    def __init__(self, only: str | None) -> None:
        self.only = only
        self.files: list[SourceFile] = []
        self.directories = 0
        self.excluded: list[Skip] = []
        self.skipped: list[Skip] = []

    def run(self, root: str) -> None:
        pending = [(root, "")]
        while pending:
            folder, prefix = pending.pop()
            entries = self.entries(folder, prefix)
            self.directories += bool(prefix)
            names = frozenset(entry.name for entry in entries)
            for entry in entries:
                path = prefix + entry.name
                if self.only is not None and not (entry.name == IGNORE_FILE or path == self.only or self.only.startswith(path + "/")):
                    continue
                if not _writable(path):
                    self.skip(path, "its name is not UTF-8, too long, or holds a backslash or control character", _count(entry))
                elif entry.is_symlink():
                    self.skip(path, "symbolic link, not followed")
                elif entry.is_dir(follow_symlinks=False):
                    reason = _excluded(entry, names)
                    if reason:
                        self.excluded.append(Skip(path=path, reason=reason, files=_count(entry)))
                    else:
                        pending.append((entry.path, path + "/"))
                else:
                    self.file(entry, path)

    def entries(self, folder: str, prefix: str) -> list[os.DirEntry[str]]:
        try:
            with os.scandir(folder) as found:
                return list(found)
        except OSError as error:
            self.skip(prefix.rstrip("/") or ".", f"can't be listed: {error.strerror}")
            return []

    def file(self, entry: os.DirEntry[str], path: str) -> None:
        if not entry.is_file(follow_symlinks=False):
            self.skip(path, "not a regular file")
            return
        try:
            size = entry.stat(follow_symlinks=False).st_size
        except OSError as error:
            self.skip(path, f"can't be read: {error.strerror}")
            return
        self.files.append(SourceFile(path, size, language_of(path)))

    def skip(self, path: str, reason: str, files: int = 1) -> None:
        self.skipped.append(Skip(path=visible(path).replace("\n", "\\x0a"), reason=reason, files=files))


def _writable(path: str) -> bool:
    """Tell whether a path can stand in an artifact and come back the same."""
    return len(path) <= MAX_NAME and "\\" not in path and visible(path) == path and "\n" not in path


def _excluded(entry: os.DirEntry[str], siblings: frozenset[str]) -> str:
    """Why a folder is left out; "" where it is not."""
    if entry.name in EXCLUDED:
        return EXCLUDED[entry.name]
    for marker in BUILT.get(entry.name, ()):
        if marker in siblings or (marker.startswith("*") and any(name.endswith(marker[1:]) for name in siblings)):
            return f"generated tree: {marker} stands beside it"
    if os.path.isfile(os.path.join(entry.path, "pyvenv.cfg")):  # noqa: PTH113, PTH118 - False, not an error, where the folder is closed
        return "dependency tree"
    return ""


def _count(entry: os.DirEntry[str]) -> int:
    """How many files stand below an entry, itself where it is one."""
    if entry.is_symlink() or not entry.is_dir(follow_symlinks=False):
        return 1
    return sum(_counts(entry.path))


def _counts(folder: str) -> Iterator[int]:
    pending = [folder]
    while pending:
        try:
            with os.scandir(pending.pop()) as entries:
                for entry in entries:
                    if entry.is_dir(follow_symlinks=False):
                        pending.append(entry.path)
                    else:
                        yield 1
        except OSError:
            continue
