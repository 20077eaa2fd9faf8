"""Vectors and their scores: always computed by the `cvss` library, never taken from anybody's word."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from threat_modeling.model import Severity
from threat_modeling.phases.phase_5_threat_modeling.artifacts import Cvss, CvssScore

if TYPE_CHECKING:
    from threat_modeling.phases.phase_5_threat_modeling.artifacts import CvssVersion
    from threat_modeling.phases.phase_5_threat_modeling.requirements import Requirements
    from threat_modeling.phases.phase_5_threat_modeling.vector import Metrics


def severity_of(score: float) -> Severity:
    """The qualitative scale of both versions: 9.0 CRITICAL, 7.0 HIGH, 4.0 MEDIUM, 0.1 LOW, 0.0 INFO."""
    steps = ((9.0, Severity.CRITICAL), (7.0, Severity.HIGH), (4.0, Severity.MEDIUM), (0.1, Severity.LOW))
    return next((severity for least, severity in steps if score >= least), Severity.INFO)


def assess(version: CvssVersion, metrics: Metrics, needs: Requirements) -> Cvss:
    """All three assessments of one threat; each vector holds the metrics of the ones before it."""
    base = _base_4(metrics) if version == "4.0" else _base_3(metrics)
    threat = _known(base, _threat(version, metrics))
    environmental = _known(threat, {"CR": needs.confidentiality, "IR": needs.integrity, "AR": needs.availability})
    return rescored(version, base, threat, environmental, (*metrics.rationale, *needs.rationale))


def rescored(version: CvssVersion, base: str, threat: str, environmental: str, rationale: tuple[str, ...]) -> Cvss:
    """The assessment that these vectors give; ValueError where one is malformed."""
    last = _score(environmental)
    return Cvss(version=version, base=_score(base), threat=_score(threat), environmental=last, severity=last.severity, rationale=rationale)


def _base_4(m: Metrics) -> str:
    values = {
        "AV": m.attack_vector,
        "AC": "H" if m.hard else "L",
        "AT": "P" if m.conditions else "N",
        "PR": m.privileges,
        "UI": m.user,
        "VC": m.confidentiality,
        "VI": m.integrity,
        "VA": m.availability,
        "SC": m.next_confidentiality,
        "SI": m.next_integrity,
        "SA": m.next_availability,
    }
    return "CVSS:4.0/" + "/".join(f"{k}:{v}" for k, v in values.items())


def _base_3(m: Metrics) -> str:
    """3.1 has one complexity, one kind of interaction, and a scope that changes where something behind the application is hit."""
    nexts = (m.next_confidentiality, m.next_integrity, m.next_availability)
    worst = [max(own, other, key="NLH".index) for own, other in zip((m.confidentiality, m.integrity, m.availability), nexts, strict=True)]
    values = {
        "AV": m.attack_vector,
        "AC": "H" if m.hard or m.conditions else "L",
        "PR": m.privileges,
        "UI": "N" if m.user == "N" else "R",
        "S": "C" if set(nexts) != {"N"} else "U",
        "C": worst[0],
        "I": worst[1],
        "A": worst[2],
    }
    return "CVSS:3.1/" + "/".join(f"{k}:{v}" for k, v in values.items())


def _threat(version: CvssVersion, m: Metrics) -> dict[str, str]:
    return {"E": m.maturity} if version == "4.0" else {"E": m.maturity, "RC": "X" if m.report == "C" else m.report}


def _known(vector: str, values: dict[str, str]) -> str:
    """The vector with further metrics; X (not defined) is left out."""
    return "/".join([vector, *(f"{k}:{v}" for k, v in values.items() if v != "X")])


@cache
def _score(vector: str) -> CvssScore:
    from cvss import CVSS3, CVSS4  # noqa: PLC0415 - optional until a threat is scored
    from cvss.exceptions import CVSSError  # noqa: PLC0415

    try:
        score = float(CVSS4(vector).base_score) if vector.startswith("CVSS:4.0/") else float(CVSS3(vector).scores()[2])
    except CVSSError as error:
        raise ValueError(f"not a CVSS vector: {error}") from None
    return CvssScore(vector=vector, score=score, severity=severity_of(score))
