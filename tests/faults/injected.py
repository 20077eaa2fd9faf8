"""Agents that work in this process, and fail where a test says so: faults come in at the backend, as those of a real one would."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from tests.pipeline.shops import new_session
from threat_modeling.artifact import canonical
from threat_modeling.checkpoints import APPROVE
from threat_modeling.codebase.project import Project
from threat_modeling.errors import AgentFailed, AgentTimeout
from threat_modeling.phases.order import STAGES
from threat_modeling.pipeline import run_session
from threat_modeling.recovery import close_round

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from threat_modeling.session import Session

BY = {stage.key: stage for stage in STAGES}
Fault = "Callable[[Any, bytes], bytes]"


class Inline:
    """Runs each agent in this process. `faults` are (pattern of "stage task", what to do with its output, how often; 0 is always)."""

    name = "inline"

    def __init__(self, *faults: tuple[str, Callable[[Any, bytes], bytes], int]) -> None:
        self.faults = faults
        self.ran: list[str] = []
        self.tasks: list[Any] = []
        self._failed: Counter[str] = Counter()

    def run(self, role, session, stage_key, task, timeout_seconds):  # noqa: ARG002, D102 - the protocol of a backend
        name = f"{stage_key} {task.id}"
        self.ran.append(name)
        self.tasks.append(task)
        output = lambda: canonical(role.analyze(task, session, Project(session.target)).dump())  # noqa: E731 - only made where it is needed
        for pattern, fault, times in self.faults:
            if re.match(pattern, name) and (not times or self._failed[pattern] < times):
                self._failed[pattern] += 1
                return fault(task, output() if fault not in {dies, times_out} else b"")
        return output()


def dies(task, _):
    raise AgentFailed(f"{task.label}: the agent's process ended (killed by signal 9)", '{"report": {"scope"')


def times_out(task, _):
    raise AgentTimeout(f"{task.label}: ended after 30.0 minutes", '{"component": "half')


def truncated(_, output):
    return output[: len(output) // 2]


def edited(change: Callable[[Any], None]) -> Callable[[Any, bytes], bytes]:
    """A fault that changes the document an agent delivers."""

    def fault(_, output):
        document = json.loads(output)
        change(document)
        return canonical(document)

    return fault


def at_gate(key: str, target: Path, out: Path, **fields: Any) -> Session:
    """A session all of whose stages before that one are approved by a person."""
    session = new_session(target, out, **fields)
    for stage in STAGES:
        if stage.key == key:
            return session
        approve(session, stage.key)
    return session


def run_round(session: Session, key: str, backend: Inline | None = None) -> list[dict[str, Any]]:
    """One round as the DAG runs it: a failed agent is tried again where that may help, and consolidation runs in any case."""
    stage, backend = BY[key], backend or Inline()
    for assignment in stage.open_round(session):
        for _ in range(3):
            try:
                stage.run_agent(session, assignment["id"], 60.0, backend)
                break
            except AgentFailed as error:
                if not error.again:
                    break
    return close_round(session, stage)


def until_asked(session: Session, key: str, backend: Inline | None = None) -> list[dict[str, Any]]:
    """Rounds until a person is asked, as recovery opens them."""
    rounds = run_round(session, key, backend)
    while BY[key].state(session) == "again":
        rounds = run_round(session, key, backend)
    return rounds


def approve(session: Session, key: str, option: str = APPROVE, **more: Any) -> None:
    """One stage, asked and answered."""
    rounds = until_asked(session, key)
    if rounds and not session.checkpoints.get(key, rounds[-1]["round"]):
        BY[key].decide(session, rounds[-1]["round"], option, by="ann", **more)


def finish(session: Session) -> Any:
    """Run to the end, every question being approved; the verdict."""

    def ask(session, stage, question):
        stage.decide(session, question["round"], APPROVE, by="ann")

    return run_session(session, ask, lambda _: None, Inline())


def notes(session: Session, kind: Any) -> str:
    """All notes of a kind."""
    return "\n".join(text for _, text in session.notes(kind))
