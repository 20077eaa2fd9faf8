"""The security-controls-mapper: investigates one concern and reports what protects it and what does not."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from threat_modeling.agent import Role
from threat_modeling.phases.phase_1_business_context.artifacts import ComplianceRequirements, DataClassification
from threat_modeling.phases.phase_3_codebase_mapping.artifacts import ControlSightings, DataFlows, EntryPoints
from threat_modeling.phases.phase_4_security_controls.artifacts import ControlFound, ControlGap, Investigation, Search
from threat_modeling.phases.phase_4_security_controls.compliance import impacts
from threat_modeling.phases.phase_4_security_controls.stake import data_categories
from threat_modeling.phases.phase_4_security_controls.task import InvestigateConcern

if TYPE_CHECKING:
    from collections.abc import Sequence

    from threat_modeling.codebase.project import Project
    from threat_modeling.model import ControlCategory
    from threat_modeling.phases.phase_3_codebase_mapping.artifacts import Concern, ConcernLocation
    from threat_modeling.phases.phase_4_security_controls.artifacts import ConcernStatus
    from threat_modeling.phases.phase_4_security_controls.grounds import Grounds
    from threat_modeling.phases.phase_4_security_controls.sight import Sight
    from threat_modeling.phases.phase_4_security_controls.weighing import Outcome
    from threat_modeling.session import Session


class SecurityControlsMapper(Role[InvestigateConcern, Investigation]):
    """One agent of phase 4 (seed: security-controls-mapper)."""

    name: ClassVar[str] = "security-controls-mapper"
    task_type = InvestigateConcern
    output_type = Investigation

    def analyze(self, task: InvestigateConcern, session: Session, project: Project) -> Investigation:
        """Search every expected category around every place of the concern, and weigh what was met."""
        from threat_modeling.phases.phase_4_security_controls.grounds import Grounds  # noqa: PLC0415 - parsers load only where an agent works

        reached = any(place.entry_points for place in task.concern.locations)  # a large target's entry points take long to load
        entry_points = session.load(EntryPoints).entry_points if reached else ()
        grounds = Grounds(task.concern, entry_points, session.load(ControlSightings).controls, project)
        sights, searches = _search(grounds, task)
        outcomes = _outcomes(grounds, sights)
        gaps = _gaps(grounds, outcomes, sights, searches)
        return _investigation(session, grounds, outcomes, sights, searches, gaps)


def _search(grounds: Grounds, task: InvestigateConcern) -> tuple[list[Sight], list[Search]]:
    from threat_modeling.phases.phase_4_security_controls.searching import searched  # noqa: PLC0415 - with Grounds
    from threat_modeling.phases.phase_4_security_controls.stated import stated_sights  # noqa: PLC0415

    sights: list[Sight] = []
    searches: list[Search] = []
    for category in grounds.categories:
        sights += stated_sights(grounds, category, task.stated)
        for search, met in searched(grounds, category):
            searches.append(search)
            sights += met
    return sights, searches


def _outcomes(grounds: Grounds, sights: Sequence[Sight]) -> dict[int, Outcome]:
    from threat_modeling.phases.phase_4_security_controls.weighing import outcome  # noqa: PLC0415 - with Grounds

    return {i: outcome(i, place, grounds.kind(place), sights) for i, place in enumerate(grounds.concern.locations)}


def _gaps(
    grounds: Grounds, outcomes: dict[int, Outcome], sights: Sequence[Sight], searches: Sequence[Search]
) -> list[tuple[ControlGap, tuple[ConcernLocation, ...]]]:
    from threat_modeling.phases.phase_4_security_controls.gaps import IN_DEPTH, in_depth_gap, primary_gaps  # noqa: PLC0415 - with Grounds

    def of(category: ControlCategory) -> list[Search]:
        return [s for s in searches if s.category is category]

    main = [s for s in sights if s.category is grounds.primary]
    found = primary_gaps(grounds, outcomes, main, of(grounds.primary))
    met = {s.category for s in sights}
    if found:
        further = [c for c in grounds.categories if c is not grounds.primary and c in IN_DEPTH and c not in met]
        found += [(in_depth_gap(grounds, category, of(category)), ()) for category in further]
    return [(gap.model_copy(update={"id": f"{grounds.concern.id}-G{n}"}), places) for n, (gap, places) in enumerate(found, 1)]


def _investigation(
    session: Session,
    grounds: Grounds,
    outcomes: dict[int, Outcome],
    sights: Sequence[Sight],
    searches: Sequence[Search],
    gaps: Sequence[tuple[ControlGap, tuple[ConcernLocation, ...]]],
) -> Investigation:
    from threat_modeling.phases.phase_4_security_controls.gaps import recommendation  # noqa: PLC0415 - with Grounds
    from threat_modeling.phases.phase_4_security_controls.weighing import Outcome  # noqa: PLC0415

    concern = grounds.concern
    flows = [f for f in session.load(DataFlows).data_flows if f.id in concern.data_flows] if concern.data_flows else []
    at_stake = data_categories(session.load(DataClassification), {place.evidence.path for place in concern.locations}, concern.crown_jewels, flows)
    found = tuple(_control(concern, n, sight) for n, sight in enumerate(sights, 1))
    mitigated = [i for i, result in outcomes.items() if result is Outcome.MITIGATED]
    status: ConcernStatus = "mitigated" if len(mitigated) == len(outcomes) else "open"
    if status == "open" and (mitigated or Outcome.PARTIAL in outcomes.values()):
        status = "partial"
    return Investigation(
        concern=concern.id,
        name=concern.name,
        title=concern.title,
        severity=concern.severity,
        status=status,
        summary=f"{len(outcomes) - len(mitigated)} of {len(outcomes)} places are open; {len(found)} controls met, {len(gaps)} gaps.",
        locations_investigated=tuple(place.evidence.place for place in concern.locations),
        locations_mitigated=tuple(concern.locations[i].evidence.place for i in mitigated),
        controls_found=found,
        control_gaps=tuple(gap for gap, _ in gaps),
        recommendations=tuple(recommendation(grounds, gap, places) for gap, places in gaps),
        compliance_impact=impacts(session.load(ComplianceRequirements).requirements, [gap for gap, _ in gaps], at_stake),
        searches=tuple(searches),
        evidence=tuple(place.evidence for place in concern.locations),
    )


def _control(concern: Concern, number: int, sight: Sight) -> ControlFound:
    return ControlFound(
        id=f"{concern.id}-K{number}",
        category=sight.category,
        implementation=sight.implementation,
        scope=sight.scope,
        strength=sight.strength,
        effectiveness=sight.effectiveness,
        provenance=sight.provenance,
        evidence=sight.evidence,
    )
