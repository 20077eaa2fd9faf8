"""Base and threat metrics of CVSS, read from what the phases found. Every rule is written down in `rationale`.

Sources: the CVSS 4.0 and 3.1 specifications for the meaning of each metric; the catalog for what a weakness does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from threat_modeling.codebase.observations import Confidence
from threat_modeling.model import ControlCategory, Model, Sensitivity

if TYPE_CHECKING:
    from threat_modeling.phases.phase_5_threat_modeling.clusters import Cluster

_VECTOR = {"external-unauthenticated": "N", "external-authenticated": "N", "internal": "A", "unreachable": "L"}
_WITHOUT_ACCOUNT = {ControlCategory.AUTHENTICATION, ControlCategory.SECRETS_MANAGEMENT, ControlCategory.CRYPTOGRAPHY}


class Metrics(Model):
    """The judgments that both versions of CVSS share: values as 4.0 writes them, with the reason for each that is not obvious."""

    attack_vector: str
    hard: bool
    """A control has to be evaded (4.0 AC:H)."""
    conditions: bool
    """Conditions outside of the attacker's control (4.0 AT:P)."""
    privileges: str
    user: str
    confidentiality: str
    integrity: str
    availability: str
    next_confidentiality: str
    next_integrity: str
    next_availability: str
    maturity: str
    """4.0 E: X not defined, which counts as attacked; P proof of concept; U unreported."""
    report: str
    """3.1 RC: C confirmed, R reasonable, U unknown."""
    rationale: tuple[str, ...]


def metrics(cluster: Cluster) -> Metrics:
    """Judge one weakness.

    Attack vector: network where an entry point is reachable from outside, adjacent where it is internal, local where nothing reaches
    it; without an entry point of its own, as its component. Privileges: none, low behind authentication, high where every way is
    behind authorization too. Complexity: high where a control has to be evaded. Impact: the catalog's; D is as sensitive as the data.
    """
    kind, impact, sensitivity = cluster.kind, cluster.kind.impact, cluster.concern.sensitivity
    privileges, why = _privileges(cluster)
    maturity, report, sure = _maturity(cluster)
    rationale = [
        f"AV: {_reach(cluster)}",
        f"AC: {'a control stands in the way and has to be evaded' if cluster.partly_covered else 'no control has to be evaded'}",
        f"AT: {'the attack needs a condition that the attacker does not control' if kind.needs.conditions else 'none'}",
        f"PR: {why}",
        f"UI: {'none' if kind.needs.user == 'none' else f'a user takes part ({kind.needs.user})'}",
        f"C/I/A: {kind.name} {kind.effect}; the data is {sensitivity.value}",
        f"E: {sure}",
    ]
    return Metrics(
        attack_vector=_VECTOR[cluster.exposure],
        hard=cluster.partly_covered,
        conditions=kind.needs.conditions,
        privileges=privileges,
        user={"none": "N", "passive": "P", "active": "A"}[kind.needs.user],
        confidentiality=_by_data(impact.confidentiality, sensitivity, capped=True),
        integrity=_by_data(impact.integrity, sensitivity),
        availability=_by_data(impact.availability, sensitivity),
        next_confidentiality=_by_data(impact.next_confidentiality, sensitivity),
        next_integrity=_by_data(impact.next_integrity, sensitivity),
        next_availability=_by_data(impact.next_availability, sensitivity),
        maturity=maturity,
        report=report,
        rationale=tuple(rationale),
    )


def _reach(cluster: Cluster) -> str:
    if cluster.points:
        first = cluster.points[0]
        return f"{first.method} {first.path} is {cluster.exposure}"
    if cluster.application_wide:
        return f"no entry point of its own; the component it belongs to is {cluster.exposure}"
    return f"the place is {cluster.exposure}"


def _privileges(cluster: Cluster) -> tuple[str, str]:
    if (
        cluster.kind.controls[0] is ControlCategory.AUTHENTICATION
        and cluster.kind.gap == "missing"
        and cluster.exposure == "external-unauthenticated"
    ):
        return "N", "no account is needed: the check is what is missing"
    if cluster.application_wide and cluster.kind.controls[0] in _WITHOUT_ACCOUNT:
        return "N", "no account is needed, only what lies in the code or data"
    if cluster.exposure == "external-unauthenticated":
        return "N", "reachable without signing in"
    if cluster.points and all(p.authorization.state == "required" for p in cluster.points):
        return "H", "every way to it asks for special rights"
    return "L", "an ordinary account or a place inside is needed"


def _maturity(cluster: Cluster) -> tuple[str, str, str]:
    if cluster.confidence is Confidence.LOW:
        seen = "the way that was seen to it may be none" if cluster.reached else "no way from an attacker was seen"
        return "U", "U", f"the rule is not sure, and {seen}"
    if cluster.reached or cluster.confidence is Confidence.HIGH:
        seen = "input was seen to reach it" if cluster.reached else "the code shows it beyond doubt"
        return "X", "C", f"{seen}; no intelligence says that it is not attacked"
    return "P", "R", "plausible; no way from an attacker was seen"


def _by_data(effect: str, sensitivity: Sensitivity, *, capped: bool = False) -> str:
    """D is High for data from confidential on, else Low; a loss of public data is never High."""
    if effect == "D":
        return "H" if sensitivity.score >= 2 else "L"
    return "L" if capped and effect == "H" and sensitivity is Sensitivity.PUBLIC else effect
