"""The distributed path: a session on two Celery workers, of which one loses its power in mid-phase."""

import time
from contextlib import suppress

import psutil
import pytest
from tests.airflow.scheduler.story import Story
from tests.deployment.compose import PROJECT

from threat_modeling.verdict import verdict
from threat_modeling.verification import verify

pytestmark = pytest.mark.scheduler

SAMPLE = PROJECT / "samples" / "bookshop"
PATIENCE_SECONDS = 900
AGENT = "threat_modeling.agent_process"


def working(deployment):
    """The first worker that runs an agent, None when none does at this moment."""
    for name, process in deployment.running.items():
        if name.startswith("worker"):
            with suppress(psutil.Error):
                if any(AGENT in child.cmdline() for child in psutil.Process(process.pid).children(recursive=True)):
                    return name
    return None


def test_a_worker_that_dies_in_mid_phase_loses_nothing(deployment):
    story = Story(deployment.api, target=str(SAMPLE), out=str(deployment.home / "sessions"), approval="auto")
    story.wait(lambda: any(state == "running" for state, _ in story.tries("phase_4_critical.agent").values()), "parallel agents")
    deadline = time.monotonic() + 60
    while (victim := working(deployment)) is None:
        assert time.monotonic() < deadline
    deployment.kill(victim)

    deadline = time.monotonic() + PATIENCE_SECONDS
    while (state := deployment.api.run_state(story.run_id)) not in {"success", "failed"}:
        assert time.monotonic() < deadline, story.states()
        time.sleep(1)
    assert state == "success", story.states()
    assert verdict(story.session).status == "complete"
    assert verify(story.session, SAMPLE)[1] == []
    lost = {(task, number) for task, _, number, _ in story.failed_tries()}
    assert lost, "the worker was killed with its work"
    assert {number for _, number in lost} == {1}, "each lost task succeeded when it was tried again"
