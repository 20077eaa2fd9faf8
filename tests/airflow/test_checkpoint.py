"""Answers to checkpoints, on a session of the product."""

from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest

from threat_modeling.request_check import accept
from threat_modeling.session import Session
from threat_modeling.verdict import verdict
from threat_modeling_airflow.checkpoint import Checkpoint
from threat_modeling_airflow.current_session import stage_of

KEY = "phase-1"


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
