"""Sessions on the sample on a real scheduler, of which agents, scheduler, API server or everything is killed at random."""

from __future__ import annotations

import os
import signal
import time
from contextlib import suppress
from typing import TYPE_CHECKING

from tests.airflow.scheduler.agents import agents_of
from tests.airflow.scheduler.mortal import Mortal
from tests.airflow.scheduler.story import Story
from tests.chaos.killing import SAMPLE, whole
from threat_modeling.verdict import verdict
from threat_modeling.verification import verify

if TYPE_CHECKING:
    import random
    from pathlib import Path

KINDS = {"scheduler": "airflow scheduler", "api-server": "airflow api", "everything": ""}
"""What is killed, and a word of its command line."""
LONGEST = 40.0
"""Seconds of work after which something is killed at the latest."""


def campaign(folder: Path, numbers: random.Random, kills: int) -> int:
    """Kill that often, over as many sessions as it takes; returns how many sessions did not end complete and verified."""
    folder.mkdir(parents=True)
    os.environ |= {"THREAT_MODELING_ALLOWED_TARGETS": str(SAMPLE), "THREAT_MODELING_SESSIONS_ROOT": str(folder)}
    mortal = Mortal(folder / "home")
    done: list[str] = []
    recovered: list[float] = []
    bad = sessions = 0
    try:
        while len(done) < kills:
            sessions += 1
            out = folder / f"out-{sessions}"
            story = Story(mortal.server.api, target=str(SAMPLE), out=str(out), approval="auto")
            killed = _kill_often(mortal, story, out, numbers, min(4, kills - len(done)), recovered)
            done += killed
            story.ended()
            session = story.session
            problems = [*verdict(session).reasons, *verify(session, SAMPLE)[1]]
            lost = sum(session.sha256(path) != sha256 for path, sha256 in whole(session.path)[0].items())
            bad += bool(problems or lost or whole(session.path)[1] or story.api.run_state(story.run_id) != "success")
            print(f"session {sessions} on a real scheduler: killed {', '.join(killed)}: {len(problems)} problems, {lost} lost", flush=True)
            for problem in problems[:5]:
                print(f"  {problem}")
    finally:
        mortal.server.end()
    slowest = f", work went on {max(recovered):.0f} s after a restart at the latest" if recovered else ""
    print(f"on a real scheduler: {len(done)} kills ({', '.join(done)}) over {sessions} sessions, {bad} not verified{slowest}", flush=True)
    return bad


def _kill_often(mortal: Mortal, story: Story, out: Path, numbers: random.Random, kills: int, recovered: list[float]) -> list[str]:
    """What was killed; a session that ended before is left alone."""
    done: list[str] = []
    while len(done) < kills:
        time.sleep(numbers.uniform(2, LONGEST))
        if story.api.run_state(story.run_id) in {"success", "failed"}:
            break
        what = numbers.choice(["agent", *KINDS])
        if what == "agent":
            with suppress(ProcessLookupError, IndexError):
                os.kill(numbers.choice(agents_of(out)), signal.SIGKILL)
                done.append(what)
            continue
        before = _finished(story)
        mortal.kill(KINDS[what])
        done.append(what)
        started = time.time()
        mortal.start()
        story.api = mortal.server.api
        story.wait(lambda before=before: _finished(story) > before or story.api.run_state(story.run_id) == "success", "work to go on")
        if went_on := mortal.went_on_after(started):
            recovered.append(went_on)
            print(f"  {what}: a task ended {went_on:.0f} s after the restart", flush=True)
    return done


def _finished(story: Story) -> int:
    """How many tasks of the run have ended well."""
    return sum(one["state"] in {"success", "skipped"} for one in story.api.tasks(story.run_id))
