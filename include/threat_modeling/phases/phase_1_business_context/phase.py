"""Phase 1: what the application is for, what it holds, who would want it and what a loss would cost. Never skipped."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from threat_modeling.errors import RequestInvalid
from threat_modeling.phase import FormField, Phase
from threat_modeling.phases.phase_1_business_context import corrections
from threat_modeling.phases.phase_1_business_context.agent import AnalyzeContext, BusinessContext, BusinessContextAnalyst, delivered
from threat_modeling.phases.phase_1_business_context.artifacts import (
    BusinessImpact,
    BusinessObjectives,
    ComplianceRequirements,
    DataClassification,
    SecurityObjectives,
    Source,
    ThreatActors,
)
from threat_modeling.phases.phase_1_business_context.claims import Claim, from_request
from threat_modeling.phases.phase_1_business_context.compose import Files, compose
from threat_modeling.phases.phase_1_business_context.context_file import MAX_BYTES, Context, read_context
from threat_modeling.phases.phase_1_business_context.data import assumed_jewel
from threat_modeling.phases.phase_1_business_context.observed import Observed
from threat_modeling.phases.phase_1_business_context.summary import summary

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from threat_modeling.artifact import Artifact
    from threat_modeling.model import CoverageGap
    from threat_modeling.session import Session
    from threat_modeling.stage import Stage

TASK = "business-context"


class BusinessContextPhase(Phase):
    """Phase 1, one agent. A rescan runs it again: a context that was true a year ago is validated, not copied."""

    number = 1
    name = "business-context"
    title = "Business context"
    role = BusinessContextAnalyst()
    makes = (BusinessObjectives, DataClassification, ThreatActors, BusinessImpact, ComplianceRequirements, SecurityObjectives)
    guidance = ("Weigh what handles a crown jewel first; a claim of the target may raise a severity, never lower it.",)

    def assign(self, session: Session, stage: Stage) -> list[AnalyzeContext]:
        """One agent; the file that a person named is read here, so that a mistake in it is told before any agent runs."""
        decisions = session.checkpoints.decisions(stage.key)
        return [
            AnalyzeContext(
                id=TASK,
                label="business context",
                stated=_stated(session),
                corrections=json.dumps(corrections.corrected(decisions), sort_keys=True),
                feedback=tuple(d.feedback for d in decisions if d.feedback and d.status == "revision_requested"),
            )
        ]

    def consolidate(
        self,
        session: Session,
        stage: Stage,
        outputs: Mapping[str, BusinessContext],
        gaps: Sequence[CoverageGap],  # noqa: ARG002 - the signature is the contract
    ) -> list[Artifact]:
        """The six files. Without an agent's output they rest on what was stated; the gap is shown at the checkpoint."""
        task = self.assign(session, stage)[0]
        context = outputs.get(TASK) or _without_agent(session, task)
        for name, value in task.corrected().items():
            session.override(f"{name} corrected to {json.dumps(value, ensure_ascii=False)}", stage.key)
        for text in (*task.feedback, *(remark.text for remark in context.remarks)):
            session.open_note(text, stage.key)
        return [
            context.objectives,
            DataClassification(data_types=context.data_types, crown_jewels=context.crown_jewels or (assumed_jewel(),)),
            ThreatActors(threat_actors=context.threat_actors),
            context.impact,
            ComplianceRequirements(requirements=context.requirements),
            context.security,
        ]

    def summarize(self, session: Session, stage: Stage, gaps: Sequence[CoverageGap]) -> str:
        """What is at stake and how it is known, with the question to the person first."""
        remarks = [text for key, text in session.notes("open") if key == stage.key]
        return summary(_files(session), gaps, remarks)

    def form(self, session: Session, stage: Stage) -> dict[str, FormField]:  # noqa: ARG002 - the signature is the contract
        """Crown jewels, data classes, compliance, actors, purpose and figures; nothing before the first consolidation."""
        if not all(session.exists(kind) for kind in self.makes):
            return {}
        files = _files(session)
        return corrections.fields(files.objectives, files.classification, files.actors, files.compliance, files.impact, files.security)


def _stated(session: Session) -> tuple[Context, ...]:
    """The form's context, then that of the file the person named."""
    inline = from_request(session.request)
    name = session.request.business_context
    if not name:
        return (inline,)
    try:
        with Path(name).open("rb") as file:
            text = file.read(MAX_BYTES + 1).decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise RequestInvalid(f"business_context: {name} can't be read ({error}); give a readable UTF-8 file, or leave it empty") from None
    return (inline, read_context(text, name)[0])


def _without_agent(session: Session, task: AnalyzeContext) -> BusinessContext:
    claims = [Claim(Source.REQUEST, context) for context in task.stated]
    files, unusable = compose(Observed(), claims, task.corrected(), (), session.target.name or "target")
    return delivered(files, unusable)


def _files(session: Session) -> Files:
    return Files(
        objectives=session.load(BusinessObjectives),
        classification=session.load(DataClassification),
        actors=session.load(ThreatActors),
        impact=session.load(BusinessImpact),
        compliance=session.load(ComplianceRequirements),
        security=session.load(SecurityObjectives),
    )
