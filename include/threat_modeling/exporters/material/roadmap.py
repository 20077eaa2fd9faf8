"""What to do first: every measure once, with all the threats it answers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from threat_modeling.exporters.material.counts import open_threats
from threat_modeling.model import Severity
from threat_modeling.text import one_line

if TYPE_CHECKING:
    from threat_modeling.exporters.material.document import ReportDocument

HORIZONS = {
    Severity.CRITICAL: "Now",
    Severity.HIGH: "Next",
    Severity.MEDIUM: "Then",
    Severity.LOW: "When the code is touched",
    Severity.INFO: "When the code is touched",
}
_EFFORTS = ("low", "medium", "high")


@dataclass(frozen=True, slots=True)
class Measure:
    """One action; `severity` is that of the worst threat it answers, `residual` the worst that is left."""

    action: str
    severity: Severity
    effort: str
    residual: Severity | None = None
    threats: tuple[str, ...] = ()
    concerns: tuple[str, ...] = ()


def roadmap(document: ReportDocument) -> tuple[tuple[str, tuple[Measure, ...]], ...]:
    """(horizon, measures), the most urgent first; from phase 4's recommendations where there is no threat model."""
    measures = _from_threats(document) if document.threats.threat_model else _from_investigations(document)
    ordered = sorted(measures, key=lambda m: (m.severity.rank, _EFFORTS.index(m.effort), -len(m.threats), m.action))
    horizons: dict[str, list[Measure]] = {}
    for measure in ordered:
        horizons.setdefault(HORIZONS[measure.severity], []).append(measure)
    return tuple((name, tuple(listed)) for name, listed in horizons.items())


def _from_threats(document: ReportDocument) -> list[Measure]:
    found: dict[str, Measure] = {}
    for threat in open_threats(document.threats):
        for mitigation in threat.mitigations:
            new = Measure(one_line(mitigation.action, 500), threat.severity, mitigation.effort, mitigation.residual_risk, (threat.id,))
            found[new.action] = _joined(found[new.action], new) if new.action in found else new
    return list(found.values())


def _from_investigations(document: ReportDocument) -> list[Measure]:
    found: dict[str, Measure] = {}
    for investigation in document.controls.investigations:
        for recommendation in investigation.recommendations:
            new = Measure(one_line(recommendation.action, 500), recommendation.priority, recommendation.effort, None, (), (investigation.concern,))
            found[new.action] = _joined(found[new.action], new) if new.action in found else new
    return list(found.values())


def _joined(known: Measure, new: Measure) -> Measure:
    return replace(
        known,
        severity=min(known.severity, new.severity, key=lambda s: s.rank),
        effort=max(known.effort, new.effort, key=_EFFORTS.index),
        residual=min(filter(None, (known.residual, new.residual)), key=lambda s: s.rank, default=None),
        threats=known.threats + tuple(t for t in new.threats if t not in known.threats),
        concerns=known.concerns + tuple(c for c in new.concerns if c not in known.concerns),
    )
