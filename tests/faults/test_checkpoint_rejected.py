"""Checkpoint rejected: a person asks for a revision, goes back to an earlier phase, or stops."""

from __future__ import annotations

import pytest

from tests.faults.injected import BY, Inline, approve, finish, notes, run_round, until_asked
from threat_modeling.checkpoints import APPROVE, APPROVE_REST, REVISE, STOP
from threat_modeling.phases.order import STAGES
from threat_modeling.pipeline import run_session
from threat_modeling.recovery import prepare, resume
from threat_modeling.stage import PHASE_AGAIN
from threat_modeling.verdict import verdict


@pytest.fixture
def session(before):
    return before("phase-5")


def test_three_revisions_are_on_record_and_nothing_goes_on_without_approval(session):
    stage = BY["phase-5"]
    for number, words in enumerate(("look at payments", "look at mail", "look again"), start=1):
        rounds = until_asked(session, "phase-5")
        assert rounds[-1]["round"] == number
        stage.decide(session, number, REVISE, by="ann", feedback=words)
        assert prepare(session, BY["phase-6"]) is stage
    rounds = until_asked(session, "phase-5")
    assert all(words in rounds[-1]["body"] for words in ("look at payments", "look at mail", "look again"))
    assert [d.feedback for d in session.checkpoints.decisions("phase-5")] == ["look at payments", "look at mail", "look again"]
    assert prepare(session, BY["phase-6"]) is stage
    stage.decide(session, 4, APPROVE, by="ann")
    assert prepare(session, BY["phase-6"]) is BY["phase-6"]


def test_going_back_runs_that_phase_and_all_after_it_again(session):
    rounds = until_asked(session, "phase-5")
    assert BY["phase-5"].form(session)[PHASE_AGAIN]["schema"]["enum"] == ["phase-1", "phase-3", "phase-4", None]
    BY["phase-5"].decide(session, rounds[-1]["round"], REVISE, by="ann", feedback="legacy is exposed", form={PHASE_AGAIN: "phase-3"})

    asked = [s.key for s in STAGES if s.gated and session.checkpoints.rounds(s.key)]
    later = [key for key in asked if key >= "phase-3"]
    assert session.checkpoints.decisions("phase-5")[-1].back_to == "phase-3"
    assert "could not be understood" not in notes(session, "open")
    assert BY["phase-1"].state(session) == "approved"
    assert {BY[key].state(session) for key in later} == {"again"}
    assert prepare(session, BY["phase-5"]) is BY["phase-3"]

    backend = Inline()
    for key in (s.key for s in STAGES if s.key >= "phase-3"):
        rounds = until_asked(session, key, backend)
        if key == "phase-3":
            assert "legacy is exposed" in rounds[-1]["body"]
        if rounds:
            assert BY[key].state(session) == "waiting", "its earlier approval counts no more"
            BY[key].decide(session, rounds[-1]["round"], APPROVE, by="bob")
        if key == "phase-5":
            break
    assert backend.ran == [], "no approved work is done twice where its input is the same"
    assert "could not be understood" not in notes(session, "open")
    assert finish(session).status == "complete"


def test_approve_rest_does_not_outlive_going_back(before):
    session = before("phase-4-critical")
    key = next(s.key for s in STAGES if s.severity and list(s.phase.assign(session, s)))
    for stage in STAGES:
        if stage.severity and stage.severity.rank < BY[key].severity.rank:
            approve(session, stage.key)
    approve(session, key, APPROVE_REST)
    for stage in STAGES:
        if stage.severity and stage.severity.rank > BY[key].severity.rank:
            approve(session, stage.key)
    rounds = until_asked(session, "phase-5")
    BY["phase-5"].decide(session, rounds[-1]["round"], REVISE, by="ann", form={PHASE_AGAIN: "phase-4"})
    rounds = until_asked(session, key)
    assert rounds[-1]["asked"] is True
    assert BY[key].state(session) == "waiting"


def test_the_pipeline_goes_back_as_well(before):
    session = before("phase-3")
    seen = []

    def ask(session, stage, question):
        seen.append(stage.key)
        back = stage.key == "phase-5" and seen.count("phase-5") == 1
        form = {PHASE_AGAIN: "phase-3"} if back else {}
        stage.decide(session, question["round"], REVISE if back else APPROVE, by="ann", form=form)

    assert run_session(session, ask, lambda _: None, Inline()).status == "complete"
    once = seen[: seen.index("phase-5") + 1]
    assert seen == [*once, *once, "phase-6"]


def test_a_word_that_names_no_phase_goes_nowhere(session):
    rounds = until_asked(session, "phase-5")
    BY["phase-5"].decide(session, rounds[-1]["round"], REVISE, by="ann", form={PHASE_AGAIN: "phase-9"})
    assert BY["phase-3"].state(session) == "approved"
    assert BY["phase-5"].state(session) == "again"


def test_going_back_twice_at_once_opens_one_round(session):
    """The process is killed after the earlier phases are opened and before the answer is on record."""
    rounds = until_asked(session, "phase-5")
    BY["phase-5"]._go_back(session, "phase-3", "ann", "again")
    count = len(session.checkpoints.rounds("phase-3"))
    BY["phase-5"].decide(session, rounds[-1]["round"], REVISE, by="ann", feedback="again", form={PHASE_AGAIN: "phase-3"})
    assert len(session.checkpoints.rounds("phase-3")) == count


def test_a_stopped_session_that_is_resumed_asks_again(session):
    rounds = until_asked(session, "phase-5")
    BY["phase-5"].decide(session, rounds[-1]["round"], STOP, by="ann", feedback="wrong day")
    assert verdict(session).status == "stopped"
    request = session.request.model_copy(update={"resume": session.id, "out": str(session.path.parent)})

    again = resume(request, {"run_id": "second"})

    assert again.path == session.path
    assert again.config.run == {"run_id": "second"}
    assert again.config.earlier_runs == (session.config.run,)
    assert "resumed after phase-4-info by second" in notes(again, "recovery")
    backend = Inline()
    rounds = run_round(again, "phase-5", backend)
    assert backend.ran == []
    assert BY["phase-5"].state(again) == "waiting"
    assert finish(again).status == "complete"
