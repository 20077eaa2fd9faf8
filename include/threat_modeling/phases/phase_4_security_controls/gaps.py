"""Turns what a concern lacks into gaps, each with the places it leaves open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from threat_modeling.catalog.category import categories
from threat_modeling.model import ControlCategory
from threat_modeling.phases.phase_4_security_controls.artifacts import MAX_EVIDENCE, ControlGap, GapType, Recommendation
from threat_modeling.phases.phase_4_security_controls.places import attack
from threat_modeling.phases.phase_4_security_controls.weighing import Outcome, lowered

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from threat_modeling.phases.phase_3_codebase_mapping.artifacts import ConcernLocation
    from threat_modeling.phases.phase_4_security_controls.artifacts import Search
    from threat_modeling.phases.phase_4_security_controls.grounds import Grounds
    from threat_modeling.phases.phase_4_security_controls.sight import Sight

IN_DEPTH = (ControlCategory.LOGGING_AUDIT, ControlCategory.RATE_LIMITING, ControlCategory.CORS_CSP)
"""Further categories whose absence is a gap of its own. Sign-in and rights of each route are phase 3's own concerns, told there."""


def primary_gaps(
    grounds: Grounds, outcomes: Mapping[int, Outcome], sights: Sequence[Sight], searches: Sequence[Search]
) -> list[tuple[ControlGap, tuple[ConcernLocation, ...]]]:
    """One gap for each CWE and kind of gap among the places that are not mitigated, open ones first, with those places."""
    grouped: dict[tuple[bool, str, GapType], list[ConcernLocation]] = {}
    for index, location in enumerate(grounds.concern.locations):
        if outcomes[index] is Outcome.MITIGATED:
            continue
        kind = grounds.kind(location)
        partial = outcomes[index] is Outcome.PARTIAL
        grouped.setdefault((partial, location.cwe, "incomplete" if partial else kind.gap), []).append(location)
    return [
        (_primary(grounds, key[1], key[2], tuple(places), partial=key[0], sights=sights, searches=searches), tuple(places))
        for key, places in sorted(grouped.items())
    ]


def _primary(
    grounds: Grounds,
    cwe: str,
    gap_type: GapType,
    places: tuple[ConcernLocation, ...],
    *,
    partial: bool,
    sights: Sequence[Sight],
    searches: Sequence[Search],
) -> ControlGap:
    concern, kind = grounds.concern, grounds.kind(places[0])
    category = categories()[kind.controls[0]]
    points = {p.id for place in places for p in grounds.points(place)}
    return ControlGap(
        id="",
        concern=concern.id,
        category=category.id,
        type=gap_type,
        severity=lowered(concern.severity) if partial else concern.severity,
        title=f"{gap_type.capitalize()} {category.label}: {kind.name}",
        description=f"{places[0].message.rstrip('.')}. {_told(places, sights, searches)}",
        affected=tuple(sorted(points | set(concern.components))),
        attack_vector=attack(kind, places[0], grounds.points(places[0])),
        cwe=cwe,
        evidence=tuple(place.evidence for place in places[:MAX_EVIDENCE]),
        score=concern.score.total,
    )


def _told(places: Sequence[ConcernLocation], sights: Sequence[Sight], searches: Sequence[Search]) -> str:
    """How it was searched, in one or two sentences."""
    looked = ", ".join(f"{s.places} {_UNITS[s.scope]}" for s in searches if s.places)
    found = [s for s in sights if s.evidence or s.scope == "stated"]
    met = f"; met {', '.join(sorted({s.implementation for s in found})[:4])}, which does not close it" if found else "; no such control was met"
    count = f"{len(places)} places" if len(places) > 1 else "1 place"
    return f"{count}; examined {looked or 'the code around it'}{met}."


_UNITS = {
    "entry-point": "entry points",
    "function": "functions",
    "file": "controls elsewhere in these files",
    "application": "application-wide controls",
}


def in_depth_gap(grounds: Grounds, category: ControlCategory, searches: Sequence[Search]) -> ControlGap:
    """The gap for a further category of which nothing was met anywhere: two steps less severe than the concern."""
    concern, kind = grounds.concern, categories()[category]
    points = {p.id for place in concern.locations for p in grounds.points(place)}
    return ControlGap(
        id="",
        concern=concern.id,
        category=category,
        type="missing",
        severity=lowered(concern.severity, 2),
        title=f"No {kind.label} around {grounds.kind(concern.locations[0]).name}",
        description=f"Looked for {kind.looked_for}: {_told(concern.locations, (), searches)}",
        affected=tuple(sorted(points | set(concern.components))),
        attack_vector=f"An attack on {concern.title} meets no {kind.label}",
        cwe=kind.cwe,
        evidence=(concern.locations[0].evidence,),
        score=concern.score.total,
    )


def recommendation(grounds: Grounds, gap: ControlGap, places: Sequence[ConcernLocation]) -> Recommendation:
    """What closes a gap: the weakness's own mitigation, or the category's."""
    files = tuple(sorted({place.evidence.path for place in places})) or tuple(sorted({e.path for e in gap.evidence}))
    if places:
        kind = grounds.kind(places[0])
        return Recommendation(
            priority=gap.severity, action=kind.mitigation, rationale=f"Otherwise an attacker {kind.effect}", effort=kind.effort, files=files
        )
    category = categories()[gap.category or grounds.primary]
    return Recommendation(priority=gap.severity, action=category.mitigation, rationale=category.detection, effort=category.effort, files=files)
