"""A session is a folder; this is its only reader and writer."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, Literal, TypeVar

from pydantic import BaseModel, Field, ValidationError

from threat_modeling.artifact import Artifact, canonical, digest
from threat_modeling.checkpoints import Checkpoints
from threat_modeling.clock import now, stamp
from threat_modeling.errors import ArtifactInvalid, ArtifactMissing, SessionMissing
from threat_modeling.integrity import Integrity
from threat_modeling.model import Model
from threat_modeling.request import SessionRequest
from threat_modeling.revision import target_revision
from threat_modeling.storage import alone, write_whole
from threat_modeling.text import one_line, slug

A = TypeVar("A", bound=Artifact)
M = TypeVar("M", bound=BaseModel)
CONFIG, CONFIG_COPY = "config.json", "config-copy.json"
NoteKind = Literal["override", "open", "recovery", "corruption", "gap", "target", "previous", "unchanged"]


class Config(Model):
    """config.json: how this session runs. `run` names what runs it (a DAG run, or this process)."""

    request: SessionRequest
    run: dict[str, str]
    checkout: str = ""
    """The clone of a git target; "" where the target is read where it is."""
    earlier_runs: tuple[dict[str, str], ...] = ()
    """Runs that were given up, oldest first; `run` took the session over."""


class StageStatus(Model):
    """Times (UTC, ISO 8601) and outcome of one stage."""

    status: str
    started: str | None = None
    finished: str | None = None


class Metadata(Model):
    """metadata.json: what is true of this run alone, so that every other artifact is the same bytes on the same target."""

    id: str
    created: str
    target_revision: str
    fingerprint: str = ""
    """sha256 of the code, the request and the version of this product, where a later run may be skipped for being the same; else ""."""
    versions: dict[str, str]
    stages: dict[str, StageStatus] = Field(default_factory=dict)


class Session:
    """Loads and saves typed artifacts of one session folder. `path` is the folder, `id` its name."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.id = path.name
        self.integrity = Integrity(path)
        self.checkpoints = Checkpoints(path, self.integrity)
        self.config = self._configured()
        self.request = self.config.request
        self.target = Path(self.config.checkout or self.request.target)

    @classmethod
    def create(
        cls,
        request: SessionRequest,
        root: Path,
        run: dict[str, str],
        versions: dict[str, str] | None = None,
        *,
        checkout: Path | None = None,
        fingerprint: str = "",
    ) -> Session:
        """Make `<root>/{YYYY-MM-DD-HHMMSS}-{slug}/`; a run with a `run_id` that already has a session gets it again."""
        if earlier := cls.find(root, run):
            return earlier
        target = checkout or Path(request.target)
        created = now()
        name = f"{created.format('YYYY-MM-DD-HHmmss')}-{slug(target.name)}"
        root.mkdir(parents=True, exist_ok=True)
        path = next(p for n in range(1, 1000) if _made(p := root / (name if n == 1 else f"{name}-{n}")))
        metadata = Metadata(
            id=path.name,
            created=created.to_iso8601_string(),
            target_revision=target_revision(target),
            fingerprint=fingerprint,
            versions=versions or {},
        )
        integrity = Integrity(path)
        integrity.write("metadata.json", canonical(metadata.dump()))
        integrity.write("scope.json", canonical(scope_of(request)))
        config = canonical(Config(request=request, run=run, checkout=str(checkout or "")).dump())
        for file in (CONFIG_COPY, CONFIG):  # last: only now it is a session
            integrity.write(file, config)
        cls.index(root)
        return cls(path)

    @classmethod
    def find(cls, root: Path, run: dict[str, str]) -> Session | None:
        """The session that a run with a `run_id` already has."""
        return next((s for s in cls.all(root) if s.config.run == run), None) if "run_id" in run else None

    @classmethod
    def open(cls, path: Path | str) -> Session:
        """The session in a folder; SessionMissing where it is none."""
        if not cls.lies_in(Path(path)):
            raise SessionMissing(f"{path} is no session: it has no {CONFIG}; name a folder below the sessions root")
        return cls(Path(path))

    @staticmethod
    def lies_in(folder: Path) -> bool:
        """Whether a folder is that of a session, be it a damaged one."""
        return any((folder / file).is_file() for file in (CONFIG, CONFIG_COPY))

    @classmethod
    def all(cls, root: Path) -> list[Session]:
        """Every session below a root that can be opened, oldest first."""
        sessions = []
        for folder in sorted(filter(cls.lies_in, root.glob("*"))):
            try:
                sessions.append(cls(folder))
            except (ArtifactMissing, ArtifactInvalid):
                continue
        return sessions

    @classmethod
    def index(cls, root: Path) -> None:
        """Write `sessions.json` from the folders beside it: it is never the truth, only a shortcut."""
        rows = [{"id": s.id, "target": s.request.target, "created": s.metadata().created} for s in cls.all(root)]
        write_whole(root / "sessions.json", canonical({"sessions": rows}))

    def configure(self, config: Config) -> None:
        """Put on record how this session runs, the copy first: one of the two is whole at any time."""
        content = canonical(config.dump())
        for file in (CONFIG_COPY, CONFIG):
            self.write(file, content)

    def _configured(self) -> Config:
        """How this session runs: nothing else tells that, so there is a copy for the case that the file is lost."""
        try:
            return self.read(Config, CONFIG)
        except (ArtifactMissing, ArtifactInvalid) as lost:
            try:
                return self.read(Config, CONFIG_COPY)
            except (ArtifactMissing, ArtifactInvalid):
                raise lost from None

    def metadata(self) -> Metadata:
        """What is true of this run alone."""
        return self.read(Metadata, "metadata.json")

    def mark(self, stage: str, status: str) -> None:
        """Put the status of a stage on record; called by the single tasks of a stage, never by its parallel agents.

        Where that file is lost nothing is: what else tells how far the session is stands, and the next phase mends it.
        """
        try:
            metadata = self.metadata()
        except (ArtifactMissing, ArtifactInvalid):
            return
        at = stamp()
        earlier = metadata.stages.get(stage)
        started = earlier.started if earlier and earlier.started else at
        stages = metadata.stages | {stage: StageStatus(status=status, started=started, finished=None if status == "running" else at)}
        self.write("metadata.json", canonical(metadata.model_copy(update={"stages": stages}).dump()))

    def exists(self, kind: type[Artifact]) -> bool:
        """Whether the artifact's file is there."""
        return (self.path / kind.path).is_file()

    def load(self, kind: type[A]) -> A:
        """The artifact, validated; ArtifactMissing or ArtifactInvalid name the file and field."""
        return self.read(kind, kind.path)

    def read(self, kind: type[M], path: str) -> M:
        """A model from a file of the session."""
        try:
            return kind.model_validate_json((self.path / path).read_bytes())
        except (FileNotFoundError, IsADirectoryError):
            raise ArtifactMissing(f"{path} is missing from {self.id}; run the phase that makes it again") from None
        except ValidationError as error:
            first = error.errors()[0]
            field = ".".join(str(part) for part in first["loc"]) or "the document"
            remedy = "restore the file, or start a new session" if path == CONFIG else "run the phase that makes it again"
            raise ArtifactInvalid(f"{path}: {field}: {first['msg']} ({error.error_count()} in all); {remedy}") from None

    def save(self, artifact: Artifact, inputs: dict[str, str] | None = None) -> str:
        """Write an artifact with its integrity record; returns its sha256."""
        return self.write(artifact.path, canonical(artifact.dump()), inputs=inputs)

    def write(
        self, path: str, content: bytes, *, assignment: str | None = None, inputs: dict[str, str] | None = None, seconds: float | None = None
    ) -> str:
        """Write any file of the session whole, with its integrity record; returns its sha256."""
        return self.integrity.write(path, content, assignment=assignment, inputs=inputs, seconds=seconds)

    def sha256(self, path: str) -> str:
        """sha256 of a file of the session, "" where it is missing."""
        try:
            return digest((self.path / path).read_bytes())
        except OSError:
            return ""

    def note(self, kind: NoteKind, stage: str, text: str) -> None:
        """Append to notes.md, once for the same text: overrides, recoveries, gaps, and feedback that no agent could act on."""
        line = f"- {kind} ({stage}): {one_line(text, 1000)}"
        file = self.path / "notes.md"
        with alone(self.path / "integrity"):  # an agent and the API server may note something at once
            lines = file.read_text("utf-8", "replace").splitlines() if file.is_file() else [f"# Notes of {self.request.target}", ""]
            if line not in lines:
                self.write("notes.md", ("\n".join([*lines, line]) + "\n").encode())

    def notes(self, kind: NoteKind) -> list[tuple[str, str]]:
        """(stage, text) of every note of a kind, in the order they were made."""
        file = self.path / "notes.md"
        found = re.findall(rf"^- {kind} \(([^)]*)\): (.*)$", file.read_text("utf-8", "replace") if file.is_file() else "", re.MULTILINE)
        return [(stage, text) for stage, text in found]

    def override(self, text: str, stage: str = "session") -> None:
        """Record a manual override: in notes.md, and from there in every handoff."""
        self.note("override", stage, text)

    def open_note(self, text: str, stage: str = "session") -> None:
        """Record feedback that no agent could act on: shown in the handoff and the report, never dropped."""
        self.note("open", stage, text)

    def json(self, path: str) -> Any:
        """A JSON file of the session as plain values; ValueError where it is none."""
        try:
            return json.loads((self.path / path).read_bytes())
        except RecursionError:
            raise ValueError(f"{path}: nested too deeply") from None


def scope_of(request: SessionRequest) -> dict[str, Any]:
    """What scope.json holds: the folders looked at, and the components given by hand."""
    return {"target": request.target, "scope": list(request.scope), "components": [c.dump() for c in request.components]}


def _made(folder: Path) -> bool:
    """Whether the folder is new: of two sessions that start in the same second, one makes it and the other looks further."""
    try:
        folder.mkdir()
    except FileExistsError:
        return False
    return True
