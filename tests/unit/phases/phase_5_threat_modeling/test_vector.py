"""How sure a weakness is decides on the threat metrics of its score."""

from __future__ import annotations

import pytest

from tests.unit.phases.modeled import concern, place
from threat_modeling.phases.phase_5_threat_modeling.clusters import Cluster
from threat_modeling.phases.phase_5_threat_modeling.vector import metrics


@pytest.mark.parametrize(
    ("confidence", "reached", "maturity", "report"),
    [
        ("high", True, "X", "C"),
        ("high", False, "X", "C"),
        ("medium", True, "X", "C"),
        ("medium", False, "P", "R"),
        ("low", True, "U", "U"),
        ("low", False, "U", "U"),
    ],
)
def test_maturity_follows_confidence(confidence, reached, maturity, report):
    where = place(confidence=confidence, attacker_reached=reached)
    cluster = Cluster(
        concern=concern(1, where),
        cwe="CWE-89",
        path="app.py",
        places=(where,),
        points=(),
        flows=(),
        gaps=(),
        controls=(),
        exposure="internal",
        application_wide=False,
    )
    found = metrics(cluster)
    assert (found.maturity, found.report) == (maturity, report)
