"""Concerns: weaknesses of one class in one component with their places, and the severity that the three scores give."""

from __future__ import annotations

from typing import TYPE_CHECKING

from threat_modeling.catalog.weakness import weakness as kind_of
from threat_modeling.codebase.observations import Confidence
from threat_modeling.model import ControlCategory, Sensitivity, Severity
from threat_modeling.phases.phase_3_codebase_mapping.artifacts import Concern, ConcernLocation, ConcernScore, ConcernWeakness
from threat_modeling.phases.phase_3_codebase_mapping.stores import CATEGORY_SENSITIVITY, most_sensitive
from threat_modeling.text import slug

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from threat_modeling.codebase.observations import Weakness
    from threat_modeling.phases.phase_1_business_context.artifacts import CrownJewel
    from threat_modeling.phases.phase_3_codebase_mapping.artifacts import ComponentMap, DataFlow, EntryPoint, Exposure
    from threat_modeling.phases.phase_3_codebase_mapping.corrections import Corrections
    from threat_modeling.phases.phase_3_codebase_mapping.links import Links

_EXPOSURE_SCORE: dict[Exposure, int] = {"external-unauthenticated": 3, "external-authenticated": 2, "internal": 1, "unreachable": 0}
_STEPS = ((8, Severity.CRITICAL), (6, Severity.HIGH), (4, Severity.MEDIUM), (2, Severity.LOW), (0, Severity.INFO))
_CREDENTIAL_CLASSES = ("secret", "credential", "password", "jwt")


class Surroundings:
    """What the severity of a weakness depends on beside the weakness itself."""

    def __init__(
        self, points: Sequence[EntryPoint], links: Links, flows: Sequence[DataFlow], jewels: Sequence[CrownJewel], wanted: Corrections
    ) -> None:
        self.points = {p.id: p for p in points}
        self.links = links
        self.flows = flows
        self.jewels = jewels
        self.sensitivity: Mapping[str, Sensitivity] = dict(wanted.sensitivity)
        self.exposed: dict[str, int] = {}
        for p in points:
            self.exposed[p.component] = max(self.exposed.get(p.component, 1), _EXPOSURE_SCORE[p.exposure])


def severity(score: ConcernScore) -> Severity:
    """8-9 CRITICAL, 6-7 HIGH, 4-5 MEDIUM, 2-3 LOW, 0-1 INFO; a sink that attacker input is seen to reach is one step more severe.

    What only rules of low confidence say is MEDIUM at most.
    """
    base = next(s for limit, s in _STEPS if score.total >= limit)
    if score.unsure:
        return max(base, Severity.MEDIUM, key=lambda s: s.rank)
    return base.raised() if score.raised else base


def concerns(maps: Sequence[ComponentMap], around: Surroundings) -> tuple[Concern, ...]:
    """One concern for each weakness class and component, most severe first; ids follow that order."""
    grouped: dict[tuple[str, str], list[Weakness]] = {}
    by_id = {m.component: m for m in maps}
    for m in maps:
        for weakness in m.weaknesses:
            grouped.setdefault((weakness.weakness_class, m.component), []).append(weakness)
    found = [_concern(by_id[component], found, around) for (_, component), found in sorted(grouped.items())]
    found.sort(key=lambda c: (c.severity.rank, c.score.unsure, -c.score.total, c.name))
    return tuple(c.model_copy(update={"id": f"C-{n:03d}"}) for n, c in enumerate(found, 1))


def _concern(component: ComponentMap, weaknesses: Sequence[Weakness], around: Surroundings) -> Concern:
    ordered = sorted(weaknesses, key=lambda w: (w.confidence is Confidence.LOW, not w.attacker_reached, w.evidence.path, w.evidence.start, w.rule))
    first = ordered[0]
    name = f"{first.weakness_class}-{slug(component.component, 60)}"
    locations = tuple(_location(w, around) for w in ordered)
    points = tuple(sorted({p for location in locations for p in location.entry_points}))
    jewels, jewel_score = _jewels(component, ordered, around)
    exposure = _exposure(component, ordered, points, around)
    flows = _flows(component, ordered, points, around)
    sensitivity = around.sensitivity.get(name) or _sensitivity(component, ordered, flows, jewels, around)
    near = 3 if _opens_data(first) else 1
    score = ConcernScore(
        crown_jewel=min(jewel_score, near),
        exposure=_EXPOSURE_SCORE[exposure],
        sensitivity=min(sensitivity.score, near),
        raised=any(w.attacker_reached and w.confidence is not Confidence.LOW for w in ordered),
        unsure=all(w.confidence is Confidence.LOW for w in ordered),
    )
    where = "the application" if component.path == "." else component.path
    return Concern(
        id="C-000",
        name=name,
        title=f"{first.title} in {where}" + (f" ({len(ordered)} places)" if len(ordered) > 1 else ""),
        severity=severity(score),
        weakness=ConcernWeakness.model_validate({"cwe": first.cwe, "class": first.weakness_class}),
        description=first.message,
        locations=locations,
        components=(component.component,),
        entry_points=points,
        data_flows=tuple(f.id for f in flows),
        crown_jewels=tuple(j.id for j in jewels),
        expected_controls=_expected(ordered, exposure),
        score=score,
        exposure=exposure,
        sensitivity=sensitivity,
    )


