"""Scores against values worked out by hand from the specifications, and published ones."""

from __future__ import annotations

import pytest

from threat_modeling.model import Severity
from threat_modeling.phases.phase_5_threat_modeling.requirements import Requirements
from threat_modeling.phases.phase_5_threat_modeling.scoring import assess, rescored, severity_of
from threat_modeling.phases.phase_5_threat_modeling.vector import Metrics


def metrics(**more: object) -> Metrics:
    given = {
        "attack_vector": "N",
        "hard": False,
        "conditions": False,
        "privileges": "N",
        "user": "N",
        "confidentiality": "H",
        "integrity": "H",
        "availability": "H",
        "next_confidentiality": "N",
        "next_integrity": "N",
        "next_availability": "N",
        "maturity": "X",
        "report": "C",
        "rationale": (),
    }
    return Metrics.model_validate({**given, **more})


NONE = Requirements(confidentiality="X", integrity="X", availability="X", rationale=())
XSS = {"confidentiality": "N", "integrity": "N", "availability": "N", "next_confidentiality": "L", "next_integrity": "L", "user": "A"}


@pytest.mark.parametrize(
    ("version", "given", "vector", "score"),
    [
        ("4.0", {}, "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N", 9.3),
        ("4.0", XSS, "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:A/VC:N/VI:N/VA:N/SC:L/SI:L/SA:N", 5.1),
        ("3.1", {}, "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", 9.8),
        # 3.1: impact sub-score 1-(1-.22)^2 = .3916; 7.52*(.3916-.029) - 3.25*(.3916-.02)^15 = 2.7267; exploitability
        # 8.22*.85*.77*.85*.62 = 2.8353; 1.08*(2.7267+2.8353) = 6.007, rounded up.
        ("3.1", XSS, "CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N", 6.1),
        # 6.42*.56 = 3.5952; 8.22*.85*.77*.62*.85 = 2.8353; sum 6.4305, rounded up.
        ("3.1", {"privileges": "L", "integrity": "N", "availability": "N"}, "CVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:U/C:H/I:N/A:N", 6.5),
        ("3.1", {"conditions": True}, "CVSS:3.1/AV:N/AC:H/PR:N/UI:N/S:U/C:H/I:H/A:H", 8.1),
    ],
)
def test_base_scores(version, given, vector, score):
    found = assess(version, metrics(**given), NONE)
    assert (found.base.vector, found.base.score) == (vector, score)
    assert found.environmental.score == score


def test_confidentiality_that_matters_raises_a_3_1_score():
    """Impact min(1-(1-.56*1.5), .915) = .84; 6.42*.84 = 5.3928; plus 2.8353 is 8.2281, rounded up."""
    high = NONE.model_copy(update={"confidentiality": "H"})
    found = assess("3.1", metrics(privileges="L", integrity="N", availability="N"), high)
    assert found.environmental.vector.endswith("/CR:H")
    assert (found.base.score, found.environmental.score) == (6.5, 8.3)
    assert found.severity is Severity.HIGH


@pytest.mark.parametrize("level", ["H", "M", "L"])
def test_context_only_keeps_or_lowers_a_4_0_score(level):
    needs = Requirements(confidentiality=level, integrity=level, availability=level, rationale=())
    found = assess("4.0", metrics(), needs)
    assert found.environmental.score <= found.base.score
    assert (found.environmental.score == found.base.score) == (level == "H")


def test_a_lack_of_exploits_lowers_the_threat_score_and_what_follows():
    found = assess("4.0", metrics(maturity="P"), NONE)
    assert (found.base.score, found.threat.score, found.environmental.score) == (9.3, 8.9, 8.9)
    assert found.threat.vector.endswith("/E:P")


@pytest.mark.parametrize(
    ("score", "severity"),
    [
        (10.0, "CRITICAL"),
        (9.0, "CRITICAL"),
        (8.9, "HIGH"),
        (7.0, "HIGH"),
        (6.9, "MEDIUM"),
        (4.0, "MEDIUM"),
        (3.9, "LOW"),
        (0.1, "LOW"),
        (0.0, "INFO"),
    ],
)
def test_the_qualitative_scale(score, severity):
    assert severity_of(score).value == severity


def test_a_malformed_vector_is_refused():
    with pytest.raises(ValueError, match="not a CVSS vector"):
        rescored("4.0", "CVSS:4.0/AV:N", "CVSS:4.0/AV:N", "CVSS:4.0/AV:N", ())
