"""Accounts for every concern: investigated, blocked with its reason, or still waiting."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from threat_modeling.model import Severity
from threat_modeling.phases.phase_4_security_controls.artifacts import Batch, BatchSummary, ConcernAccount

if TYPE_CHECKING:
    from collections.abc import Sequence

    from threat_modeling.phases.phase_3_codebase_mapping.artifacts import Concern
    from threat_modeling.phases.phase_4_security_controls.artifacts import Investigation


def batch(severity: Severity, investigations: Sequence[Investigation], blocked: Sequence[tuple[Concern, str]]) -> Batch:
    """One severity's batch."""
    accounts = [
        ConcernAccount(
            concern=i.concern,
            name=i.name,
            title=i.title,
            severity=i.severity,
            status=i.status,
            controls=len(i.controls_found),
            gaps=len(i.control_gaps),
            locations_mitigated=i.locations_mitigated,
        )
        for i in investigations
    ]
    accounts += [
        ConcernAccount(concern=c.id, name=c.name, title=c.title, severity=c.severity, status="blocked", controls=0, gaps=1, error=reason)
        for c, reason in blocked
    ]
    controls = Counter(control.category for i in investigations for control in i.controls_found)
    gaps = Counter(gap.severity for i in investigations for gap in i.control_gaps) + Counter(c.severity for c, _ in blocked)
    return Batch(
        severity=severity,
        assigned=len(accounts),
        investigated=len(investigations),
        failed=len(blocked),
        blocked=tuple(sorted(c.id for c, _ in blocked)),
        controls_by_category={category: controls[category] for category in sorted(controls)},
        gaps_by_severity={s: gaps[s] for s in Severity if gaps[s]},
        concerns=tuple(sorted(accounts, key=lambda a: a.concern)),
    )


def batch_summary(batches: Sequence[Batch], concerns: Sequence[Concern]) -> BatchSummary:
    """All batches so far; what no batch has taken up waits."""
    told = {account.concern for b in batches for account in b.concerns}
    return BatchSummary(batches=tuple(batches), waiting=tuple(c.id for c in concerns if c.id not in told))
