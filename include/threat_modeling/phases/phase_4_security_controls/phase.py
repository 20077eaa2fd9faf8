"""Phase 4: one agent per concern finds the controls that protect it and those that are missing."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from threat_modeling.delivery import Delivery
from threat_modeling.errors import ArtifactInvalid
from threat_modeling.model import Severity
from threat_modeling.phase import FormField, Phase
from threat_modeling.phases.phase_1_business_context.artifacts import ComplianceRequirements, DataClassification
from threat_modeling.phases.phase_3_codebase_mapping.artifacts import Concerns, ControlSightings, DataFlows, EntryPoints
from threat_modeling.phases.phase_4_security_controls.accounts import batch, batch_summary
from threat_modeling.phases.phase_4_security_controls.agent import SecurityControlsMapper
from threat_modeling.phases.phase_4_security_controls.artifacts import BatchSummary, ComplianceStatus, ControlGaps, Investigation
from threat_modeling.phases.phase_4_security_controls.categories import CATEGORY_FILES
from threat_modeling.phases.phase_4_security_controls.corrections import FORM, Corrections, corrections
from threat_modeling.phases.phase_4_security_controls.cumulative import blocked_gap, category_controls, compliance_status, control_gaps
from threat_modeling.phases.phase_4_security_controls.recovery import failed_again
from threat_modeling.phases.phase_4_security_controls.summary import summarize
from threat_modeling.phases.phase_4_security_controls.task import InvestigateConcern

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from threat_modeling.agent import Task
    from threat_modeling.artifact import Artifact
    from threat_modeling.model import CoverageGap
    from threat_modeling.phases.phase_3_codebase_mapping.artifacts import Concern
    from threat_modeling.session import Session
    from threat_modeling.stage import Stage


class SecurityControls(Phase):
    """Phase 4: severity by severity, one agent per concern (seed: Phase 4 Batched Execution)."""

    number = 4
    name = "security-controls"
    title = "Security controls"
    role: ClassVar[SecurityControlsMapper] = SecurityControlsMapper()
    needs = (DataClassification, ComplianceRequirements, EntryPoints, DataFlows, ControlSightings, Concerns)
    makes = (BatchSummary, *CATEGORY_FILES.values(), ControlGaps, ComplianceStatus)
    severities = tuple(Severity)
    batch_size = 10
    guidance = (
        "Rest every threat on a gap or flow.",
        "A place that a control covers bears no threat.",
        "A blocked investigation is not a clean one.",
    )

    def assign(self, session: Session, stage: Stage) -> Sequence[InvestigateConcern]:
        """One investigation for each concern of the stage's severity, with the controls stated at this or an earlier batch."""
        wanted = self._corrections(session, stage)
        self.note_unused(session, stage, wanted.unused)
        for control in wanted.stated:
            session.override(f"control stated for {control.where}: {control.category.value}: {control.statement}", stage.key)
        return [
            InvestigateConcern(id=_named(c), label=f"{c.id} {c.title}", concern=c, stated=wanted.stated)
            for c in session.load(Concerns).concerns
            if c.severity is stage.severity
        ]

    def output_path(self, stage: Stage, task: Task) -> str:
        """`phase-4/investigations/<severity>/<id>-<name>.json`."""
        severity = stage.severity.value.lower() if stage.severity else "all"
        return f"phase-4/investigations/{severity}/{task.id}.json"

    def consolidate(self, session: Session, stage: Stage, outputs: Mapping[str, Investigation], gaps: Sequence[CoverageGap]) -> Sequence[Artifact]:
        """Cumulative: this batch and every other one that stands, whichever order their agents ended in."""
        concerns = session.load(Concerns).concerns
        by_id = {_named(c): c for c in concerns}
        batches, investigations, blocked = [], [], []
        for severity in Severity:
            found, failed = (outputs, gaps) if severity is stage.severity else self._other(session, stage, severity)
            delivered = [found[key] for key in sorted(found)]
            lost = [(by_id[g.assignment], g.reason) for g in sorted(failed, key=lambda g: g.assignment) if g.assignment in by_id]
            if delivered or lost or (stage.severity and severity.rank <= stage.severity.rank):
                batches.append(batch(severity, delivered, lost))
            investigations += delivered
            blocked += [blocked_gap(concern, reason) for concern, reason in lost]
        summary = batch_summary(batches, concerns)
        open_gaps = control_gaps(investigations, blocked)
        requirements = session.load(ComplianceRequirements).requirements
        complete = not blocked and not summary.waiting
        return [
            summary,
            *category_controls(investigations, open_gaps),
            open_gaps,
            compliance_status(requirements, investigations, open_gaps, complete=complete),
        ]

    def recover(self, session: Session, stage: Stage, gaps: Sequence[CoverageGap]) -> list[str]:
        """Try the concerns that batch-summary.json lists as failed again, each alone (seed: Batch Failure)."""
        return failed_again(session, stage, gaps)

    def summarize(self, session: Session, stage: Stage, gaps: Sequence[CoverageGap]) -> str:  # noqa: ARG002 - gaps stand in batch-summary.json
        """What a person needs to decide on this batch."""
        return summarize(session, stage)

    def form(self, session: Session, stage: Stage) -> dict[str, FormField]:  # noqa: ARG002 - the signature is the contract
        """Controls that the code cannot show."""
        return dict(FORM)

    def _corrections(self, session: Session, stage: Stage) -> Corrections:
        """Answers at this batch and at those before it: a later batch does not reach back to what was approved."""
        keys = [f"phase-{self.number}-{s.value.lower()}" for s in Severity if stage.severity is None or s.rank <= stage.severity.rank]
        return corrections(d for key in keys for d in session.checkpoints.decisions(key))

    def _other(self, session: Session, stage: Stage, severity: Severity) -> tuple[Mapping[str, Investigation], Sequence[CoverageGap]]:
        """Another batch, from its files. One that comes later is told by itself, so only what it delivered counts here."""
        later = stage.severity is not None and severity.rank > stage.severity.rank
        try:
            outputs, gaps = Delivery(session, type(stage)(self, severity)).collect()
        except ArtifactInvalid:
            if not later:
                raise
            return {}, []  # its record is broken, and it writes that again when its turn comes
        return {key: o for key, o in outputs.items() if isinstance(o, Investigation)}, [] if later else gaps


def _named(concern: Concern) -> str:
    return f"{concern.id}-{concern.name}"[:120]
