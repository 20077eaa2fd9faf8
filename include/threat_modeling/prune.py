"""Removes sessions by age and number, and clones that no session needs. What a person may still want is never touched, and told."""

from __future__ import annotations

import os
import shutil
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pendulum

from threat_modeling.errors import ThreatModelingError
from threat_modeling.phases.phase_5_threat_modeling.artifacts import ThreatModel
from threat_modeling.session import Session
from threat_modeling.source.clone import CLONES
from threat_modeling.verdict import verdict

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

GRACE_SECONDS = 86_400
"""A clone is older than this before it is removed: the session that it was made for may not be there yet."""
KEEP = "keep"
"""A file of this name in a session's folder keeps the session."""
_REMOVED = ".removed"


@dataclass(frozen=True)
class Pruned:
    """One folder: removed, or kept although it is due; `why` is for a person."""

    path: Path
    removed: bool
    why: str

    def told(self, *, dry_run: bool) -> str:
        """One line for a person."""
        verb = ("would remove" if dry_run else "removed") if self.removed else "kept"
        return f"{verb} {self.path}: {self.why}"


def prune(root: Path, *, days: int, sessions: int, dry_run: bool = False) -> list[Pruned]:
    """Clean up below a root of sessions; returns what was removed (with `dry_run`: would be) and what was due and is kept.

    A session is due when it is older than `days`, or when `sessions` newer ones of its target are there. The newest of a target is
    never due. One that is unfinished, that holds an accepted risk, or in whose folder a file `keep` lies, is kept.
    """
    found: list[Pruned] = []
    for folder in list(_roots(root)):
        found += _sessions(folder, days, sessions, dry_run=dry_run)
        found += _clones(folder, {p.path for p in found if p.removed}, dry_run=dry_run)
        if not dry_run:
            shutil.rmtree(folder / _REMOVED, ignore_errors=True)
            Session.index(folder)
    return found


def _roots(root: Path) -> Iterator[Path]:
    """The root and folders below it that hold sessions or clones; neither sessions nor clones are entered."""
    for place, folders, _ in os.walk(root):
        here = root / os.path.relpath(place, root)
        inside = [name for name in folders if not Session.lies_in(here / name)]
        if len(inside) < len(folders) or CLONES in folders:
            yield here
        folders[:] = [name for name in inside if name not in {CLONES, _REMOVED}]


def _sessions(root: Path, days: int, most: int, *, dry_run: bool) -> Iterator[Pruned]:
    targets: dict[object, list[Session]] = {}
    for session in Session.all(root):
        if not session.path.is_symlink():
            targets.setdefault((session.request.target, session.request.ref, session.request.scope), []).append(session)
    for of_target in targets.values():
        newest_first = sorted(of_target, key=lambda s: s.id, reverse=True)
        for place, session in enumerate(newest_first[1:], 1):
            due = _due(session, place, days, most)
            if not due:
                continue
            reason = _kept(session)
            if not reason and not dry_run:
                _remove(root, session.path)
            yield Pruned(session.path, not reason, f"{due}, but {reason}" if reason else due)


def _due(session: Session, place: int, days: int, most: int) -> str:
    try:
        age = (pendulum.now("UTC") - pendulum.DateTime.fromisoformat(session.metadata().created)).total_days()
    except (ThreatModelingError, ValueError):
        return ""
    if age > days:
        return f"{int(age)} days old, more than {days}"
    return f"{place} newer session(s) of its target, at most {most} are kept" if place >= most else ""


def _kept(session: Session) -> str:
    """Why a session that is due is kept, "" where nothing speaks for it."""
    if (session.path / KEEP).exists():
        return f"a file {KEEP} lies in it"
    try:
        threats = session.load(ThreatModel).threats if session.exists(ThreatModel) else ()
        accepted = [threat.id for threat in threats if threat.status == "accepted"]
        if accepted:
            return f"a person accepted {', '.join(accepted[:5])} in it"
        return "it is unfinished" if verdict(session).status == "incomplete" else ""
    except (ThreatModelingError, OSError) as error:
        return f"it can't be read: {error}"


def _clones(root: Path, removed: set[Path], *, dry_run: bool) -> Iterator[Pruned]:
    clones = root / CLONES
    if not clones.is_dir() or clones.is_symlink():
        return
    opened = Session.all(root)
    if len(opened) < sum(map(Session.lies_in, root.glob("*"))):
        yield Pruned(clones, removed=False, why="clones are kept, since a session that may need one can't be read")
        return
    needed = {session.config.checkout for session in opened if session.path not in removed}
    for folder in sorted(clones.iterdir()):
        used = any(str(path).startswith(f"{folder}{os.sep}") for path in needed if path)
        if used or not folder.is_dir() or time.time() - folder.stat().st_mtime < GRACE_SECONDS:
            continue
        if not dry_run:
            _remove(root, folder)
        yield Pruned(folder, removed=True, why="no session needs this clone")


def _remove(root: Path, folder: Path) -> None:
    """Out of sight in one step, then file by file: a half-removed session is none. Links are removed, never followed."""
    aside = root / _REMOVED
    aside.mkdir(exist_ok=True)
    folder.rename(aside / folder.name)
    shutil.rmtree(aside / folder.name)
