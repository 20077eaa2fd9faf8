"""A threat model without scores is refused by the error of the seed's row."""

from __future__ import annotations

import pytest

from tests.unit.phases.modeled import threat
from threat_modeling.errors import MissingPriorities
from threat_modeling.phases.phase_6_test_planning.scored import ScoredThreatModel, priority_of


@pytest.mark.parametrize(
    "fault", [lambda t: t.pop("cvss"), lambda t: t["cvss"].pop("environmental"), lambda t: t["cvss"]["environmental"].pop("score")]
)
def test_a_threat_without_a_score_is_told_with_the_remedy(fault):
    document = {"cvss_version": "4.0", "threats": [threat().dump()]}
    assert ScoredThreatModel.model_validate(document).threats[0].id == "T-001"
    fault(document["threats"][0])
    with pytest.raises(MissingPriorities, match=r"T-001 has no CVSS score.*clear phase 5"):
        ScoredThreatModel.model_validate(document)


@pytest.mark.parametrize(
    ("score", "priority"), [(10.0, "P0"), (9.0, "P0"), (8.9, "P1"), (7.0, "P1"), (6.9, "P2"), (4.0, "P2"), (3.9, "P3"), (0.0, "P3")]
)
def test_priorities_by_score(score, priority):
    assert priority_of(score) == priority
