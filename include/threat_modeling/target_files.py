"""Which code a session looks at: the hash of each file of the target, so that a change in mid-session is noticed and shown."""

from __future__ import annotations

import posixpath
from contextlib import suppress
from typing import TYPE_CHECKING

from pydantic import Field

from threat_modeling.artifact import canonical, digest, digest_of
from threat_modeling.errors import ArtifactInvalid, ArtifactMissing, TargetUnreadable
from threat_modeling.model import Model
from threat_modeling.revision import target_revision
from threat_modeling.storage import read_confined

if TYPE_CHECKING:
    from threat_modeling.codebase.walk import Walk
    from threat_modeling.session import Session

PATH = "target.json"
MAX_BYTES = 4_000_000
"""Bytes of a file that are hashed; its size tells the rest."""
MAX_NAMED = 10
"""Changed files that a note names."""


class TargetFiles(Model):
    """target.json: the target as the session last saw it. A metadata file: it holds times."""

    revision: str
    files: dict[str, str] = Field(default_factory=dict)
    """Path -> "size changed sha256": bytes, time of the last change in nanoseconds, hash of the first MAX_BYTES bytes ("" where it can't be read).

    One text a file: a target may have a million.
    """


def notice_changes(session: Session) -> str | None:
    """Compare the target with what the session saw last, and note what differs; the note, None where nothing does.

    TargetUnreadable where the target is gone. A file whose size and time are as before is not read again.
    """
    from threat_modeling.codebase.walk import walk  # noqa: PLC0415 - loaded where a phase opens, not when the DAG is parsed

    if not session.target.is_dir():
        raise TargetUnreadable(f"the target {session.target} is gone; put it back where it was, then clear this task")
    before = _seen(session)
    now = _look(session, walk(session.target), before)
    if before == now:
        return None
    session.write(PATH, canonical(now.dump()))
    if before is None:
        return None
    told = _told(before, now)
    if told:
        session.note("target", "target", told)
    return told


def target_digest(session: Session) -> str:
    """What tells the code that the session saw last from any other; "" before it looked."""
    seen = _seen(session)
    return digest_of({"revision": seen.revision, "files": {path: _content(state) for path, state in seen.files.items()}}) if seen else ""


def _seen(session: Session) -> TargetFiles | None:
    with suppress(ArtifactMissing, ArtifactInvalid):
        return session.read(TargetFiles, PATH)
    return None


def _look(session: Session, walked: Walk, before: TargetFiles | None) -> TargetFiles:
    files = {}
    for file in walked.files:
        path = file.path
        try:
            stat = (session.target / path).stat(follow_symlinks=False)
        except OSError:
            continue
        state = f"{stat.st_size} {stat.st_ctime_ns} "
        known = before.files.get(path) if before else None
        files[path] = known if known and known.startswith(state) else state + _hash(session, path)
    return TargetFiles(revision=target_revision(session.target), files=files)


def _hash(session: Session, path: str) -> str:
    try:
        return digest(read_confined(session.target, path, MAX_BYTES))
    except OSError:
        return ""


def _told(before: TargetFiles, now: TargetFiles) -> str | None:
    """What differs, in words; None where only times do."""
    changed = sorted(p for p in now.files if p in before.files and _content(now.files[p]) != _content(before.files[p]))
    added, gone = sorted(set(now.files) - set(before.files)), sorted(set(before.files) - set(now.files))
    if not (changed or added or gone) and before.revision == now.revision:
        return None
    counts = ", ".join(f"{len(paths)} files {what}" for paths, what in ((changed, "changed"), (added, "added"), (gone, "removed")) if paths)
    named = [posixpath.normpath(p) for p in (changed + added + gone)[:MAX_NAMED]]
    moved = f"; revision {before.revision[:12] or 'none'} became {now.revision[:12] or 'none'}" if before.revision != now.revision else ""
    return f"the target changed in mid-session: {counts or 'no file'}{moved}; {', '.join(named)}. Earlier phases saw the code as it was before"


def _content(state: str) -> str:
    """Its size and hash; a time tells nothing of what a file holds."""
    size, _, rest = state.partition(" ")
    return f"{size} {rest.partition(' ')[2]}"
