"""The risk matrix: how likely an open threat is to be tried, by what it would do."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final, get_args

from threat_modeling.model import Severity, Stride
from threat_modeling.phases.phase_5_threat_modeling.artifacts import Impact, Likelihood, RiskCell, RiskMatrix, Threat, ThreatStatus

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from threat_modeling.phases.phase_1_business_context.artifacts import ActorProfile, Level

LIKELIHOOD_FROM: Final = (
    "From 1: +1 reachable over a network, +1 without an account, +1 input was seen to reach it, +1 a likely actor; "
    "-1 a condition or a control in the way, -1 a user has to take part, -1 an unlikely actor. Bounded by 0 (rare) and 4 (almost certain)."
)
IMPACT_FROM: Final = (
    "The worst of confidentiality, integrity and availability: High 3, Low 1, behind the application one less; +1 where the business "
    "requires it highly, -1 where it requires little. Bounded by 0 (negligible) and 4 (severe)."
)
_LIKELIHOODS: Final = get_args(Likelihood)
_IMPACTS: Final = get_args(Impact)
_PROPERTIES: Final = (("C", "CR"), ("I", "IR"), ("A", "AR"))


def risk_matrix(threats: Sequence[Threat], actors: Mapping[ActorProfile, Level]) -> RiskMatrix:
    """All cells with the open threats, in the order of the threats."""
    open_threats = [t for t in threats if t.status == "open"]
    placed: dict[tuple[int, int], list[str]] = {}
    for threat in open_threats:
        placed.setdefault((likelihood(threat, actors), impact(threat)), []).append(threat.id)
    return RiskMatrix(
        likelihood_from=LIKELIHOOD_FROM,
        impact_from=IMPACT_FROM,
        cells=tuple(
            RiskCell(likelihood=likely, impact=grave, rating=rating(x, y), threats=tuple(placed.get((x, y), ())))
            for x, likely in enumerate(_LIKELIHOODS)
            for y, grave in enumerate(_IMPACTS)
        ),
        by_severity={s: sum(t.severity is s for t in open_threats) for s in Severity},
        by_stride={s: sum(s in t.stride for t in open_threats) for s in Stride},
        by_component=dict(sorted(Counter(t.component for t in open_threats).items())),
        by_status={status: sum(t.status == status for t in threats) for status in get_args(ThreatStatus)},
    )


def likelihood(threat: Threat, actors: Mapping[ActorProfile, Level]) -> int:
    """0 rare to 4 almost certain."""
    m = parsed(threat.cvss.base.vector)
    level = next((value for profile, value in actors.items() if profile == threat.actor.profile), "medium")
    points = 1 + (m["AV"] == "N") + (m["PR"] == "N") + threat.attacker_reached + (level in {"high", "critical"})
    points -= (m["AC"] == "H" or m.get("AT") == "P") + (m["UI"] != "N") + (level == "low")
    return min(max(points, 0), 4)


def impact(threat: Threat) -> int:
    """0 negligible to 4 severe."""
    m = parsed(threat.cvss.environmental.vector)
    worst = 0
    for letter, need in _PROPERTIES:
        own = {"H": 3, "L": 1}.get(m.get(f"V{letter}", m.get(letter, "N")), 0)
        behind = {"H": 2, "L": 1}.get(m.get(f"S{letter}", "N"), 0)
        harm = max(own, behind)
        if harm:
            worst = max(worst, harm + {"H": 1, "L": -1}.get(m.get(need, "X"), 0))
    return min(max(worst, 0), 4)


def rating(likely: int, grave: int) -> Severity:
    """The sum of both: 7 or more CRITICAL, 5 HIGH, 3 MEDIUM, 2 LOW, else INFO."""
    steps = ((7, Severity.CRITICAL), (5, Severity.HIGH), (3, Severity.MEDIUM), (2, Severity.LOW))
    return next((severity for least, severity in steps if likely + grave >= least), Severity.INFO)


def parsed(vector: str) -> dict[str, str]:
    """Metric -> value."""
    return dict(part.split(":", 1) for part in vector.split("/")[1:])
