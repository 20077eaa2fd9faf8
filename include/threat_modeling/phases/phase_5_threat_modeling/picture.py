"""Everything earlier phases found, joined for one look at the whole system."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final

from threat_modeling.phases.phase_1_business_context.artifacts import (
    BusinessImpact,
    ComplianceRequirements,
    DataClassification,
    SecurityObjectives,
    ThreatActors,
)
from threat_modeling.phases.phase_3_codebase_mapping.artifacts import Concerns, DataFlows, EntryPoints, TrustBoundaries
from threat_modeling.phases.phase_4_security_controls.artifacts import BatchSummary, ComplianceStatus, ControlGaps
from threat_modeling.phases.phase_4_security_controls.categories import CATEGORY_FILES

if TYPE_CHECKING:
    from threat_modeling.artifact import Artifact
    from threat_modeling.phases.phase_3_codebase_mapping.artifacts import Concern, ConcernLocation, DataFlow, EntryPoint
    from threat_modeling.phases.phase_4_security_controls.artifacts import CategoryControl, ControlGap
    from threat_modeling.session import Session

NEEDS: Final[tuple[type[Artifact], ...]] = (
    ThreatActors,
    DataClassification,
    BusinessImpact,
    SecurityObjectives,
    ComplianceRequirements,
    EntryPoints,
    DataFlows,
    TrustBoundaries,
    Concerns,
    BatchSummary,
    ControlGaps,
    ComplianceStatus,
    *CATEGORY_FILES.values(),
)


class Picture:
    """Typed views of one session's artifacts, with the joins that threats need."""

    def __init__(self, session: Session) -> None:
        self.actors = session.load(ThreatActors).threat_actors
        self.classification = session.load(DataClassification)
        self.impact = session.load(BusinessImpact)
        self.objectives = session.load(SecurityObjectives)
        self.regulations = session.load(ComplianceRequirements).requirements
        self.points = {p.id: p for p in session.load(EntryPoints).entry_points}
        self.flows = session.load(DataFlows)
        self.boundaries = session.load(TrustBoundaries).trust_boundaries
        self.concerns = session.load(Concerns).concerns
        self.gaps = session.load(ControlGaps).control_gaps
        self.compliance = session.load(ComplianceStatus).requirements
        self._summary = session.load(BatchSummary)
        self._controls = [control for kind in CATEGORY_FILES.values() for control in session.load(kind).controls]

    @cached_property
    def mitigated(self) -> frozenset[tuple[str, str]]:
        """(concern, `path:line`) of every place that a control covers."""
        return frozenset((a.concern, place) for b in self._summary.batches for a in b.concerns for place in a.locations_mitigated)

    @cached_property
    def widest(self) -> dict[str, str]:
        """Component -> the widest exposure of its entry points."""
        order = ("external-unauthenticated", "external-authenticated", "internal", "unreachable")
        found: dict[str, str] = {}
        for point in self.points.values():
            found[point.component] = min(found.get(point.component, order[-1]), point.exposure, key=order.index)
        return found

    def open_places(self, concern: Concern) -> list[ConcernLocation]:
        """The places of a concern that no control covers."""
        return [place for place in concern.locations if (concern.id, place.evidence.place) not in self.mitigated]

    def gaps_of(self, concern: Concern) -> list[ControlGap]:
        """The gaps found for a concern, also where another concern's gap stands for it."""
        return [gap for gap in self.gaps if concern.id in {gap.concern, *gap.also}]

    def controls_of(self, concern: Concern, paths: frozenset[str]) -> list[CategoryControl]:
        """Controls met on the way to a concern, in these files or for everything, one of each name; what only stands nearby is none."""
        near = [
            c
            for c in self._controls
            if concern.id in c.concerns and c.scope != "file" and (c.scope in {"application", "stated"} or any(e.path in paths for e in c.evidence))
        ]
        return list({c.implementation: c for c in near}.values())

    def flows_of(self, concern: Concern, points: frozenset[str], path: str) -> list[DataFlow]:
        """The concern's flows that start at these entry points or pass this file."""
        mine = [f for f in self.flows.data_flows if f.id in concern.data_flows]
        return [f for f in mine if f.entry_point in points or any(step.location.path == path for step in f.steps)]

    def entry_points(self, place: ConcernLocation) -> list[EntryPoint]:
        """The entry points that lead to a place."""
        return [self.points[p] for p in place.entry_points if p in self.points]
