"""Sessions on the sample on a real scheduler, of which agents, scheduler, API server or everything is killed at random."""

from __future__ import annotations

import os
import signal
import statistics
import time
from collections import Counter
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
LONGEST = 20.0
"""Seconds after the start of a session, or after Airflow is up again, in which something is killed: also while it still recovers."""
AGENT_SECONDS = 20.0
"""How long to wait for an agent to kill."""
KILLS = 5
"""Of one session: enough to be killed in recovery, and few enough to end."""


class Campaign:
    """Sessions, what was killed of them, and how each ended."""

    def __init__(self, folder: Path, numbers: random.Random) -> None:
        folder.mkdir(parents=True)
        os.environ |= {"THREAT_MODELING_ALLOWED_TARGETS": str(SAMPLE), "THREAT_MODELING_SESSIONS_ROOT": str(folder)}
        self.folder, self.numbers = folder, numbers
        self.mortal = Mortal(folder / "home")
        self.kills: list[str] = []
        self.recovered: list[float] = []
        self.loads: list[float] = []
        self.sessions = self.bad = self.lost = self.half_written = 0
        self._restarted = 0.0

    def session(self, kills: int) -> None:
        """Run one session, kill at most that often, and look at what it left."""
        self.sessions += 1
        before, out = len(self.kills), self.folder / f"out-{self.sessions}"
        story = Story(self.mortal.server.api, target=str(SAMPLE), out=str(out), approval="auto")
        while len(self.kills) - before < kills and self._kill(story, out):
            pass
        state = story.ended()
        self._note_recovery()
        session = story.session
        problems = [*verdict(session).reasons, *verify(session, SAMPLE)[1]]
        delivered, broken = whole(session.path)
        lost = sum(session.sha256(path) != sha256 for path, sha256 in delivered.items())
        self.lost, self.half_written = self.lost + lost, self.half_written + broken
        self.bad += bool(problems or lost or broken or state != "success")
        killed = ", ".join(self.kills[before:]) or "nothing"
        print(f"session {self.sessions} on a real scheduler: killed {killed}: {state}, {len(problems)} problems, {lost} lost", flush=True)
        for problem in problems[:5]:
            print(f"  {problem}")

    def _kill(self, story: Story, out: Path) -> bool:
        """Kill something at a random moment; False when the session had ended by then."""
        time.sleep(self.numbers.uniform(0, LONGEST))
        what = self.numbers.choice(["agent", *KINDS])
        if story.api.run_state(story.run_id) in {"success", "failed"}:
            return False
        if what == "agent":
            self._kill_agent(out)
            return True
        self._note_recovery()
        self.mortal.kill(KINDS[what])
        self.kills.append(what)
        self.half_written += sum(whole(session)[1] for session in out.glob("2*"))
        self._restarted = time.time()
        self.mortal.start()
        story.api = self.mortal.server.api
        return True

    def _kill_agent(self, out: Path) -> None:
        deadline = time.monotonic() + AGENT_SECONDS
        while time.monotonic() < deadline:
            with suppress(ProcessLookupError, IndexError):
                os.kill(self.numbers.choice(agents_of(out)), signal.SIGKILL)
                self.kills.append("agent")
                return
            time.sleep(0.05)

    def _note_recovery(self) -> None:
        if self._restarted and (seconds := self.mortal.went_on_after(self._restarted)):
            self.recovered.append(seconds)
            self.loads.append(os.getloadavg()[0])
            self._restarted = 0.0


def campaign(folder: Path, numbers: random.Random, kills: int) -> int:
    """Kill that often, over as many sessions as it takes; returns how many sessions did not end complete and verified."""
    started = time.monotonic()
    found = Campaign(folder, numbers)
    try:
        while len(found.kills) < kills:
            found.session(min(KILLS, kills - len(found.kills)))
    finally:
        found.mortal.server.end()
    times = found.recovered
    slowest = (
        f"; the first task ended {statistics.median(times):.0f} s (median), {max(times):.0f} s (at most) after a restart, "
        f"at a load of {statistics.median(found.loads):.0f} on {os.cpu_count()} processors"
        if times
        else ""
    )
    print(
        f"on a real scheduler: {len(found.kills)} kills ({dict(Counter(found.kills))}) over {found.sessions} sessions, {found.bad} not verified, "
        f"{found.lost} lost, {found.half_written} half-written, {time.monotonic() - started:.0f} s{slowest}",
        flush=True,
    )
    return found.bad + bool(found.half_written)
