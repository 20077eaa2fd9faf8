"""Abuse cases: each grave threat told as what an actor does to the business."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from threat_modeling.model import Severity, Stride
from threat_modeling.phases.phase_5_threat_modeling.artifacts import AbuseCase, AbuseCases

if TYPE_CHECKING:
    from collections.abc import Sequence

    from threat_modeling.phases.phase_1_business_context.artifacts import BusinessImpact
    from threat_modeling.phases.phase_3_codebase_mapping.artifacts import EntryPoint
    from threat_modeling.phases.phase_5_threat_modeling.artifacts import Threat
    from threat_modeling.phases.phase_5_threat_modeling.picture import Picture

_FELT: Final = {
    Stride.INFORMATION_DISCLOSURE: "regulatory",
    Stride.TAMPERING: "financial",
    Stride.DENIAL_OF_SERVICE: "operational",
    Stride.SPOOFING: "reputational",
    Stride.ELEVATION_OF_PRIVILEGE: "strategic",
    Stride.REPUDIATION: "regulatory",
}


def grave(threats: Sequence[Threat]) -> list[Threat]:
    """Open threats of HIGH and above, in their order."""
    return [t for t in threats if t.status == "open" and t.severity.rank <= Severity.HIGH.rank]


def abuse_cases(threats: Sequence[Threat], picture: Picture) -> AbuseCases:
    """One for each open threat of HIGH and above."""
    return AbuseCases(abuse_cases=tuple(_case(n, threat, picture) for n, threat in enumerate(grave(threats), 1)))


def _case(number: int, threat: Threat, picture: Picture) -> AbuseCase:
    points = [picture.points[p] for p in threat.entry_points if p in picture.points]
    jewels = [j.name for j in picture.classification.crown_jewels if j.id in threat.crown_jewels]
    return AbuseCase(
        id=f"AC-{number:03d}",
        threat=threat.id,
        title=f"A {threat.actor.profile} actor uses {threat.title}",
        actor=threat.actor.profile,
        goal=f"get at {', '.join(jewels)}" if jewels else threat.steps[-1].action,
        preconditions=_preconditions(points),
        steps=tuple(step.action for step in threat.steps),
        outcome=threat.steps[-1].action,
        business_impact=_impact(threat, picture.impact),
        detection=next((m.action for m in threat.mitigations if m.type == "detect"), "none is in place"),
    )


def _preconditions(points: Sequence[EntryPoint]) -> tuple[str, ...]:
    if not points:
        return ("access to the code, its data or the component that runs it",)
    first = points[0]
    account = {"none": "no account", "required": "an ordinary account", "unknown": "whatever the application asks for"}[first.authentication.state]
    return (f"{first.method} {first.path} can be reached", account)


def _impact(threat: Threat, impact: BusinessImpact) -> str:
    kinds = dict.fromkeys(_FELT[s] for s in threat.stride)
    return "; ".join(f"{kind} ({getattr(impact, kind).level}): {getattr(impact, kind).description}" for kind in list(kinds)[:2])
