"""One session with everything a person can do to it, and two shorter ones, on a real scheduler."""

import time

import pytest
from tests.airflow.flawed import FLAWED
from tests.airflow.scheduler.agents import AgentSignal
from tests.airflow.scheduler.story import Story

from threat_modeling.phases.order import STAGES
from threat_modeling.verdict import verdict

pytestmark = pytest.mark.scheduler

CONCERNS = 23


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    """A target whose 24 services have the same flaw: 23 concerns of one severity once one service is dropped."""
    folder = tmp_path_factory.mktemp("many") / "services"
    for number in range(CONCERNS + 1):
        service = folder / f"svc{number:02}"
        service.mkdir(parents=True)
        (service / "app.py").write_text(FLAWED.format(n=number))
    return folder


def test_a_session_with_revisions_waves_and_a_failed_agent(server, many, tmp_path):
    components = [f"svc{number:02}" for number in range(CONCERNS + 1)]
    story = Story(server.api, target=str(many), out=str(tmp_path / "out"), components=components)

    story.answer("Approve", at="phase_1")

    first = story.answer("Revise", at="phase_3", feedback="look at the last service again")
    assert "look at the last service again" not in first.body
    second = story.answer("Revise", at="phase_3", feedback="svc23 is retired", drop_components=["svc23"])
    assert "look at the last service again" in second.body
    third = story.answer("Approve", at="phase_3")
    assert "svc23 is retired" in third.body
    session = story.session
    for file in (session.path / "phase-3").rglob("*.json"):
        if "assignments" not in file.name:
            assert "svc23" not in file.read_text() or file.name == "coverage.json", file

    # the first batch: one agent is killed until it fails for good
    with AgentSignal(r"C-004\b", tmp_path) as killer:
        batch = story.question()
    assert killer.sent >= 3
    assert batch.task_id == "phase_4_high.checkpoint"
    assert "1 agent(s) failed" in batch.subject
    agents = story.tries("phase_4_high.agent")
    assert len(agents) == 10
    (failed,) = [index for index, (state, _) in agents.items() if state == "failed"]

    # clearing it alone runs it, the consolidation and the checkpoint again, and no sibling
    story.clear("phase_4_high.agent", failed)
    story.wait(lambda: len(session.checkpoints.rounds("phase-4-high")) == 2, "the second round")
    again = story.answer("Revise", at="phase_4_high", feedback="consider the gateway")
    assert "failed" not in again.subject
    now = story.tries("phase_4_high.agent")
    assert session.checkpoints.get("phase-4-high", 1).status == "superseded"
    siblings = {index: tries for index, tries in now.items() if index != failed}
    assert siblings == {index: tries for index, tries in agents.items() if index != failed} or all(s == "success" for s, _ in siblings.values())

    wave = story.answer("Approve", at="phase_4_high")
    assert "consider the gateway" in wave.body
    assert "13 more" in wave.subject
    assert len(story.tries("phase_4_high.agent")) == 10
    delivered = story.tries("phase_4_high.agent")
    wave = story.answer("Approve", at="phase_4_high")
    assert "3 more" in wave.subject
    assert "**New in this round:** C-0" in wave.body
    grown = story.tries("phase_4_high.agent")
    assert len(grown) == 20
    assert {index: grown[index] for index in range(1, 10)} == {index: delivered[index] for index in range(1, 10)}, "delivered agents stand"
    story.answer("Approve", at="phase_4_high")
    assert len(story.tries("phase_4_high.agent")) == CONCERNS

    story.approve_until("phase_6")
    story.answer("Approve", at="phase_6")
    assert story.ended() == "success"
    assert verdict(session).status == "complete"
    assert [len(session.checkpoints.rounds(key)) for key in ("phase-1", "phase-3", "phase-4-high")] == [1, 3, 5]
    assert {decision.by for stage in STAGES for decision in session.checkpoints.decisions(stage.key)} == {"admin"}
    tries = [("phase_4_high.agent", failed, number, "failed") for number in (1, 2, 3)]
    waiting = ("phase_4_high.checkpoint", 0, 1, "failed")  # Airflow archives a question that is cleared while it waits as failed
    assert story.failed_tries() == [*tries, waiting]


def test_a_stop_skips_ahead_to_a_partial_report(server, target, tmp_path):
    story = Story(server.api, target=str(target), out=str(tmp_path / "out"), components=["api", "web"])
    story.approve_until("phase_3")
    before = time.monotonic()
    story.answer("Stop", at="phase_3", feedback="enough")
    assert story.ended() == "success"
    assert time.monotonic() - before < 60
    states = {task: state for task, _, state, _ in story.states()}
    assert states["verdict"] == "skipped"
    assert states["report"] == "success"
    assert states["phase_5.agent"] == "skipped"
    found = verdict(story.session)
    assert (found.status, found.exit_code) == ("stopped", 3)
    events = server.api.call("GET", "/assets/events", params={"source_run_id": story.run_id, "source_task_id": "report"})["asset_events"]
    assert [(event["extra"]["session"], event["extra"]["status"]) for event in events] == [(story.session.id, "stopped")]
    assert events[0]["extra"]["entry_points"] >= 1
    assert (story.session.path / "final-report" / "threat-model-report.md").is_file()
    assert story.failed_tries() == []


def test_the_automatic_policy_does_not_approve_a_gap(server, target, tmp_path):
    with AgentSignal(r"api\b", tmp_path) as killer:
        story = Story(server.api, target=str(target), out=str(tmp_path / "out"), components=["api", "web"], approval="auto")
        assert story.ended() == "failed"
    assert killer.sent >= 3
    states = {task: state for task, _, state, _ in story.states()}
    assert (states["report"], states["verdict"]) == ("success", "failed")
    found = verdict(story.session)
    assert found.status == "incomplete"
    assert "policy" in found.reasons[0]
    assert story.api.questions(story.run_id) == []


def test_silence_is_no_approval(server, target, tmp_path):
    story = Story(server.api, target=str(target), out=str(tmp_path / "out"), components=["api", "web"], answer_hours=0.001)
    assert story.ended() == "failed"
    states = {task: state for task, _, state, _ in story.states()}
    assert (states["phase_3.agent"], states["report"], states["verdict"]) == ("skipped", "success", "failed")
    found = verdict(story.session)
    assert found.status == "incomplete"
    assert "nobody answered within 0.001 h" in found.reasons[0]
    assert story.failed_tries() == [("verdict", -1, 1, "failed")]


def test_an_event_posted_from_outside_opens_no_round(server):
    assets = server.api.call("GET", "/assets", params={"name_pattern": "threat-model-decision"})["assets"]
    extra = {"dag_id": "threat_modeling", "run_id": "x", "task_id": "phase_3.checkpoint"}
    server.api.call("POST", "/assets/events", json={"asset_id": assets[0]["id"], "extra": extra})
    assert "Opened the round after 0" not in (server.home / "logs/components/api-server.log").read_text()
