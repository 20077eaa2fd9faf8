"""Begins a session: its target's code is there at one revision, and the session before it is on record."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from threat_modeling.artifact import digest_of
from threat_modeling.codebase.walk import walk
from threat_modeling.errors import TargetUnchanged, ThreatModelingError
from threat_modeling.exporters.material.gather import gather
from threat_modeling.request_check import check_contents
from threat_modeling.session import Session
from threat_modeling.source.address import address, is_address
from threat_modeling.source.clone import clone
from threat_modeling.storage import read_confined
from threat_modeling.verdict import verdict

if TYPE_CHECKING:
    from collections.abc import Callable

    from threat_modeling.request import SessionRequest
    from threat_modeling.settings import Settings
    from threat_modeling.source.address import Address
    from threat_modeling.source.confined_git import Credentials

MAX_HASHED = 64_000_000
"""Bytes of a file that count for whether it has changed."""


def start(
    request: SessionRequest,
    run: dict[str, str],
    rules: Settings,
    versions: dict[str, str],
    *,
    credentials: Callable[[Address], Credentials | None] = lambda _: None,
    remember: bool = False,
    skip_if: str | None = None,
) -> Session:
    """The session of a run, made once: called again for the same run it is returned as it is, at the revision it was pinned to.

    `remember` keeps a fingerprint of what is scanned; where that equals `skip_if` (the fingerprint of the last complete session; ""
    asks the sessions themselves), TargetUnchanged is raised instead. SourceFailed and RequestInvalid tell what is wrong.
    """
    root = Path(request.out)
    if earlier := Session.find(root, run):
        return earlier
    checkout = _checkout(request, rules, credentials)
    fingerprint = _fingerprint(request, checkout or Path(request.target), versions) if remember else ""
    if skip_if is not None:
        _check_changed(root, request, fingerprint, skip_if)
    before = previous(root, request)
    session = Session.create(request, root, run, versions, checkout=checkout, fingerprint=fingerprint)
    if before:
        session.note("previous", "session", told(before))
    return session


def previous(root: Path, request: SessionRequest) -> Session | None:
    """The newest session of the same target, at whatever revision, that came as far as a report."""
    return max((s for s in _of_target(root, request) if (s.path / "final-report").is_dir()), key=lambda s: s.id, default=None)


def told(session: Session) -> str:
    """A session in one line: id, revision, how it ended, what it counted."""
    try:
        counts = gather(session).counts
        status = verdict(session).status
    except (ThreatModelingError, OSError) as error:
        return f"{session.id}: can't be read: {error}"
    severities = ", ".join(f"{number} {severity.value}" for severity, number in counts.threats_by_severity.items() if number)
    revision = session.metadata().target_revision[:12]
    return (
        f"{session.id}{f' at {revision}' if revision else ''}: {status}, {counts.threats} threats{f' ({severities})' if severities else ''}, "
        f"{counts.concerns} concerns, {counts.entry_points} entry points, {counts.percent_analyzed}% of the code analyzed"
    )


def _checkout(request: SessionRequest, rules: Settings, credentials: Callable[[Address], Credentials | None]) -> Path | None:
    """The clone of a git target; None for a folder, which is read where it is."""
    if not is_address(request.target):
        return None
    place = address(request.target, plain_http=rules.git_plain_http)
    made = clone(place, request.ref, Path(request.out), rules, credentials(place))
    check_contents(request, made.path)
    return made.path


def _of_target(root: Path, request: SessionRequest) -> list[Session]:
    same = (request.target, request.ref, request.scope)
    return [s for s in Session.all(root) if (s.request.target, s.request.ref, s.request.scope) == same]


def _check_changed(root: Path, request: SessionRequest, fingerprint: str, known: str) -> None:
    """Raise TargetUnchanged where the last complete session scanned the same; where that session is gone, it is scanned again."""
    same = [s for s in _of_target(root, request) if s.metadata().fingerprint == fingerprint] if known in {"", fingerprint} else []
    newest = max(same, key=lambda s: s.id, default=None)
    if newest is None or verdict(newest).status != "complete":
        return
    revision = newest.metadata().target_revision[:12]
    since = f"{newest.id} at revision {revision}" if revision else newest.id
    text = f"Nothing has changed since session {since}: this run is skipped, as the target file says."
    newest.note("unchanged", "session", text)
    raise TargetUnchanged(text)


def _fingerprint(request: SessionRequest, folder: Path, versions: dict[str, str]) -> str:
    """Of every file that is read, with the request and the versions that read it: paths, sizes and contents, never times."""
    found = walk(folder)
    files = {}
    for file in found.files:
        try:
            files[file.path] = [file.size, hashlib.sha256(read_confined(folder, file.path, MAX_HASHED)).hexdigest()]
        except OSError as error:
            files[file.path] = [file.size, str(error.strerror)]
    skipped = [skip.dump() for skip in (*found.excluded, *found.skipped)]
    return digest_of({"files": files, "skipped": skipped, "request": request.dump(), "versions": versions})
