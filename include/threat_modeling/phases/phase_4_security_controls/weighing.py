"""Weighs what was found against what the weakness needs: each place is open, partly covered or mitigated."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from threat_modeling.model import Severity
from threat_modeling.phases.phase_4_security_controls.sight import STANDS_BESIDE, Cover

if TYPE_CHECKING:
    from collections.abc import Sequence

    from threat_modeling.catalog.weakness import WeaknessType
    from threat_modeling.phases.phase_3_codebase_mapping.artifacts import ConcernLocation
    from threat_modeling.phases.phase_4_security_controls.sight import Sight


class Outcome(StrEnum):
    """What became of one place."""

    OPEN = "open"
    PARTIAL = "partial"
    MITIGATED = "mitigated"


def outcome(place: int, location: ConcernLocation, kind: WeaknessType, sights: Sequence[Sight]) -> Outcome:
    """What the controls of the primary category do for a place.

    A control that a person states closes it. Where something is missing beside the code, a control that covers it closes it. Where
    input was seen to reach a sink, a control on the way does not change that: the trace was followed through it. A wrong use of a
    control (weak, misconfigured) is the evidence against itself.
    """
    covers = [(s, s.cover(place)) for s in sights if s.category is kind.controls[0]]
    if any(s.scope == "stated" and cover is Cover.FULL for s, cover in covers):
        return Outcome.MITIGATED
    best = max((cover for _, cover in covers), default=Cover.NEARBY)
    if kind.gap not in {"missing", "incomplete"} or best is Cover.NEARBY:
        return Outcome.OPEN
    if kind.controls[0] in STANDS_BESIDE and kind.closed_by_control and best is Cover.FULL:
        return Outcome.MITIGATED
    return Outcome.OPEN if location.attacker_reached else Outcome.PARTIAL


def lowered(severity: Severity, steps: int = 1) -> Severity:
    """So many steps less severe; INFO stays."""
    return list(Severity)[min(severity.rank + steps, len(Severity) - 1)]
