"""Answers to checkpoints, on a session of the product."""

import shutil
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest

from threat_modeling.errors import CheckpointRejected
from threat_modeling.request_check import accept
from threat_modeling.session import Session
from threat_modeling.verdict import verdict
from threat_modeling_airflow.answers import keep
from threat_modeling_airflow.approval_sensor import ApprovalSensor
from threat_modeling_airflow.checkpoint import Checkpoint
from threat_modeling_airflow.current_session import stage_of
from threat_modeling_airflow.reminder import remind_one

KEY = "phase-1"
ANSWER = SimpleNamespace(
    chosen_options=["Revise"],
    params_input={"feedback": "look at payments"},
    responded_at=datetime(2026, 11, 25, tzinfo=UTC),
    responded_by={"id": "7", "name": "Ada"},
)
"""A row of Airflow's table of answers."""


def asked(target, out, approval="manual"):
    request = accept({"target": str(target), "out": str(out), "approval": approval})
    session = Session.create(request, Path(request.out), {"run_id": "test"})
    stage = stage_of(KEY)
    for one in stage.open_round(session):
        stage.run_agent(session, one["id"], 120)
    stage.close_round(session)
    return session


@pytest.fixture
def session(target, tmp_path):
    return asked(target, tmp_path / "out")


def checkpoint(round_number=1):
    return Checkpoint(task_id="checkpoint", stage_key=KEY, round_number=round_number, subject="s", options=["Approve"], params={"target": "x"})


def context(session):
    return {"ti": SimpleNamespace(xcom_pull=lambda **_: str(session.path))}


def answer(session, option, **form):
    event = {"chosen_options": [option], "params_input": form, "responded_at": datetime.now(UTC), "responded_by_user": {"id": "7", "name": "Ada"}}
    return checkpoint().execute_complete(context(session), event)


def test_an_approval_is_recorded_with_its_person(session):
    assert answer(session, "Approve", feedback=None) == {"round": 1, "status": "approved", "by": "Ada", "again": False}
    assert session.checkpoints.get(KEY, 1).by == "Ada"


def test_a_revision_asks_for_another_round(session):
    assert answer(session, "Revise", feedback="look at payments")["again"] is True
    assert session.checkpoints.get(KEY, 1).feedback == "look at payments"


def test_an_approval_with_corrections_is_taken_over_first(session):
    outcome = answer(session, "Approve", crown_jewels=["customer payments"])
    assert outcome["status"] == "revision_requested"
    assert session.checkpoints.get(KEY, 1).form == {"crown_jewels": ["customer payments"]}


def test_a_question_that_nobody_answers_in_time_stops_the_session_and_is_never_approved(session):
    outcome = checkpoint().execute_complete(context(session), {"error": "no response", "error_type": "timeout"})
    assert (outcome["status"], outcome["by"]) == ("stopped", "policy: answer_hours")
    assert verdict(session).status == "incomplete"
    assert "nobody answered" in verdict(session).reasons[0]


def test_an_unchanged_form_changes_nothing(session):
    form = {name: field["value"] for name, field in stage_of(KEY).form(session).items()}
    assert answer(session, "Approve", **form)["status"] == "approved"
    assert session.checkpoints.get(KEY, 1).form == {}


def test_a_wrong_value_is_asked_again_with_the_reason(session):
    assert answer(session, "Approve", crown_jewels=[1])["status"] == "revision_requested"
    assert "crown_jewels" in session.checkpoints.get(KEY, 1).feedback


def test_a_stop_stops_whatever_the_form_says(session):
    assert answer(session, "Stop", crown_jewels=[1])["status"] == "stopped"


def test_a_stop_that_is_cleared_after_the_report_opens_one_new_round(session):
    answer(session, "Stop")
    assert checkpoint().execute(context(session))["again"] is False, "tried again before the report: stopped"
    (session.path / "final-report").mkdir()
    assert checkpoint().execute(context(session))["again"] is True
    assert checkpoint().execute(context(session))["again"] is True, "killed in between"
    stage = stage_of(KEY)
    stage.open_round(session)
    assert [one["asked"] for one in stage.close_round(session)] == [True, False, True]
    assert checkpoint().execute(context(session))["again"] is False
    assert stage.state(session) == "waiting"


def waits(session):
    """What the approval sensor says; it looks once the checkpoint has ended, by whatever way."""
    return ApprovalSensor(task_id="phase_1.approval", stage_key=KEY).poke(context(session) | {"run_id": session.config.run["run_id"]})


def test_a_checkpoint_that_is_marked_as_success_approves_nothing_and_says_what_to_clear(session):
    with pytest.raises(CheckpointRejected, match=r"round 1 was not answered.*Clear phase_1.checkpoint with its downstream in run test"):
        waits(session)
    answer(session, "Approve")
    assert waits(session) is True


def test_so_does_a_consolidation_that_is_marked_as_success(target, tmp_path):
    request = accept({"target": str(target), "out": str(tmp_path / "out")})
    session = Session.create(request, Path(request.out), {"run_id": "test"})
    stage_of(KEY).open_round(session)
    with pytest.raises(CheckpointRejected, match=r"nothing was asked.*Clear phase_1.consolidate"):
        waits(session)


def test_an_answer_is_kept_for_the_task_that_is_tried_again(session):
    assert keep(str(session.path), f"{KEY}.checkpoint", 1, ANSWER)
    assert checkpoint().execute(context(session)) == {"round": 1, "status": "revision_requested", "by": "Ada", "again": True}
    assert session.checkpoints.get(KEY, 1).feedback == "look at payments"
    assert not keep(str(session.path), f"{KEY}.checkpoint", 1, ANSWER), "it is on record"


@pytest.mark.parametrize("damage", [("config.json", "config-copy.json"), ("checkpoints/phase-1-round-1.request.json",), ()])
def test_a_session_that_is_damaged_or_gone_costs_no_other_one_its_answers(session, damage, caplog):
    for file in damage:
        (session.path / file).write_bytes(b"{")
    if not damage:
        shutil.rmtree(session.path)
    kept = keep(str(session.path), f"{KEY}.checkpoint", 1, ANSWER)
    assert kept == (len(damage) == 1), "what the question was does not matter yet"
    assert kept or "Could not keep the answer to phase-1.checkpoint, round 1" in caplog.text
    assert remind_one(str(session.path), KEY, 1) is False
    assert keep(None, f"{KEY}.checkpoint", 1, ANSWER) is remind_one(None, KEY, 1) is False


def test_a_changed_form_does_not_lose_the_answer(session):
    assert answer(session, "Approve", a_field_of_yesterday="x")["status"] == "approved"


def test_an_answered_round_is_not_asked_again(session):
    answer(session, "Approve")
    assert checkpoint().execute(context(session))["status"] == "approved"


def test_the_policy_answers_without_waiting(target, tmp_path):
    session = asked(target, tmp_path / "out", "auto")
    assert checkpoint().execute(context(session)) == {"round": 1, "status": "approved", "by": "policy: auto", "again": False}


def test_text_of_the_target_is_never_rendered_as_a_template():
    assert not Checkpoint.template_fields
