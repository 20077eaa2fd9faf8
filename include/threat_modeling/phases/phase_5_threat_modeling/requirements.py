"""Environmental metrics of CVSS (CR, IR, AR) from the business context: the formulas of the artifacts page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from threat_modeling.model import Model, Sensitivity

if TYPE_CHECKING:
    from threat_modeling.phases.phase_1_business_context.artifacts import BusinessImpact, FigureStatement, SecurityObjectives
    from threat_modeling.phases.phase_5_threat_modeling.artifacts import CvssVersion

_GRAVE: Final = frozenset({"PII", "PHI", "PCI", "credentials"})
_WORTH: Final = {"L": 0, "M": 1, "H": 2}
HIGH_IMPACT, MEDIUM_IMPACT = 1_000_000, 100_000
"""US dollars that one unnoticed change costs."""
HIGH_RTO, MEDIUM_RTO = 24, 120
"""Hours: below 24 is High, up to five days Medium."""
COSTLY_HOUR = 10_000
"""US dollars an hour of downtime from which availability counts one step more."""


class Stake(Model):
    """What is at stake at one place."""

    categories: frozenset[str] = frozenset()
    crown_jewels: tuple[str, ...] = ()
    regulated: bool = False
    configuration: bool = False
    sensitivity: Sensitivity = Sensitivity.INTERNAL


class Requirements(Model):
    """H, M, L or X (not defined) each, with the reasons."""

    confidentiality: str
    integrity: str
    availability: str
    rationale: tuple[str, ...]


def requirements(version: CvssVersion, stake: Stake, impact: BusinessImpact, objectives: SecurityObjectives) -> Requirements:
    """CR, IR and AR for one place.

    A figure that no person of this session gave may raise a requirement above "not defined" and never lower it below: in 4.0 not
    defined counts as High, in 3.1 as Medium.
    """
    confidentiality, cr_why = _confidentiality(stake)
    integrity, ir_why = _integrity(version, stake, impact.data_modification_impact)
    availability, ar_why = _availability(version, impact.downtime_cost_per_hour, objectives)
    return Requirements(
        confidentiality=confidentiality,
        integrity=integrity,
        availability=availability,
        rationale=(f"CR: {cr_why}", f"IR: {ir_why}", f"AR: {ar_why}"),
    )


def _confidentiality(stake: Stake) -> tuple[str, str]:
    if stake.crown_jewels:
        return "H", "handles a crown jewel"
    grave = sorted(stake.categories & _GRAVE)
    if grave:
        return "H", f"handles {', '.join(grave)}"
    if stake.regulated:
        return "H", "handles regulated data"
    if stake.sensitivity is Sensitivity.PUBLIC:
        return "L", "the data is public"
    if stake.sensitivity.score == 3:
        return "H", f"the data is {stake.sensitivity.value}"
    return "M", f"the data is {stake.sensitivity.value}"


def _integrity(version: CvssVersion, stake: Stake, figure: FigureStatement) -> tuple[str, str]:
    if "PCI" in stake.categories or stake.configuration:
        return "H", "payment data" if "PCI" in stake.categories else "configuration data"
    if figure.value is None:
        return "X", "nobody said what a change of the data costs"
    level = "H" if figure.value >= HIGH_IMPACT else "M" if figure.value >= MEDIUM_IMPACT else "L"
    return _trusted(version, level, by_person=figure.by_person), f"a change of the data costs {figure.value:,.0f} US dollars"


def _availability(version: CvssVersion, downtime: FigureStatement, objectives: SecurityObjectives) -> tuple[str, str]:
    rto, redundancy = objectives.rto_hours, objectives.redundancy
    costly = downtime.value is not None and downtime.value >= COSTLY_HOUR
    if rto.value is None:
        return ("H", f"an hour of downtime costs {downtime.value:,.0f} US dollars") if costly else ("X", "nobody said how fast it must be back")
    step = 2 if rto.value < HIGH_RTO else 1 if rto.value <= MEDIUM_RTO else 0
    by_person = rto.by_person
    why = [f"must be back within {rto.value:g} hours"]
    if redundancy.value == "full":
        step, by_person = step - 1, by_person and redundancy.by_person
        why.append("is fully redundant")
    if costly:
        step += 1
        why.append(f"an hour of downtime costs {downtime.value:,.0f} US dollars")
    level = "LMH"[min(max(step, 0), 2)]
    return _trusted(version, level, by_person=by_person), ", ".join(why)


def _trusted(version: CvssVersion, level: str, *, by_person: bool) -> str:
    """The level, or not defined where it would lower a score on the word of the target alone."""
    neutral = "H" if version == "4.0" else "M"
    return level if by_person or _WORTH[level] >= _WORTH[neutral] else "X"
