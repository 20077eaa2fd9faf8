"""The cumulative files of phase 4: every control, gap and requirement over all batches so far, each told once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from threat_modeling.catalog.compliance import requirement
from threat_modeling.consolidation import canonical_term, merged
from threat_modeling.model import ControlCategory
from threat_modeling.phases.phase_4_security_controls.artifacts import (
    MAX_EVIDENCE,
    CategoryControl,
    CategoryControls,
    ComplianceState,
    ComplianceStatus,
    ControlGap,
    ControlGaps,
    Search,
)
from threat_modeling.phases.phase_4_security_controls.categories import CATEGORY_FILES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Literal

    from threat_modeling.phases.phase_1_business_context.artifacts import Requirement
    from threat_modeling.phases.phase_3_codebase_mapping.artifacts import Concern
    from threat_modeling.phases.phase_4_security_controls.artifacts import ControlFound, Investigation


def blocked_gap(concern: Concern, reason: str) -> ControlGap:
    """What stands for a concern whose investigation failed for good: unknown is not safe."""
    return ControlGap(
        id=f"{concern.id}-G0",
        concern=concern.id,
        type="investigation-blocked",
        severity=concern.severity,
        title=f"Not investigated: {concern.title}",
        description=f"The investigation failed: {reason}. Which controls protect these places is not known.",
        affected=tuple(sorted({*concern.entry_points, *concern.components})),
        attack_vector="unknown: not investigated",
        cwe=concern.weakness.cwe,
        evidence=tuple(place.evidence for place in concern.locations[:MAX_EVIDENCE]),
        score=concern.score.total,
    )


def control_gaps(investigations: Iterable[Investigation], blocked: Iterable[ControlGap]) -> ControlGaps:
    """All gaps by severity, score and id; the same further gap around several concerns of a component is one."""
    every = [gap for found in investigations for gap in found.control_gaps] + list(blocked)
    every.sort(key=lambda g: (g.severity.rank, -g.score, _order(g.id)))
    return ControlGaps(control_gaps=tuple(merged(every, _same_gap, _join_gaps)))


def _order(identity: str) -> tuple[int, int]:
    _, concern, gap = identity.split("-")
    return int(concern), int(gap[1:])


def _same_gap(gap: ControlGap) -> tuple[object, ...]:
    if gap.title.startswith("No "):
        return (gap.category, gap.type, tuple(a for a in gap.affected if not a.startswith("EP-")))
    return (gap.id,)


def _join_gaps(first: ControlGap, second: ControlGap) -> ControlGap:
    places = {(e.path, e.start): e for e in (*second.evidence, *first.evidence)}
    rest = [places[key] for key in sorted(places) if places[key] not in first.evidence]
    return first.model_copy(
        update={
            "also": tuple(sorted({*first.also, second.concern, *second.also} - {first.concern})),
            "affected": tuple(sorted({*first.affected, *second.affected})),
            "evidence": (*first.evidence, *rest)[:MAX_EVIDENCE],
        }
    )


def category_controls(investigations: Sequence[Investigation], gaps: ControlGaps) -> list[CategoryControls]:
    """The ten category files; a control that protects several concerns is told once, by the name that reports use."""
    made = []
    for category in ControlCategory:
        found = [
            CategoryControl(
                id=control.id,
                implementation=canonical_term(control.implementation),
                scope=control.scope,
                strength=control.strength,
                effectiveness=control.effectiveness,
                provenance=control.provenance,
                concerns=(investigation.concern,),
                evidence=control.evidence,
            )
            for investigation in investigations
            for control in investigation.controls_found
            if control.category is category
        ]
        controls = tuple(merged(found, lambda c: (c.implementation, c.scope, _first(c)), _join_controls))
        open_gaps = tuple(g.id for g in gaps.control_gaps if g.category is category)
        made.append(
            CATEGORY_FILES[category](
                category=category,
                assessment=_assessment(controls, open_gaps),
                controls=controls,
                gaps=open_gaps,
                searches=_searches(s for investigation in investigations for s in investigation.searches if s.category is category),
            )
        )
    return made


def _first(control: CategoryControl | ControlFound) -> tuple[str, int]:
    return (control.evidence[0].path, control.evidence[0].start) if control.evidence else ("", 0)


def _join_controls(first: CategoryControl, second: CategoryControl) -> CategoryControl:
    places = {(e.path, e.start): e for e in (*first.evidence, *second.evidence)}
    return first.model_copy(
        update={
            "concerns": tuple(sorted({*first.concerns, *second.concerns})),
            "evidence": tuple(places[key] for key in sorted(places))[:MAX_EVIDENCE],
        }
    )


def _assessment(controls: Sequence[CategoryControl], gaps: Sequence[str]) -> Literal["protected", "partial", "exposed", "nothing-found"]:
    if controls:
        return "partial" if gaps else "protected"
    return "exposed" if gaps else "nothing-found"


def _searches(searches: Iterable[Search]) -> tuple[Search, ...]:
    total: dict[tuple[str, str], Search] = {}
    for s in searches:
        key = (s.scope, s.looked_for)
        earlier = total.get(key)
        total[key] = (
            s.model_copy(update={"files": earlier.files + s.files, "places": earlier.places + s.places, "found": earlier.found + s.found})
            if earlier
            else s
        )
    return tuple(total[key] for key in sorted(total))


def compliance_status(
    requirements: Iterable[Requirement], investigations: Sequence[Investigation], gaps: ControlGaps, *, complete: bool
) -> ComplianceStatus:
    """Every requirement that a control category serves, with the gaps that touch it; "no-gap-found" only where all was investigated."""
    known = {gap.id: gap for gap in gaps.control_gaps}
    touched: dict[tuple[str, str], set[str]] = {}
    for rule in requirements:
        for category in ControlCategory:
            number = requirement(rule.framework, category)
            if number:
                touched.setdefault((rule.framework, number), set())
    for investigation in investigations:
        impacts = {(i.framework, i.requirement) for i in investigation.compliance_impact}
        for framework, number in impacts:
            ids = {g.id for g in investigation.control_gaps if g.id in known and g.category and requirement(framework, g.category) in {number, None}}
            touched.setdefault((framework, number), set()).update(ids)
    return ComplianceStatus(
        requirements=tuple(
            ComplianceState(
                framework=framework,
                requirement=number,
                status="at-risk" if ids else "no-gap-found" if complete else "unknown",
                gaps=tuple(sorted(ids)),
            )
            for (framework, number), ids in sorted(touched.items())
        )
    )
