"""The faults of the recovery guide on a real scheduler: in one session from the first question to the report, and one that is killed."""

import os
import shutil
import signal
import time

import pytest
from tests.airflow.flawed import FLAWED
from tests.airflow.scheduler.agents import AgentSignal, agents_of
from tests.airflow.scheduler.mortal import Mortal
from tests.airflow.scheduler.story import Story

from threat_modeling.phases.phase_2_codebase_sizing.artifacts import SizingReport
from threat_modeling.phases.phase_3_codebase_mapping.artifacts import Concerns
from threat_modeling.verdict import verdict
from threat_modeling.verification import verify

pytestmark = [pytest.mark.scheduler, pytest.mark.recovery]


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    """A component of two folders, beside a small one; each folder has a flaw."""
    folder = tmp_path_factory.mktemp("large") / "shop"
    for number, name in enumerate(("big/orders", "big/users", "small")):
        (folder / name).mkdir(parents=True)
        (folder / name / "app.py").write_text(FLAWED.format(n=number))
    return folder


@pytest.fixture(scope="module")
def mortal(tmp_path_factory):
    found = Mortal(tmp_path_factory.mktemp("faults") / "home")
    yield found
    found.server.end()


def test_a_session_recovers_from_row_after_row(mortal, large, tmp_path):
    out = tmp_path / "out"
    story = Story(mortal.server.api, target=str(large), out=str(out), components=["big", "small"], agent_timeout_minutes=1)
    story.answer("Approve", at="phase_1")
    session = story.session

    with AgentSignal(r"big$", out, signal.SIGSTOP, times=1) as hanging:  # agent timeout: killed at its limit, split, in the same run
        asked = story.question()
    assert hanging.sent == 1
    assert asked.task_id == "phase_3.checkpoint"
    assert "was not mapped in its time" in asked.body
    parts = {c.path for c in session.load(SizingReport).strategy.components_to_spawn}
    assert parts >= {"big/orders", "big/users"} or parts >= {"big", "big/orders"}
    sibling = session.integrity.get("phase-3/components/small.json")
    story.answer("Approve", at="phase_3")

    concern = session.load(Concerns).concerns[0]
    group = f"phase_4_{concern.severity.value.lower()}"
    with AgentSignal(rf"{concern.id}\b", out, signal.SIGSTOP, times=1) as hanging:  # batch failure: tried again alone
        story.approve_until(group)
        asked = story.question()
    assert hanging.sent == 1
    assert "failed" not in asked.subject
    assert "BatchFailure" in asked.body
    story.approve_until("phase_5")

    (asked_before,) = (len(session.checkpoints.rounds("phase-3")),)
    story.answer("Revise", at="phase_5", feedback="the gateway is gone", phase_again="phase-3")  # checkpoint rejected: an earlier phase
    again = story.answer("Approve", at="phase_3")
    assert "the gateway is gone" in again.body
    assert len(session.checkpoints.rounds("phase-3")) == asked_before + 2
    assert session.integrity.get("phase-3/components/small.json") == sibling, "made once, and still valid"
    story.approve_until("phase_5")

    second = _resumed_on_damage(mortal, large, out, session)
    rounds = len(session.checkpoints.rounds("phase-5"))
    _killed_in_the_second_of_an_answer(mortal, second)
    assert second.ended() == "success"
    assert len(session.checkpoints.rounds("phase-5")) == rounds, "not asked again"
    assert verdict(session).status == "complete"
    assert verify(session, large)[1] == []


def _resumed_on_damage(mortal, large, out, session):
    """Session corrupted: a new run goes on from the files; it is asked at phase 5."""
    (session.path / "phase-3/concerns.json").unlink()
    shutil.rmtree(session.path / "handoffs")
    second = Story(mortal.server.api, target=str(large), out=str(out), resume=session.id)
    assert second.question().task_id == "phase_5.checkpoint", "approved phases return from their files"
    assert second.session.path == session.path
    told = session.path.joinpath("notes.md").read_text()
    assert "phase-3/concerns.json: missing" in told
    assert "resumed after" in told
    return second


def _killed_in_the_second_of_an_answer(mortal, story):
    (asked,) = story.api.questions(story.run_id)
    assert story.api.answer(story.run_id, asked, "Approve", {})
    mortal.kill()
    started = time.time()
    mortal.start()
    story.api = mortal.server.api
    story.answer("Approve", at="phase_6")
    print(f"a task ended {mortal.went_on_after(started):.0f} s after the restart")


@pytest.mark.parametrize("what", ["agent", "scheduler", "api-server", "everything"])
def test_what_is_killed_in_the_middle_of_an_agent_goes_on(mortal, large, tmp_path, what):
    out = tmp_path / "out"
    story = Story(mortal.server.api, target=str(large), out=str(out), components=["big", "small"], approval="auto")
    agents = story.wait(lambda: agents_of(out, "big$"), "an agent")
    if what == "agent":
        os.kill(agents[0], signal.SIGKILL)
    else:
        mortal.kill({"scheduler": "airflow scheduler", "api-server": "airflow api", "everything": ""}[what])
        started = time.time()
        mortal.start()
        story.api = mortal.server.api
        story.wait(lambda: mortal.went_on_after(started), "work to go on")
        print(f"{what}: a task ended {mortal.went_on_after(started):.0f} s after the restart")
    assert story.ended() == "success"
    assert verdict(story.session).status == "complete"
    assert verify(story.session, large)[1] == []


def test_a_stopped_session_asks_again_when_its_checkpoint_is_cleared(mortal, large, tmp_path):
    story = Story(mortal.server.api, target=str(large), out=str(tmp_path / "out"), components=["big", "small"])
    asked = story.answer("Stop", at="phase_1", feedback="wrong day")
    assert story.ended() == "success"
    assert verdict(story.session).status == "stopped"
    story.clear(asked.task_id, asked.map_index)
    story.answer("Approve", at="phase_1")
    assert story.question().task_id == "phase_3.checkpoint"
    story.answer("Stop", at="phase_3")
    assert story.ended() == "success"
