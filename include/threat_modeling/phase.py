"""The one shape of a phase: what it needs and makes, which agents it spawns, how their outputs become artifacts."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any, ClassVar

from pydantic import Field

from threat_modeling.model import CoverageGap, Model, Severity

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from threat_modeling.agent import Output, Role, Task
    from threat_modeling.artifact import Artifact
    from threat_modeling.errors import AgentFailed
    from threat_modeling.session import Session
    from threat_modeling.stage import Stage


class FormField(Model):
    """A field that a person may correct at a checkpoint: its value now and the JSON Schema keywords of its input."""

    value: Any = None
    schema_: dict[str, Any] = Field(alias="schema")
    title: str
    description: str = ""


class Phase(ABC):
    """A vertical slice of the pipeline. `needs` are artifacts of earlier phases; `makes` are its own."""

    number: ClassVar[int]
    name: ClassVar[str]
    title: ClassVar[str]
    role: ClassVar[Role[Any, Any]]
    needs: ClassVar[tuple[type[Artifact], ...]] = ()
    makes: ClassVar[tuple[type[Artifact], ...]] = ()
    reads: ClassVar[tuple[type[Artifact], ...] | None] = None
    """What agents read of `needs`; None for all of it. A delivered output stands as long as these and its task are the same."""
    gated: ClassVar[bool] = True
    """Whether a person is asked after it."""
    stands_in: ClassVar[bool] = False
    """Whether what it makes is whole without an agent: a failed one is then no gap, but an override on record."""
    severities: ClassVar[tuple[Severity, ...]] = ()
    """Phase 4 runs as one stage per severity (seed: Phase 4 Batched Execution)."""
    batch_size: ClassVar[int | None] = None
    """At most this many agents between two decisions of a person; None for no limit."""
    guidance: ClassVar[tuple[str, ...]] = ()
    """What the next phase should do with the result; part of the handoff."""

    @abstractmethod
    def assign(self, session: Session, stage: Stage) -> Sequence[Task]:
        """Every task of the stage, most important first, with the corrections of earlier rounds worked in."""

    @abstractmethod
    def consolidate(self, session: Session, stage: Stage, outputs: Mapping[str, Any], gaps: Sequence[CoverageGap]) -> Sequence[Artifact]:
        """Artifacts from the outputs by task id: deduplicated, one name for one thing, in an order that input order can't change."""

    @abstractmethod
    def summarize(self, session: Session, stage: Stage, gaps: Sequence[CoverageGap]) -> str:
        """Markdown for the person who decides, under 2,000 tokens; its top is what the checkpoint shows."""

    def note_unused(self, session: Session, stage: Stage, unused: Sequence[str]) -> None:
        """Leave as open notes what a person answered and nobody could use: lines not understood, and feedback beside an empty form."""
        for line in unused:
            session.open_note(f"could not be understood: {line}", stage.key)
        for decision in session.checkpoints.decisions(stage.key):
            if decision.feedback and not decision.form and decision.status == "revision_requested":
                session.open_note(f"feedback of round {decision.round}: {decision.feedback}", stage.key)

    def again(self, task: Task, error: AgentFailed) -> tuple[AgentFailed, Task | None]:  # noqa: ARG002 - the signature is the contract
        """A failure as the recovery guide names it, and the changed task that is tried at once, None where that would not help."""
        return error, None

    def recover(self, session: Session, stage: Stage, gaps: Sequence[CoverageGap]) -> list[str]:  # noqa: ARG002 - the signature is the contract
        """Change what a further round does so that it closes gaps, as the recovery guide says; what was done, in words (nothing: no round)."""
        return []

    def form(self, session: Session, stage: Stage) -> dict[str, FormField]:  # noqa: ARG002 - the signature is the contract
        """What a person may correct at this phase's checkpoint."""
        return {}

    def output_path(self, stage: Stage, task: Task) -> str:  # noqa: ARG002 - phase 4 needs the stage
        """Where an agent's output stands in the session."""
        return f"phase-{self.number}/components/{task.id}.json"

    def output_type(self) -> type[Output]:
        """The model of an agent's output."""
        kind: type[Output] = self.role.output_type
        return kind
