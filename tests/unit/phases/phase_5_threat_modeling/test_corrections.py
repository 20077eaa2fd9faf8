"""What a person corrects at the threat model's checkpoint."""

from __future__ import annotations

from threat_modeling.checkpoints import Decision
from threat_modeling.phases.phase_5_threat_modeling.corrections import corrections


def answer(**form: list[str]) -> Decision:
    return Decision(stage="phase-5", round=1, status="revision_requested", by="ann", at="2026-01-01", sha256="0", form=form)


def test_the_last_word_on_a_threat_counts():
    found = corrections(
        [answer(threat_status=["T-001 accepted until March"]), answer(threat_status=["T-001 open", "T-002 false-positive test code"])]
    )
    assert [(s.threat, s.status, s.reason) for s in found.statuses] == [("T-001", "open", ""), ("T-002", "false-positive", "test code")]


def test_likelihood_of_an_actor():
    assert corrections([answer(actor_likelihood=["nation-state low"])]).likelihoods == (("nation-state", "low"),)


def test_what_can_not_be_acted_on_is_kept():
    found = corrections([answer(threat_status=["T-001 accepted", "T-002 fine", "T-003"], actor_likelihood=["aliens high"])])
    assert found.statuses == ()
    assert found.unused == ("threat_status: T-001 accepted", "threat_status: T-002 fine", "threat_status: T-003", "actor_likelihood: aliens high")
