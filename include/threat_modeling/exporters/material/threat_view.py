"""A threat with everything that other files of the session say about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from threat_modeling.exporters.material.cvss_words import words

if TYPE_CHECKING:
    from threat_modeling.codebase.observations import TraceStep
    from threat_modeling.exporters.material.document import ReportDocument
    from threat_modeling.phases.phase_3_codebase_mapping.artifacts import ConcernLocation, EntryPoint, TrustBoundary
    from threat_modeling.phases.phase_4_security_controls.artifacts import ControlGap
    from threat_modeling.phases.phase_5_threat_modeling.artifacts import AbuseCase, Threat


@dataclass(frozen=True, slots=True)
class ThreatView:
    """What a report shows of one threat; `tests` are (id, title), the title "" where the test has none."""

    threat: Threat
    reach: str
    routes: tuple[EntryPoint, ...]
    boundaries: tuple[TrustBoundary, ...]
    gaps: tuple[ControlGap, ...]
    jewels: tuple[str, ...]
    tests: tuple[tuple[str, str], ...]
    abuse: AbuseCase | None
    trace: tuple[TraceStep, ...]
    words: tuple[tuple[str, str], ...]


def threat_views(document: ReportDocument) -> tuple[ThreatView, ...]:
    """Every threat in the model's order; none where phase 5 has no result."""
    if not document.threats.threat_model:
        return ()
    joins = _Joins(document)
    return tuple(joins.view(threat) for threat in document.threats.threat_model.threats)


class _Joins:
    """Lookups by id over the whole document, made once."""

    def __init__(self, document: ReportDocument) -> None:
        mapping, controls, tests = document.mapping, document.controls, document.tests
        self._routes = {r.id: r for r in mapping.entry_points.entry_points} if mapping.entry_points else {}
        self._boundaries = {b.id: b for b in mapping.trust_boundaries.trust_boundaries} if mapping.trust_boundaries else {}
        self._gaps = {g.id: g for g in controls.control_gaps.control_gaps} if controls.control_gaps else {}
        classification = document.context.data_classification
        self._jewels = {j.id: j.name for j in classification.crown_jewels} if classification else {}
        self._abuse = {a.threat: a for a in document.threats.abuse_cases.abuse_cases} if document.threats.abuse_cases else {}
        self._titles = {c.id: c.title for c in tests.manual_test_cases.test_cases} if tests.manual_test_cases else {}
        self._tests = {p.threat: p.tests for p in tests.test_priorities.priorities} if tests.test_priorities else {}
        self._traces: dict[tuple[str, int], ConcernLocation] = {}
        for concern in mapping.concerns.concerns if mapping.concerns else ():
            for location in concern.locations:
                if location.trace:
                    self._traces.setdefault((location.evidence.path, location.evidence.start), location)

    def view(self, threat: Threat) -> ThreatView:
        """The threat joined."""
        routes = tuple(self._routes[r] for r in threat.entry_points if r in self._routes)
        place = self._traces.get((threat.evidence[0].path, threat.evidence[0].start))
        return ThreatView(
            threat=threat,
            reach=_reach(threat, routes),
            routes=routes,
            boundaries=tuple(self._boundaries[b] for b in threat.trust_boundaries if b in self._boundaries),
            gaps=tuple(self._gaps[g] for g in threat.control_gaps if g in self._gaps),
            jewels=tuple(self._jewels.get(j, j) for j in threat.crown_jewels),
            tests=tuple((test, self._titles.get(test, "")) for test in self._tests.get(threat.id, ())),
            abuse=self._abuse.get(threat.id),
            trace=place.trace if place else (),
            words=words(threat.cvss.environmental.vector),
        )


def _reach(threat: Threat, routes: tuple[EntryPoint, ...]) -> str:
    """One sentence: who can get there."""
    traced = " A value that the caller sets was traced to this place." if threat.attacker_reached else ""
    if not routes:
        return "No entry point was seen to lead here; it counts because of where it stands." + traced
    anyone = sum(1 for route in routes if route.exposure == "external-unauthenticated")
    total = f"{len(routes)} entry point{'s' if len(routes) > 1 else ''}"
    if anyone == len(routes):
        return f"Anyone can reach it: {total}, none of which asks for authentication." + traced
    if anyone:
        return f"Anyone can reach it through {anyone} of {total}; the others ask for more." + traced
    return f"{total} lead{'s' if len(routes) == 1 else ''} here, {_weakest(routes)}." + traced


def _weakest(routes: tuple[EntryPoint, ...]) -> str:
    exposures = {route.exposure for route in routes}
    if "external-authenticated" in exposures:
        return "open to callers that authenticate"
    return "open to internal callers only" if "internal" in exposures else "none of them seen to be reachable from outside"
