"""Checkpoints on disk: what was asked in each round, and what a person or the policy answered."""

from __future__ import annotations

import json
import math
import re
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from pydantic import Field, ValidationError

from threat_modeling.artifact import canonical
from threat_modeling.clock import stamp
from threat_modeling.errors import ArtifactInvalid, CheckpointInvalid
from threat_modeling.model import Model
from threat_modeling.text import one_line

if TYPE_CHECKING:
    from pathlib import Path

    from threat_modeling.integrity import Integrity

Status = Literal["approved", "revision_requested", "stopped", "superseded"]
APPROVE, APPROVE_REST, REVISE, STOP = "Approve", "Approve rest", "Revise", "Stop"
RECOVERY = "recovery"
"""Who asks for a round that no person asked for: the recovery guide says what it does differently."""

MAX_ENTRIES = 500
MAX_CHARACTERS = 20_000
"""Lines of a form's field, and characters of one, that are read."""


class Round(Model):
    """One question to a person: the summary shown, and the sha256 of all that an approval would approve."""

    stage: str
    round: int = Field(ge=1)
    subject: str
    body: str
    options: tuple[str, ...]
    sha256: str
    gaps: int = 0
    more: int = 0
    """Concerns of this severity that wait for a further round."""
    asked: bool = True
    """False where an earlier "Approve rest" covers it, and where it only puts on record why a further round is due."""


class Decision(Model):
    """The answer to one round."""

    stage: str
    round: int = Field(ge=1)
    status: Status
    by: str
    at: str
    """UTC, ISO 8601."""
    sha256: str
    epoch: int = 0
    feedback: str | None = None
    form: dict[str, Any] = Field(default_factory=dict)
    """Only the fields that the person changed."""
    approve_rest: bool = False
    back_to: str | None = None
    """The earlier phase that a revision goes back to."""
    summary: str = ""


Record = TypeVar("Record", Round, Decision)


def plain(value: Any) -> Any:
    """A form's value as fields know them: a text, a number, a truth value, or a list of these; whatever else is told as text.

    A caller of the API may send anything, and what a phase does not understand it notes as it stands here.
    """
    return [_scalar(entry) for entry in value[:MAX_ENTRIES]] if isinstance(value, list) else _scalar(value)


def _scalar(value: Any) -> Any:
    if value is None or isinstance(value, bool | int) or (isinstance(value, float) and math.isfinite(value)):
        return value
    return value[:MAX_CHARACTERS] if isinstance(value, str) else one_line(str(value), 500)


class Checkpoints:
    """The folder `checkpoints/` of a session: `<stage>-round-N.request.json` asks, `<stage>-round-N.json` answers."""

    def __init__(self, session: Path, integrity: Integrity) -> None:
        self._folder = session / "checkpoints"
        self._integrity = integrity

    def rounds(self, stage: str) -> list[Round]:
        """What was asked at a stage, oldest first."""
        files = self._folder.glob(f"{stage}-round-*.request.json")
        found = [_valid(Round, f) for f in files if re.fullmatch(rf"{stage}-round-\d+\.request\.json", f.name) and f.is_file()]
        return sorted(found, key=lambda r: r.round)

    def ask(self, question: Round) -> None:
        """Put a round on record."""
        self._integrity.write(self._path(question.stage, question.round, ".request"), canonical(question.dump()))

    def get(self, stage: str, number: int) -> Decision | None:
        """The answer to a round, or None while it waits."""
        try:
            return _valid(Decision, self._folder.parent / self._path(stage, number))
        except (FileNotFoundError, IsADirectoryError):
            return None

    def decisions(self, stage: str) -> list[Decision]:
        """All answers of a stage that a person or the policy gave, oldest first; superseded rounds have none."""
        answers = [self.get(stage, r.round) for r in self.rounds(stage)]
        return [a for a in answers if a and a.status != "superseded"]

    def record(
        self,
        stage: str,
        number: int,
        status: Status,
        *,
        by: str,
        feedback: str | None = None,
        form: dict[str, Any] | None = None,
        approve_rest: bool = False,
        back_to: str | None = None,
    ) -> Decision:
        """Write the answer to a round, once: an answer on record is returned as it stands."""
        question = next((r for r in self.rounds(stage) if r.round == number), None)
        if question is None:
            raise CheckpointInvalid(f"{stage} has no round {number}; answer the newest round that checkpoints/ lists")
        earlier = self.get(stage, number)
        if earlier:
            return earlier
        decision = Decision(
            stage=stage,
            round=number,
            status=status,
            by=by,
            at=stamp(),
            sha256=question.sha256,
            epoch=self.epoch(stage),
            feedback=(feedback or "").strip() or None,
            form=json.loads(json.dumps(form or {}, sort_keys=True)),
            approve_rest=approve_rest,
            back_to=back_to,
            summary=question.body,
        )
        self._integrity.write(self._path(stage, number), canonical(decision.dump()))
        return decision

    def epoch(self, stage: str) -> int:
        """How often a person asked for a revision of this stage: a later approval belongs to a later epoch."""
        return sum(1 for d in self.decisions(stage) if d.status == "revision_requested" and d.by != RECOVERY)

    def stages(self) -> list[str]:
        """The stages that asked something, by name."""
        return sorted({file.name.split("-round-")[0] for file in self._folder.glob("phase-*-round-*.request.json")})

    def shown(self) -> str:
        """Every question's text, to tell what a person has seen."""
        return "\n".join(question.body for stage in self.stages() for question in self.rounds(stage))

    def reopen(self, stage: str, why: str, *, by: str, feedback: str | None = None, sha256: str = "") -> None:
        """Have another round run without asking about this one; calling it twice before that round is harmless.

        What was approved stays on record and counts no more: the stage has a newer round.
        """
        newest = next(reversed(self.rounds(stage)), None)
        answer = self.get(stage, newest.round) if newest else None
        if answer and answer.status == "revision_requested":
            return
        if newest and not answer and newest.asked:
            self.record(stage, newest.round, "superseded", by=by)
        number = newest.round + 1 if newest else 1
        if newest and not answer and not newest.asked:
            number = newest.round  # killed between question and answer
        self.ask(Round(stage=stage, round=number, subject=f"{stage}: {by} opens another round", body=why, options=(), sha256=sha256, asked=False))
        self.record(stage, number, "revision_requested", by=by, feedback=feedback)

    def _path(self, stage: str, number: int, kind: str = "") -> str:
        return f"checkpoints/{stage}-round-{number}{kind}.json"


def _valid(kind: type[Record], file: Path) -> Record:
    try:
        return kind.model_validate_json(file.read_bytes())
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"]) or "the document"
        raise ArtifactInvalid(f"checkpoints/{file.name}: {field}: {first['msg']}; restore the file, or delete it to be asked again") from None
