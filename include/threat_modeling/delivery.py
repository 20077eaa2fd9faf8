"""Assignments and what agents delivered for them: the diff of the two is what nobody may lose."""

from __future__ import annotations

import json
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from pydantic import ValidationError

from threat_modeling.artifact import canonical, digest_of
from threat_modeling.errors import AgentEnded, AgentFailed, AgentRejected, ArtifactInvalid, MissingArtifacts, ThreatModelingError
from threat_modeling.evidence import Checker
from threat_modeling.model import CoverageGap
from threat_modeling.quarantine import quarantined, unsecret
from threat_modeling.secrets import mask_tokens

if TYPE_CHECKING:
    from collections.abc import Mapping

    from threat_modeling.agent import Backend, Output, Task
    from threat_modeling.session import Session
    from threat_modeling.stage import Stage

MAX_TRIES = 3
"""How often an agent is tried before it is a coverage gap (seed: Batch Failure)."""
MAX_FIELDS = 5
"""Places that break a schema which a message names."""
MAX_PARTIAL = 100_000
"""Characters of an unfinished output that are kept."""


class Standing(NamedTuple):
    """How far one assignment is."""

    state: Literal["assigned", "delivered", "failed"]
    seconds: float | None = None
    reason: str = ""


class Delivery:
    """The assignments of one stage and the agents' outputs."""

    def __init__(self, session: Session, stage: Stage) -> None:
        self._session = session
        self._stage = stage
        self._phase = stage.phase
        suffix = f"-{stage.severity.value.lower()}" if stage.severity else ""
        self._path = f"phase-{self._phase.number}/assignments{suffix}.json"

    def assign(self, tasks: list[Task], target: str) -> None:
        """Put this round's tasks on record, and remove what agents of earlier rounds left that nobody is assigned any more.

        `target` is the digest of the code they are about: outputs of other code are not used again.
        """
        kept = {self._phase.output_path(self._stage, task) for task in tasks}
        for task in self._earlier():
            path = self._phase.output_path(self._stage, task)
            if path not in kept:
                for file in (path, _error_path(path), f"integrity/{path}.json", f"integrity/{_error_path(path)}.json"):
                    with suppress(FileNotFoundError):
                        (self._session.path / file).unlink()
        self._session.write(self._path, canonical({"role": self._phase.role.name, "target": target, "tasks": [t.dump() for t in tasks]}))

    def _earlier(self) -> list[Task]:
        """The tasks of the round before; none where their record is broken, which this round's record mends."""
        try:
            return self.tasks()
        except ArtifactInvalid as error:
            self._session.note("corruption", self._stage.key, str(error))
            return []

    def opened(self) -> bool:
        """Whether a round was opened at this stage."""
        return (self._session.path / self._path).is_file()

    def known(self) -> bool:
        """Whether a round was opened, even where its record is gone since."""
        return self.opened() or self._session.integrity.get(self._path) is not None

    def tasks(self) -> list[Task]:
        """The tasks on record."""
        try:
            document = self._session.json(self._path)
            return [self._phase.role.task_type.model_validate(t) for t in document["tasks"]]
        except FileNotFoundError:
            return []
        except (ValueError, KeyError, TypeError) as error:
            raise ArtifactInvalid(f"{self._path}: {str(error).splitlines()[0]}; clear the assign task of this phase") from None

    def target(self) -> str:
        """The digest of the code that the tasks on record are about; "" where that is not known."""
        try:
            return str(self._session.json(self._path)["target"])
        except (OSError, ValueError, KeyError, TypeError):
            return ""

    def hash_of(self, task: Task) -> str:
        """What a delivered output must have been made for: the task, the code it is about and the artifacts it reads."""
        needs = {need.path: self._session.sha256(need.path) for need in (self._phase.needs if self._phase.reads is None else self._phase.reads)}
        return digest_of({"role": self._phase.role.name, "target": self.target(), "task": task.dump(), "needs": needs})

    def run(self, task_id: str, timeout_seconds: float, backend: Backend | None) -> dict[str, Any]:
        """Deliver one task's output, or return the one that stands."""
        task = next((t for t in self.tasks() if t.id == task_id), None)
        if task is None:
            raise AgentRejected(f"{task_id} is not assigned at {self._stage.key} any more; clear the assign task of this phase")
        path = self._phase.output_path(self._stage, task)
        expected = self.hash_of(task)
        record = self._session.integrity.get(path)
        if record and record.assignment == expected and self._session.integrity.holds(path):
            return {"artifact": path, "sha256": record.sha256, "counts": _counts(self._session.json(path)), "reused": True}
        started = time.monotonic()
        output = self._tried(task, path, timeout_seconds, backend or _embedded())
        document = output.dump()
        seconds = round(time.monotonic() - started, 3)
        sha256 = self._session.write(path, canonical(document), assignment=expected, seconds=seconds)
        for file in (_error_path(path), f"integrity/{_error_path(path)}.json"):
            with suppress(FileNotFoundError):
                (self._session.path / file).unlink()
        return {"artifact": path, "sha256": sha256, "counts": _counts(document), "reused": False}

    def _tried(self, task: Task, path: str, timeout_seconds: float, backend: Backend) -> Output:
        """The output of one agent, or of a second one with a changed task where the phase knows what to change."""
        try:
            return self._attempt(task, path, timeout_seconds, backend)
        except AgentEnded:
            raise
        except AgentFailed as failure:
            error, other = self._phase.again(task, failure)
            self._failed(path, task, error)
            if other is None:
                raise error from None
            self._session.note("recovery", self._stage.key, f"{type(error).__name__}: {error}; tried again: {other.label}")
        try:
            return self._attempt(other, path, timeout_seconds, backend)
        except AgentFailed as failure:
            error, _ = self._phase.again(task, failure)
            self._failed(path, task, error)
            raise error from None

    def _attempt(self, task: Task, path: str, timeout_seconds: float, backend: Backend) -> Output:
        """After any backend: the schema is checked, then every quote against the code, and no secret stands outside of one."""
        if not self._session.target.is_dir():  # tried again: a share may be back after seconds
            raise AgentFailed(f"{task.label}: the target {self._session.target} is gone; put it back where it was")
        content = backend.run(self._phase.role, self._session, self._stage.key, task, timeout_seconds)
        try:
            output = self._phase.output_type().model_validate_json(content)
        except ValidationError as error:
            fields = tuple(_place(problem) for problem in error.errors(include_url=False, include_input=False, include_context=False)[:MAX_FIELDS])
            raise AgentRejected(f"{task.label}: {path}: {'; '.join(fields)}", content.decode("utf-8", "replace"), fields) from None
        return unsecret(quarantined(output, Checker(self._session.target)))

    def collect(self) -> tuple[dict[str, Output], list[CoverageGap]]:
        """Outputs by task id, and a gap for each task without a valid one. Only what is assigned counts, never what lies about."""
        outputs: dict[str, Output] = {}
        gaps = []
        for task in self.tasks():
            path = self._phase.output_path(self._stage, task)
            try:
                outputs[task.id] = self._delivered(path, self.hash_of(task))
            except (ThreatModelingError, ValidationError) as error:
                gaps.append(self._gap(task, path, error))
        return outputs, gaps

    def standing(self, task: Task) -> Standing:
        """How far one task is, with the seconds its agent worked or the reason why it failed."""
        path = self._phase.output_path(self._stage, task)
        record = self._session.integrity.get(path)
        if record and record.assignment == self.hash_of(task) and self._session.integrity.holds(path):
            return Standing("delivered", seconds=record.seconds)
        if (self._session.path / _error_path(path)).is_file():
            return Standing("failed", reason=self._gap(task, path, AgentFailed("its error file can't be read")).reason)
        return Standing("assigned")

    def inputs(self) -> dict[str, str]:
        """sha256 of everything a consolidation of this stage reads."""
        paths = [need.path for need in self._phase.needs] + [self._phase.output_path(self._stage, t) for t in self.tasks()]
        return {path: sha256 for path in paths if (sha256 := self._session.sha256(path))}

    def _delivered(self, path: str, expected: str) -> Output:
        record = self._session.integrity.get(path)
        if record is None:
            raise AgentFailed("no output was delivered")
        if record.assignment != expected:
            raise AgentFailed("the output belongs to an earlier assignment")
        if not self._session.integrity.holds(path):
            there = (self._session.path / path).is_file()
            raise MissingArtifacts(f"{path} was {'changed' if there else 'deleted'} after it was delivered")
        return self._phase.output_type().model_validate_json((self._session.path / path).read_bytes())

    def _failed(self, path: str, task: Task, error: AgentFailed) -> None:
        """Keep what went wrong and what the agent had written beside where its output would stand."""
        document = {
            "id": task.id,
            "label": task.label,
            "error": type(error).__name__,
            "message": str(error),
            "retry_count": self._error(path).get("retry_count", -1) + 1,
            "partial_output": mask_tokens(error.partial[:MAX_PARTIAL]),
        }
        self._session.write(_error_path(path), canonical(document))

    def given_up(self, task_id: str) -> bool:
        """Whether an agent that just failed has failed as often as it is tried in a row."""
        task = next((t for t in self.tasks() if t.id == task_id), None)
        told = self._error(self._phase.output_path(self._stage, task)) if task else {}
        return bool(told) and (told["retry_count"] + 1) % MAX_TRIES == 0

    def _error(self, path: str) -> dict[str, Any]:
        """The ERROR file beside an output; {} where there is none that can be read."""
        try:
            document = self._session.json(_error_path(path))
            return document if isinstance(document["retry_count"], int) and isinstance(document["message"], str) else {}
        except (OSError, ValueError, KeyError, TypeError):
            return {}

    def _gap(self, task: Task, path: str, error: Exception) -> CoverageGap:
        told = self._error(path)  # written by the newest try: a delivery removes it
        if isinstance(error, MissingArtifacts) and not told:
            return CoverageGap(assignment=task.id, label=task.label, reason=str(error), cause=type(error).__name__)
        cause = str(told.get("error", type(error).__name__))
        reason = f"{cause}: {told['message']}" if told else str(error).splitlines()[0]
        return CoverageGap(assignment=task.id, label=task.label, reason=reason, cause=cause, tries=told.get("retry_count", -1) + 1)


def _place(problem: Mapping[str, Any]) -> str:
    field = ".".join(str(part) for part in problem["loc"]) or "the document"
    return f"{field}: {str(problem['msg']).splitlines()[0]}"


def _error_path(path: str) -> str:
    return path.removesuffix(".json") + "-ERROR.json"


def _embedded() -> Backend:
    from threat_modeling.backends.embedded import Embedded  # noqa: PLC0415 - a backend is chosen when an agent runs

    return Embedded()


def _counts(document: Mapping[str, Any]) -> dict[str, int]:
    """How many entries each list of an output has: what XCom carries instead of the output."""
    return {key: len(value) for key, value in json.loads(json.dumps(document)).items() if isinstance(value, list)}
