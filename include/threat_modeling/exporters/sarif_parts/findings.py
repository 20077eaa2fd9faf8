"""What SARIF reports: threats, or, where phase 5 has no result, the concerns that no control was found to answer."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from threat_modeling.codebase.observations import Confidence
from threat_modeling.exporters.material.threat_view import ThreatView, threat_views
from threat_modeling.model import Evidence, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.exporters.material.document import ReportDocument
    from threat_modeling.phases.phase_3_codebase_mapping.artifacts import Concern, ConcernLocation

_MIDDLE = {Severity.CRITICAL: 9.5, Severity.HIGH: 8.0, Severity.MEDIUM: 5.5, Severity.LOW: 2.0, Severity.INFO: 0.0}
"""A score for what CVSS did not score: the middle of the severity's range (CVSS v4.0, qualitative severity rating scale)."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One result. `path` is the way of an attacker's value, (what, where) from its source; `closed` why it counts no more."""

    rule: str
    cwe: str
    cwe_name: str
    title: str
    text: str
    severity: Severity
    score: float
    place: Evidence
    fingerprint: str
    measures: tuple[str, ...] = ()
    path: tuple[tuple[str, Evidence], ...] = ()
    closed: str = ""
    accepted: bool = False
    properties: tuple[tuple[str, object], ...] = ()

    @property
    def unsure(self) -> bool:
        """Whether only rules of low confidence say it."""
        return dict(self.properties).get("confidence") == Confidence.LOW.value


def findings(document: ReportDocument) -> tuple[Finding, ...]:
    """Every finding, the worst first."""
    if document.threats.threat_model:
        return tuple(finding for view in threat_views(document) for finding in _from_threat(view))
    return tuple(_from_concerns(document))


def _from_threat(view: ThreatView) -> Iterator[Finding]:
    """One result for each place of the weakness: code-scanning tools show, and close, a result by its place."""
    whole = _whole(view)
    seen: Counter[str] = Counter()
    for number, place in enumerate(view.threat.evidence[: view.threat.places]):
        identity = f"{whole.fingerprint}\x00{place.sha256}\x00{seen[place.sha256]}"
        seen[place.sha256] += 1
        fingerprint = hashlib.sha256(identity.encode("utf-8", "replace")).hexdigest()[:32]
        yield replace(whole, place=place, fingerprint=fingerprint, path=() if number else whole.path)


def _whole(view: ThreatView) -> Finding:
    threat = view.threat
    traced = tuple((step.name, step.evidence) for step in view.trace)
    told = tuple((step.action, step.evidence) for step in threat.steps if step.evidence)
    closed = "" if threat.status == "open" else f"{threat.status}: {threat.status_reason}".strip(": ")
    return Finding(
        rule=threat.weakness_class,
        cwe=threat.cwe,
        cwe_name=threat.cwe_name,
        title=threat.title,
        text=f"{threat.title}. {threat.description} {view.reach}",
        severity=threat.severity,
        score=threat.cvss.environmental.score,
        place=threat.evidence[0],
        fingerprint=threat.fingerprint,
        measures=tuple(mitigation.action for mitigation in threat.mitigations),
        path=traced or (told if len(told) > 1 else ()),
        closed=closed,
        accepted=threat.status in {"accepted", "false-positive"},
        properties=(
            ("cwe", threat.cwe),
            ("threat", threat.id),
            ("component", threat.component),
            ("stride", [letter.value for letter in threat.stride]),
            ("cvss", threat.cvss.environmental.vector),
            ("confidence", threat.confidence.value),
            ("entryPoints", [f"{route.method} {route.path}" for route in view.routes]),
            ("tests", [test for test, _ in view.tests]),
        ),
    )


def _from_concerns(document: ReportDocument) -> Iterator[Finding]:
    batches = document.controls.batch_summary.batches if document.controls.batch_summary else ()
    answered = {account.concern: set(account.locations_mitigated) for batch in batches for account in batch.concerns}
    mitigated = {account.concern for batch in batches for account in batch.concerns if account.status == "mitigated"}
    for concern in document.mapping.concerns.concerns if document.mapping.concerns else ():
        for location in concern.locations:
            if concern.id not in mitigated and location.evidence.place not in answered.get(concern.id, set()):
                yield _from_location(concern, location)


def _from_location(concern: Concern, location: ConcernLocation) -> Finding:
    identity = f"{concern.weakness.weakness_class}\x00{location.cwe}\x00{location.evidence.path}\x00{location.evidence.sha256}"
    return Finding(
        rule=concern.weakness.weakness_class,
        cwe=location.cwe,
        cwe_name="",
        title=location.title,
        text=f"{location.title}. {location.message} Not yet a threat: the session ended before it was modeled.",
        severity=concern.severity,
        score=_MIDDLE[concern.severity],
        place=location.evidence,
        fingerprint=hashlib.sha256(identity.encode("utf-8", "replace")).hexdigest()[:32],
        path=tuple((step.name, step.evidence) for step in location.trace),
        properties=(
            ("cwe", location.cwe),
            ("concern", concern.id),
            ("components", list(concern.components)),
            ("confidence", location.confidence.value),
        ),
    )
