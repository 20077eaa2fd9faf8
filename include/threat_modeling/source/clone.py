"""Clones a git repository at one commit into a folder that holds its files and nothing of git that could act."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import tempfile
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from threat_modeling.errors import SourceFailed
from threat_modeling.source.confined_git import ConfinedGit, Credentials

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.settings import Settings
    from threat_modeling.source.address import Address

CLONES = "clones"
"""Folder below the root of sessions that holds the clones, one for each commit."""
UNFINISHED = ".unfinished-"
_REF = "refs/target"
_ATTRIBUTES = "* -text !eol !crlf -ident !filter !working-tree-encoding\n"
"""Overrules the repository's own attributes: its files are written byte for byte."""


@dataclass(frozen=True)
class Clone:
    """A checkout: its folder, and the commit whose files it holds."""

    path: Path
    commit: str


def clone(place: Address, ref: str | None, root: Path, rules: Settings, credentials: Credentials | None = None) -> Clone:
    """Clone the ref (None: the default branch) below `root`; a commit that is there already is used as it is.

    SourceFailed tells what went wrong and the remedy; nothing stays of a clone that failed.
    """
    deadline = time.monotonic() + rules.git_minutes * 60
    clones = root / CLONES
    clones.mkdir(parents=True, exist_ok=True)
    with _scratch(clones) as scratch:
        checkout = scratch / "checkout" / place.name
        checkout.mkdir(parents=True)
        git = ConfinedGit(checkout, scratch, place.scheme, credentials or Credentials(), megabytes=rules.git_megabytes)
        commit = _fetch(git, place, ref, deadline)
        _measure(git, commit, rules, deadline)
        attributes = checkout / ".git" / "info" / "attributes"
        attributes.parent.mkdir(exist_ok=True)
        attributes.write_text(_ATTRIBUTES)
        git.run("checkout", "--quiet", "--force", "--detach", "--no-recurse-submodules", commit, "--", seconds=deadline - time.monotonic())
        _disarm(checkout / ".git", commit)
        return Clone(_kept(scratch / "checkout", clones / f"{commit[:16]}-{_mark(place)}") / place.name, commit)


def _fetch(git: ConfinedGit, place: Address, ref: str | None, deadline: float) -> str:
    git.run("init", "--quiet", "--template=", ".", seconds=60)
    options = ("--quiet", "--depth=1", "--no-tags", "--no-recurse-submodules", "--no-write-fetch-head", "--no-auto-maintenance")
    git.run("fetch", *options, "--end-of-options", place.url, f"+{ref or 'HEAD'}:{_REF}", seconds=deadline - time.monotonic())
    commit = git.run("rev-parse", "--verify", "--quiet", f"{_REF}^{{commit}}", seconds=60).strip()
    if not re.fullmatch(r"[0-9a-f]{40}(?:[0-9a-f]{24})?", commit):
        raise SourceFailed("ref: names no commit; give a branch, a tag or a commit")
    return commit


def _measure(git: ConfinedGit, commit: str, rules: Settings, deadline: float) -> None:
    """Refuse what is too large before any of it is written: a small pack can hold a tree of millions of files."""
    files, size, rest = 0, 0, b""
    with git.reading("ls-tree", "-r", "-z", "--long", "--full-tree", commit, seconds=deadline - time.monotonic()) as listing:
        while chunk := listing.read(1 << 16):
            *rows, rest = (rest + chunk).split(b"\0")
            files += len(rows)
            size += sum(int(found[1]) for row in rows if (found := re.match(rb"\d+ blob [0-9a-f]+ +(\d+)\t", row)))
            if files > rules.git_files:
                raise SourceFailed(f"target: holds more than {rules.git_files:,} files; scan less of it, or raise THREAT_MODELING_GIT_FILES")
            if size > rules.git_megabytes * 1_000_000:
                raise SourceFailed(f"target: holds more than {rules.git_megabytes:,} megabytes; raise THREAT_MODELING_GIT_MEGABYTES")


def _disarm(git: Path, commit: str) -> None:
    """Leave HEAD and the index, which tell the commit and the tracked files; without the rest git takes the folder for none of its own."""
    for entry in git.iterdir():
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry)
        elif entry.name != "index":
            entry.unlink()
    (git / "HEAD").write_text(f"{commit}\n")


def _kept(made: Path, kept: Path) -> Path:
    """Put a finished clone where it stays; where another session was first, its clone is used."""
    with suppress(OSError):
        made.rename(kept)
    if not kept.is_dir():
        raise SourceFailed(f"target: the clone can't be put to {kept}; give write permission on it")
    os.utime(kept)
    return kept


def _mark(place: Address) -> str:
    return hashlib.sha256(place.url.encode()).hexdigest()[:8]


@contextmanager
def _scratch(clones: Path) -> Iterator[Path]:
    """A private folder that is gone afterwards, whatever happened."""
    folder = Path(tempfile.mkdtemp(prefix=UNFINISHED, dir=clones))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
