"""Whether a session is whole, and if not, why: a report that looks complete and is not would be believed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from threat_modeling.delivery import Delivery
from threat_modeling.exporters.material.document import ControlsSection, DecisionLine, MappingSection, Outcome, ReportDocument
from threat_modeling.phases.order import STAGES
from threat_modeling.verdict import verdict

if TYPE_CHECKING:
    from threat_modeling.model import CoverageGap
    from threat_modeling.session import Session


def outcome(session: Session, draft: ReportDocument, broken: tuple[str, ...]) -> Outcome:
    """The verdict on the session, with every reason in words a reader of the report understands; `broken` are files that can't be read."""
    found = verdict(session)
    asked = [stage for stage in STAGES if not stage.phase.stands_in]
    gaps = tuple(gap for stage in asked if (delivery := Delivery(session, stage)).opened() for gap in delivery.collect()[1])
    reasons = [*_reasons(draft, gaps), *broken]
    complete = found.status == "complete" and not reasons
    return Outcome(complete=complete, reasons=() if complete else tuple(reasons) or found.reasons, gaps=gaps, stopped=found.status == "stopped")


def _reasons(draft: ReportDocument, gaps: tuple[CoverageGap, ...]) -> list[str]:
    present: dict[str, Any] = {
        "1 (business context)": draft.context,
        "2 (codebase sizing)": {"sizing_report": draft.sizing},
        "3 (codebase mapping)": draft.mapping,
        "4 (security controls)": draft.controls,
        "5 (threat modeling)": draft.threats,
        "6 (test planning)": draft.tests,
    }
    absent = [name for name, section in present.items() if any(value is None for value in dict(section).values())]
    return [
        *(_ended(line) for line in _last_rounds(draft.decisions) if line.status in {"stopped", "waiting"}),
        *([f"No complete result: phase {', phase '.join(absent)}."] if absent else []),
        *_uninvestigated(draft.mapping, draft.controls),
        *(f"{gap.label} did not deliver: {gap.reason}" for gap in gaps),
    ]


def _last_rounds(decisions: tuple[DecisionLine, ...]) -> tuple[DecisionLine, ...]:
    return tuple({line.stage: line for line in decisions}.values())


def _ended(line: DecisionLine) -> str:
    where = f"the checkpoint {line.stage}, round {line.round}"
    if line.status == "waiting":
        return f"Nobody answered {where}."
    told = f": {line.feedback}" if line.feedback else "."
    return f"{line.by or 'A person'} stopped the session at {where}{told}"


def _uninvestigated(mapping: MappingSection, controls: ControlsSection) -> list[str]:
    """Concerns that no batch accounts for."""
    if not mapping.concerns or not controls.batch_summary:
        return []
    accounted = {account.concern for batch in controls.batch_summary.batches for account in batch.concerns}
    waiting = [c for c in mapping.concerns.concerns if c.id not in accounted]
    if not waiting:
        return []
    listed = ", ".join(f"{c.id} ({c.severity})" for c in waiting[:10])
    more = f" and {len(waiting) - 10} more" if len(waiting) > 10 else ""
    return [f"{len(waiting)} of {len(mapping.concerns.concerns)} concerns were not investigated: {listed}{more}."]
