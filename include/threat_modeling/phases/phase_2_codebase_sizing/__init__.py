"""Phase 2: how large the target is, what it is made of and how phase 3 is spread over agents. Nobody is asked after it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from threat_modeling.phase import Phase
from threat_modeling.phases.phase_1_business_context.artifacts import DataClassification
from threat_modeling.phases.phase_2_codebase_sizing.agent import CodebaseSizer, SizeTarget, Sizing
from threat_modeling.phases.phase_2_codebase_sizing.artifacts import SizingReport
from threat_modeling.phases.phase_2_codebase_sizing.summary import summary

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from threat_modeling.model import CoverageGap
    from threat_modeling.session import Session
    from threat_modeling.stage import Stage


class CodebaseSizing(Phase):
    """Phase 2 (seed: Dynamic Agent Spawning from Phase 2)."""

    number = 2
    name = "codebase-sizing"
    title = "Codebase sizing"
    role = CodebaseSizer()
    needs = (DataClassification,)
    makes = (SizingReport,)
    gated = False
    guidance = ("Spawn one agent per entry of components_to_spawn, in its order; map sampled components by security-relevant files first.",)

    def assign(self, session: Session, stage: Stage) -> list[SizeTarget]:  # noqa: ARG002 - the signature is the contract
        """One agent for the whole target."""
        request = session.request
        return [
            SizeTarget(id="sizing", label="size of the target", scope=request.scope, components=request.components, max_agents=request.max_agents)
        ]

    def consolidate(self, session: Session, stage: Stage, outputs: Mapping[str, Sizing], gaps: Sequence[CoverageGap]) -> list[SizingReport]:  # noqa: RUF100
        """The delivered report; where the sizer failed for good, the minimal strategy with the real number of files (seed: Sizing Report Missing)."""
        report = outputs["sizing"].report if "sizing" in outputs else _minimal(session)
        for override in report.overrides:
            session.override(override, stage.key)
        for gap in gaps:
            session.override(f"minimal strategy in place of {gap.label}: {gap.reason}", stage.key)
        return [report]

    def summarize(self, session: Session, stage: Stage, gaps: Sequence[CoverageGap]) -> str:  # noqa: ARG002
        """Counts, tier, agents, what is sampled and what does not count."""
        return summary(session.load(SizingReport))


def _minimal(session: Session) -> SizingReport:
    from threat_modeling.codebase.walk import walk  # noqa: PLC0415 - a scheduler that only names the phase loads no parser
    from threat_modeling.phases.phase_2_codebase_sizing.sizing import minimal  # noqa: PLC0415

    return minimal(walk(session.target), session.request.scope)