def _opens_data(weakness: Weakness) -> bool:
    """Whether the weakness by itself lets someone read or change data.

    What only helps an attack (telling messages, missing headers, lists without paging) is as far from crown jewels as the rest of the system.
    """
    impact = kind_of(weakness.cwe, weakness.category).impact
    effects = (impact.confidentiality, impact.integrity, impact.next_confidentiality, impact.next_integrity)
    return any(effect in {"H", "D"} for effect in effects)


def _location(weakness: Weakness, around: Surroundings) -> ConcernLocation:
    return ConcernLocation(
        evidence=weakness.evidence,
        rule=weakness.rule,
        cwe=weakness.cwe,
        title=weakness.title,
        message=weakness.message,
        confidence=weakness.confidence,
        function=weakness.function,
        trace=weakness.trace,
        attacker_reached=weakness.attacker_reached,
        entry_points=around.links.of(weakness),
    )


def _jewels(component: ComponentMap, weaknesses: Sequence[Weakness], around: Surroundings) -> tuple[list[CrownJewel], int]:
    """The jewels that the places handle, and the score: 3 handles one, 2 same component, 1 same system, 0 there is none."""
    paths = {w.evidence.path for w in weaknesses} | {s.evidence.path for w in weaknesses for s in w.trace}
    handled = [j for j in around.jewels if any(j.handles(p) for p in paths)]
    if handled:
        return handled, 3
    routes = {r.handler.file for r in component.routes if r.handler} | {s.evidence.path for s in component.stores}
    near = [j for j in around.jewels if any(j.handles(p) for p in routes)]
    return near, 2 if near else 1 if around.jewels else 0


def _exposure(component: ComponentMap, weaknesses: Sequence[Weakness], points: Sequence[str], around: Surroundings) -> Exposure:
    """The widest exposure of the entry points that lead there; what belongs to the whole component is one step less exposed than it."""
    names = {score: name for name, score in _EXPOSURE_SCORE.items()}
    if points:
        return names[max(_EXPOSURE_SCORE[around.points[p].exposure] for p in points)]
    if any(w.attacker_reached for w in weaknesses):
        return names[max(around.exposed.get(component.component, 1), 1)]
    application_wide = any(not w.function for w in weaknesses)
    return names[max(around.exposed.get(component.component, 1) - 1, 1)] if application_wide else "internal"


def _flows(component: ComponentMap, weaknesses: Sequence[Weakness], points: Sequence[str], around: Surroundings) -> list[DataFlow]:
    lines = {(w.evidence.path, w.evidence.start) for w in weaknesses}
    return [
        f
        for f in around.flows
        if (f.entry_point and f.entry_point in points)
        or (f.component == component.component and any((s.location.path, s.location.start) in lines for s in f.steps))
    ]


def _sensitivity(
    component: ComponentMap, weaknesses: Sequence[Weakness], flows: Sequence[DataFlow], jewels: Sequence[CrownJewel], around: Surroundings
) -> Sensitivity:
    paths = {w.evidence.path for w in weaknesses}
    handled = [j.sensitivity for j in jewels if any(j.handles(p) for p in paths)]
    fields = [CATEGORY_SENSITIVITY[f.category] for f in component.personal_fields if f.evidence.path in paths]
    secret = [Sensitivity.RESTRICTED] if any(word in weaknesses[0].weakness_class for word in _CREDENTIAL_CLASSES) else []
    stores = [f.sensitivity for f in flows if not f.attacker_controlled]
    corrected = [around.sensitivity[f.name] for f in flows if f.name in around.sensitivity]
    return most_sensitive(corrected or [*handled, *fields, *secret, *stores])


def _expected(weaknesses: Sequence[Weakness], exposure: Exposure) -> tuple[ControlCategory, ...]:
    """The category of the weakness itself first, then what else should stand in its way."""
    wanted = {w.category for w in weaknesses}
    if exposure.startswith("external"):
        wanted |= {ControlCategory.AUTHENTICATION, ControlCategory.LOGGING_AUDIT}
    if any(w.attacker_reached for w in weaknesses):
        wanted.add(ControlCategory.INPUT_VALIDATION)
    own = weaknesses[0].category
    return (own, *(c for c in ControlCategory if c in wanted and c is not own))
