"""What phase 3 does about mappers that did not end in time (seed: Agent Timeout)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from threat_modeling.delivery import Delivery
from threat_modeling.errors import AgentTimeout
from threat_modeling.phases.phase_2_codebase_sizing.artifacts import SizingReport
from threat_modeling.phases.phase_2_codebase_sizing.splitting import split
from threat_modeling.phases.phase_3_codebase_mapping.components import MapComponent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from threat_modeling.model import CoverageGap
    from threat_modeling.session import Session
    from threat_modeling.stage import Stage


def split_timed_out(session: Session, stage: Stage, gaps: Sequence[CoverageGap]) -> list[str]:
    """Update the sizing report so that a further round maps smaller parts, or samples; what was done, in words.

    A component that a person added at the checkpoint is not sizing's to split: it stays a gap. Calling it twice splits once.
    """
    from threat_modeling.codebase.walk import walk  # noqa: PLC0415 - a scheduler that only names the phase loads no parser

    late = {gap.assignment for gap in gaps if gap.cause == AgentTimeout.__name__}
    tasks = [task for task in Delivery(session, stage).tasks() if task.id in late and isinstance(task, MapComponent)]
    if not tasks:
        return []
    files = [file.path for file in walk(session.target).files]
    report = session.load(SizingReport)
    told = []
    for task in tasks:
        component = next((c for c in report.strategy.components_to_spawn if c.id == task.id), None)
        if component is None:
            continue
        if (component.recommended_depth, component.sample_files, {*component.excludes} - {*task.excludes}) == (task.depth, task.sample_files, set()):
            smaller = split(report, component.path, files)
            if smaller is None:
                continue
            report = smaller
        told.append(report.overrides[-1])
    if told:
        session.save(report)
        for text in told:
            session.override(text, "phase-2")
    return told
