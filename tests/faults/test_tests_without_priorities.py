"""Tests without priorities: the threat model has no scores, or is missing, when tests are planned."""

from __future__ import annotations

import json

import pytest

from tests.faults.injected import BY, run_round
from threat_modeling.artifact import canonical
from threat_modeling.errors import ArtifactMissing, MissingPriorities
from threat_modeling.phases.phase_5_threat_modeling.artifacts import ThreatModel
from threat_modeling.phases.phase_6_test_planning.artifacts import TestPriorities
from threat_modeling.recovery import prepare


def unscored(file):
    document = json.loads(file.read_bytes())
    for threat in document["threats"]:
        del threat["cvss"]
    file.write_bytes(canonical(document))


FAULTS = {"lacks scores": (unscored, MissingPriorities), "is missing": (lambda file: file.unlink(), ArtifactMissing)}


@pytest.fixture
def session(before):
    return before("phase-6")


@pytest.mark.parametrize("fault", FAULTS)
def test_phase_6_refuses(session, fault):
    damage, error = FAULTS[fault]
    damage(session.path / ThreatModel.path)
    with pytest.raises(error, match=r"phase-5/threat-model\.json"):
        BY["phase-6"].open_round(session)


@pytest.mark.parametrize("deep", [False, True])
@pytest.mark.parametrize("fault", FAULTS)
def test_the_scores_are_computed_again_and_phase_6_runs(session, fault, deep):
    before = session.load(ThreatModel)
    FAULTS[fault][0](session.path / ThreatModel.path)
    if deep:  # the agent's own output is damaged too: it scores anew, with the business context of phase 1
        FAULTS[fault][0](session.path / "phase-5/components/threat-model.json")
    assert prepare(session, BY["phase-6"]) is BY["phase-6"]
    assert session.load(ThreatModel) == before
    run_round(session, "phase-6")
    scores = {t.id: t.cvss.environmental.score for t in before.threats}
    assert {p.threat: p.cvss_score for p in session.load(TestPriorities).priorities} == scores
    assert any("CR:" in t.cvss.environmental.vector for t in before.threats), "the environmental score uses phase 1"
