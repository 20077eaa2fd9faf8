"""Phase 2: how large the target is, what it is made of and how phase 3 is spread over agents. Nobody is asked after it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from threat_modeling.errors import AgentRejected, ArtifactInvalid, ArtifactMissing, NoComponents, SizingInvalid, SizingReportMissing
from threat_modeling.phase import Phase
from threat_modeling.phases.phase_1_business_context.artifacts import DataClassification
from threat_modeling.phases.phase_2_codebase_sizing.agent import CodebaseSizer, SizeTarget, Sizing
from threat_modeling.phases.phase_2_codebase_sizing.artifacts import SizingReport
from threat_modeling.phases.phase_2_codebase_sizing.splitting import carried
from threat_modeling.phases.phase_2_codebase_sizing.summary import summary

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from threat_modeling.agent import Task
    from threat_modeling.errors import AgentFailed
    from threat_modeling.model import CoverageGap
    from threat_modeling.session import Session
    from threat_modeling.stage import Stage

TASK = "sizing"
COMPONENTS = "components_to_spawn"


class CodebaseSizing(Phase):
    """Phase 2 (seed: Dynamic Agent Spawning from Phase 2)."""

    number = 2
    name = "codebase-sizing"
    title = "Codebase sizing"
    role = CodebaseSizer()
    needs = (DataClassification,)
    makes = (SizingReport,)
    gated = False
    stands_in = True
    guidance = ("Spawn one agent per entry of components_to_spawn, in its order; map sampled components by security-relevant files first.",)

    def assign(self, session: Session, stage: Stage) -> list[SizeTarget]:  # noqa: ARG002 - the signature is the contract
        """One agent for the whole target."""
        request = session.request
        return [SizeTarget(id=TASK, label="size of the target", scope=request.scope, components=request.components, max_agents=request.max_agents)]

    def again(self, task: Task, error: AgentFailed) -> tuple[AgentFailed, Task | None]:
        """A sizer that died counts less the next time; one that delivered nonsense is told what the report must have."""
        if isinstance(error, AgentRejected):
            if any(COMPONENTS in field for field in error.fields):
                return NoComponents(f"{error}; the largest folders stand in", error.partial, error.fields), None
            named = SizingInvalid(f"{error}; the report must fit the schema of {SizingReport.path}", error.partial, error.fields)
            return named, task.model_copy(update={"required": error.fields, "label": f"{task.label}, with {', '.join(error.fields)[:200]} corrected"})
        missing = SizingReportMissing(f"{SizingReport.path} was not delivered: {error}", error.partial)
        return missing, task.model_copy(update={"reduced": True, "label": f"{task.label}, code only"})

    def consolidate(self, session: Session, stage: Stage, outputs: Mapping[str, Sizing], gaps: Sequence[CoverageGap]) -> list[SizingReport]:
        """The delivered report; where the sizer failed for good, what stands in for it, as an override. Splits of phase 3 stay."""
        report = outputs[TASK].report if TASK in outputs else _stand_in(session, gaps)
        earlier = _earlier(session)
        if earlier:
            report = carried(report, earlier)
        for override in report.overrides:
            session.override(override, stage.key)
        return [report]

    def summarize(self, session: Session, stage: Stage, gaps: Sequence[CoverageGap]) -> str:  # noqa: ARG002
        """Counts, tier, agents, what is sampled and what does not count."""
        return summary(session.load(SizingReport))


def _stand_in(session: Session, gaps: Sequence[CoverageGap]) -> SizingReport:
    from threat_modeling.codebase.walk import walk  # noqa: PLC0415 - a scheduler that only names the phase loads no parser
    from threat_modeling.phases.phase_2_codebase_sizing.minimal import largest, minimal  # noqa: PLC0415

    why = "; ".join(gap.reason for gap in gaps) or "the sizer delivered nothing"
    make = largest if any(gap.cause == NoComponents.__name__ for gap in gaps) else minimal
    return make(walk(session.target), session.request.scope, why)


def _earlier(session: Session) -> SizingReport | None:
    try:
        return session.load(SizingReport)
    except (ArtifactMissing, ArtifactInvalid):
        return None
