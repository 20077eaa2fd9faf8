"""Order, ids, scores and status of threats."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.unit.phases.modeled import threat
from threat_modeling.phases.phase_5_threat_modeling.artifacts import CvssScore
from threat_modeling.phases.phase_5_threat_modeling.corrections import StatusLine
from threat_modeling.phases.phase_5_threat_modeling.ranking import ranked, settled

BASE = "CVSS:4.0/AV:N/AC:L/AT:N/PR:{}/UI:N/VC:{}/VI:N/VA:N/SC:N/SI:N/SA:N"
THREATS = [
    threat(n, BASE.format(privileges, effect))
    for n, (privileges, effect) in enumerate([("N", "H"), ("L", "H"), ("N", "L"), ("N", "H"), ("H", "L")], 1)
]


@given(st.permutations(THREATS))
def test_the_order_in_which_threats_come_changes_nothing(order):
    assert ranked(order) == ranked(THREATS)


def test_highest_score_first_then_fingerprint_and_ids_follow():
    found = ranked(reversed(THREATS))
    keys = [(-t.cvss.environmental.score, t.fingerprint) for t in found]
    assert keys == sorted(keys)
    assert [t.id for t in found] == [f"T-{n:03d}" for n in range(1, 6)]


def test_in_one_severity_what_is_unsure_comes_last():
    unsure = threat(6, BASE.format("N", "H"), confidence="low")
    found = ranked([unsure, *THREATS])
    same = [t.confidence.value for t in found if t.severity is unsure.severity]
    assert (same[-1], set(same[:-1])) == ("low", {"high"})


def test_a_score_is_never_accepted():
    honest = threat()
    told = CvssScore(vector=honest.cvss.base.vector, score=1.0, severity="LOW")
    cheating = honest.model_copy(update={"cvss": honest.cvss.model_copy(update={"environmental": told, "severity": told.severity})})
    found = ranked([cheating])[0]
    assert found.cvss.environmental.score == 9.3
    assert found.severity.value == "CRITICAL"


def test_two_threats_of_one_fingerprint_are_one_with_both_gaps():
    found = ranked([threat(1), threat(1, control_gaps=("C-002-G1",))])
    assert [set(t.control_gaps) for t in found] == [{"C-001-G1", "C-002-G1"}]


def test_a_persons_word_sets_the_status_by_id_or_fingerprint():
    threats = ranked(THREATS)
    lines = [
        StatusLine(threat=threats[0].id, status="accepted", reason="planned for removal"),
        StatusLine(threat=threats[1].fingerprint, status="mitigated", reason=""),
        StatusLine(threat="T-999", status="mitigated", reason=""),
    ]
    found, lost = settled(threats, lines)
    assert [t.status for t in found[:3]] == ["accepted", "mitigated", "open"]
    assert (found[0].status_reason, found[0].status_by.value) == ("planned for removal", "stated")
    assert [line.threat for line in lost] == ["T-999"]
