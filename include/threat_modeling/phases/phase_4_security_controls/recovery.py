"""What phase 4 does about investigations that failed (seed: Batch Failure)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from threat_modeling.errors import BatchFailure
from threat_modeling.phases.phase_4_security_controls.artifacts import BatchSummary

if TYPE_CHECKING:
    from collections.abc import Sequence

    from threat_modeling.model import CoverageGap
    from threat_modeling.session import Session
    from threat_modeling.stage import Stage

MAX_TRIES = 3
"""How often a concern is tried before it is a gap of type investigation-blocked."""


def failed_again(session: Session, stage: Stage, gaps: Sequence[CoverageGap]) -> list[str]:
    """Which concerns another round tries again: those that the batch's summary calls blocked and that failed less than three times."""
    batch = next((b for b in session.load(BatchSummary).batches if b.severity is stage.severity), None)
    blocked = {account.concern: account.title for account in batch.concerns if account.status == "blocked"} if batch else {}
    again = [f"{c} {blocked[c]} (tried {gap.tries} times)" for gap in gaps if (c := _concern(gap)) in blocked and 0 < gap.tries < MAX_TRIES]
    if not again or batch is None:
        return []
    return [f"{BatchFailure.__name__}: {len(blocked)} of {batch.assigned} investigations failed; each runs again alone: {', '.join(again)}"]


def _concern(gap: CoverageGap) -> str:
    """`C-001-name` is concern C-001."""
    return "-".join(gap.assignment.split("-")[:2])
