"""Proves a session: every artifact has the bytes that were written, fits its schema, and quotes code that is there."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pydantic import Field, ValidationError

from threat_modeling.artifact import canonical, digest
from threat_modeling.evidence import Checker, evidence_in
from threat_modeling.model import EvidenceStatus, Model
from threat_modeling.storage import write_whole

if TYPE_CHECKING:
    from pathlib import Path

FOLDER = "integrity"


class Record(Model):
    """What was written: the sha256 of the file, of its assignment and of the files it was made from. A metadata file: it may hold times."""

    path: str
    sha256: str
    assignment: str | None = None
    inputs: dict[str, str] = Field(default_factory=dict)
    written_at: str = ""
    seconds: float | None = None
    """How long the agent worked, where one did."""


class Integrity:
    """The folder `integrity/` of a session: one record beside each artifact, so that no two agents write the same file."""

    def __init__(self, session: Path) -> None:
        self._session = session

    def record(self, record: Record) -> None:
        """Keep the record of a file that was just written."""
        write_whole(self._file(record.path), canonical(record.dump()))

    def get(self, path: str) -> Record | None:
        """The record of a file, or None where it has none or the record is broken."""
        try:
            return Record.model_validate_json(self._file(path).read_bytes())
        except (FileNotFoundError, ValidationError):
            return None

    def holds(self, path: str) -> bool:
        """Whether the file has exactly the bytes on record."""
        record = self.get(path)
        try:
            return record is not None and digest((self._session / path).read_bytes()) == record.sha256
        except OSError:
            return False

    def problems(self) -> list[str]:
        """Changed, missing and unrecorded artifacts, in words."""
        found = []
        recorded = set()
        for file in sorted((self._session / FOLDER).rglob("*.json")):
            path = file.relative_to(self._session / FOLDER).as_posix().removesuffix(".json")
            recorded.add(path)
            if self.get(path) is None:
                found.append(f"integrity/{path}.json: the record is broken")
            elif not (self._session / path).is_file():
                found.append(f"{path}: missing")
            elif not self.holds(path):
                found.append(f"{path}: changed since it was written")
        for folder in ("phase-1", "phase-2", "phase-3", "phase-4", "phase-5", "phase-6", "handoffs", "final-report"):
            for file in sorted((self._session / folder).rglob("*")):
                path = file.relative_to(self._session).as_posix()
                if file.is_file() and path not in recorded and not file.name.startswith("."):
                    found.append(f"{path}: was not written by this session")
        return found

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
