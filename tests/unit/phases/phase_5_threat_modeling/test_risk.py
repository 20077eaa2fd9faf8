"""The risk matrix."""

from __future__ import annotations

import pytest

from tests.unit.phases.modeled import threat
from threat_modeling.model import Severity
from threat_modeling.phases.phase_5_threat_modeling.risk import impact, likelihood, rating, risk_matrix

OPEN = "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:L/VA:N/SC:N/SI:N/SA:N"
LOCAL = "CVSS:4.0/AV:L/AC:H/AT:P/PR:H/UI:A/VC:N/VI:N/VA:N/SC:L/SI:N/SA:N"


@pytest.mark.parametrize(
    ("vector", "reached", "level", "expected"),
    [(OPEN, True, "high", 4), (OPEN, False, "medium", 3), (OPEN, False, "low", 2), (LOCAL, False, "medium", 0)],
)
def test_likelihood(vector, reached, level, expected):
    assert likelihood(threat(1, vector, attacker_reached=reached), {"opportunistic": level}) == expected


@pytest.mark.parametrize(("vector", "expected"), [(OPEN, 3), (OPEN + "/CR:H", 4), (OPEN + "/CR:L", 2), (LOCAL, 1), (LOCAL + "/CR:L", 0)])
def test_impact(vector, expected):
    assert impact(threat(1, vector)) == expected


def test_a_greater_likelihood_or_impact_is_never_rated_less():
    for x in range(5):
        for y in range(4):
            assert rating(x, y + 1).rank <= rating(x, y).rank
            assert rating(y + 1, x).rank <= rating(y, x).rank
    assert rating(4, 4) is Severity.CRITICAL
    assert rating(0, 0) is Severity.INFO


def test_every_open_threat_stands_in_one_cell_and_settled_ones_in_none():
    threats = [threat(1, OPEN), threat(2, LOCAL), threat(3, OPEN, status="accepted", status_reason="known")]
    matrix = risk_matrix(threats, {"opportunistic": "medium"})
    assert len(matrix.cells) == 25
    assert sorted(t for c in matrix.cells for t in c.threats) == ["T-001", "T-002"]
    assert sum(matrix.by_severity.values()) == 2
    assert matrix.by_status["accepted"] == 1
