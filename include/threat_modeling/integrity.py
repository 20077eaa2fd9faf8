"""Proves a session: every artifact has the bytes that were written, fits its schema, and quotes code that is there."""

from __future__ import annotations

import json
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from pydantic import Field, ValidationError

from threat_modeling.artifact import canonical, digest, digest_of
from threat_modeling.clock import stamp
from threat_modeling.evidence import Checker, evidence_in
from threat_modeling.model import EvidenceStatus, Model
from threat_modeling.storage import write_whole

if TYPE_CHECKING:
    from pathlib import Path

FOLDER = "integrity"
EDITED = "edited"
"""Copies of files that someone changed by hand, each with the first digits of its sha256, kept before they are written again."""
TREES = "trees"
"""Syntax trees that the agents of a phase share while it runs: each tells by itself whether it is whole, and any can be made again."""
UNRECORDED = (FOLDER, EDITED, TREES)
UNFINISHED = "is the one before: the process ended while it was written"


class Record(Model):
    """What was written: the sha256 of the file, of its assignment and of the files it was made from. A metadata file: it may hold times."""

    path: str
    sha256: str
    previous: str = ""
    """sha256 of the file before: what stands there when the process is killed between record and file."""
    assignment: str | None = None
    inputs: dict[str, str] = Field(default_factory=dict)
    written_at: str = ""
    seconds: float | None = None
    """How long the agent worked, where one did."""
    check: str = ""
    """sha256 of all the above: a changed record is told from a changed file."""

    def checked(self) -> str:
        """What `check` must be."""
        return digest_of(self.model_copy(update={"check": ""}).dump())


class Integrity:
    """The folder `integrity/` of a session: one record beside each artifact, so that no two agents write the same file."""

    def __init__(self, session: Path) -> None:
        self._session = session

    def write(
        self, path: str, content: bytes, *, assignment: str | None = None, inputs: dict[str, str] | None = None, seconds: float | None = None
    ) -> str:
        """Write a file of the session whole, with its record; returns its sha256. What someone edited is kept in `edited/` first."""
        previous = self._keep_edited(path, content)
        sha256 = digest(content)
        record = Record(
            path=path,
            sha256=sha256,
            previous=previous,
            assignment=assignment,
            inputs=dict(sorted((inputs or {}).items())),
            written_at=stamp(),
            seconds=seconds,
        )
        # the record first: a kill between the two leaves a file that is known to be the one before, never one that nobody knows
        for file in (self._file(path), self._session / path):
            self._make_way(file)
        write_whole(self._file(path), canonical(record.model_copy(update={"check": record.checked()}).dump()))
        write_whole(self._session / path, content)
        return sha256

    def get(self, path: str) -> Record | None:
        """The record of a file, or None where it has none or the record is broken."""
        try:
            content = self._file(path).read_bytes()
            record = Record.model_validate_json(content)
        except (OSError, ValidationError):
            return None
        return record if record.path == path and record.check == record.checked() and canonical(record.dump()) == content else None

    def _keep_edited(self, path: str, content: bytes) -> str:
        """The sha256 of what stands there, "" for nothing. An edit by hand is never lost: it is copied before it is written over."""
        record = self.get(path)
        try:
            there = (self._session / path).read_bytes()
        except OSError:
            return ""
        sha256 = digest(there)
        if record and there != content and sha256 not in {record.sha256, record.previous}:
            write_whole(self._session / EDITED / f"{path}.{sha256[:8]}", there)
        return sha256

    def _make_way(self, file: Path) -> None:
        """Move a folder that lies where a file belongs to `edited/`, with all that is in it."""
        if file.is_dir() and not file.is_symlink():
            name = f"{file.relative_to(self._session).as_posix()}.folder-{time.time_ns()}"
            aside = self._session / EDITED / name
            aside.parent.mkdir(parents=True, exist_ok=True)
            file.rename(aside)

    def holds(self, path: str) -> bool:
        """Whether the file has exactly the bytes on record."""
        record = self.get(path)
        try:
            return record is not None and digest((self._session / path).read_bytes()) == record.sha256
        except OSError:
            return False

    def problems(self) -> list[str]:
        """Changed, missing and unrecorded files, in words."""
        return [f"{path}: {reason}" for path, reason in self.damage().items()]

    def damage(self) -> dict[str, str]:
        """What is wrong with which file of the session: path -> reason."""
        found = {}
        recorded = set()
        for file in sorted((self._session / FOLDER).rglob("*.json")):
            path = file.relative_to(self._session / FOLDER).as_posix().removesuffix(".json")
            recorded.add(path)
            if self.get(path) is None:
                found[path] = f"its record integrity/{path}.json is broken"
            elif not (self._session / path).is_file():
                found[path] = "missing"
            elif not self.holds(path):
                found[path] = UNFINISHED if self._is_previous(path) else "changed since it was written"
        for file in sorted(self._session.rglob("*")):
            path = file.relative_to(self._session).as_posix()
            if path.split("/")[0] not in UNRECORDED and path not in recorded and file.is_file() and not file.name.startswith("."):
                found[path] = "was not written by this session"
        return found

    def _is_previous(self, path: str) -> bool:
        record = self.get(path)
        return record is not None and digest((self._session / path).read_bytes()) == record.previous

    def put_aside(self, path: str) -> None:
        """Move a file that can't be trusted to `edited/`, with its record: it is as if it had never been written, and yet not lost."""
        file = self._session / path
        for one in (file, self._file(path)):
            self._make_way(one)
        with suppress(OSError):
            content = file.read_bytes()
            write_whole(self._session / EDITED / f"{path}.{digest(content)[:8]}", content)
        with suppress(FileNotFoundError):
            self._file(path).unlink()
        with suppress(OSError):
            file.unlink()

    def _file(self, path: str) -> Path:
        return self._session / FOLDER / f"{path}.json"


def evidence_problems(session: Path, target: Path) -> tuple[int, list[str]]:
    """How many quotes the session's JSON files hold, and those that the target does not verify, in words."""
    checker = Checker(target)
    seen: dict[tuple[str, int, int, str], str] = {}
    for file in sorted(session.glob("phase-*/**/*.json")):
        name = file.relative_to(session).as_posix()
        try:
            document: Any = json.loads(file.read_bytes())
            pieces = list(evidence_in(document))
        except (ValueError, RecursionError) as error:
            seen[name, 0, 0, ""] = f"{name}: {str(error).splitlines()[0]}"
            continue
        for piece in pieces:
            key = (piece.path, piece.start, piece.end, piece.sha256 + piece.quote)
            if key not in seen:
                status, reason = checker.status(piece)
                seen[key] = "" if status is EvidenceStatus.VERIFIED else f"{name}: {piece.place}: {status}: {reason}"
    return len(seen), [problem for problem in seen.values() if problem]
