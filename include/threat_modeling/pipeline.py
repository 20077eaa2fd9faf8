"""The whole session in one process: the same stages in the same order as the DAG, for rule authors, CI and tests."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from threading import Event
from typing import TYPE_CHECKING

from threat_modeling.backends.embedded import end_agents
from threat_modeling.delivery import MAX_TRIES
from threat_modeling.errors import AgentFailed, SessionBusy, ThreatModelingError
from threat_modeling.exporters import write_report
from threat_modeling.phases.order import STAGES
from threat_modeling.recovery import close_round, prepare, unapproved_before
from threat_modeling.storage import alone
from threat_modeling.verdict import Verdict, verdict

if TYPE_CHECKING:
    from typing import Any

    from threat_modeling.agent import Backend
    from threat_modeling.session import Session
    from threat_modeling.stage import Stage, State

Ask = Callable[["Session", "Stage", "dict[str, Any]"], None]
"""Called with an open question; records an answer by `stage.decide`."""
Tell = Callable[[str], None]


def run_session(session: Session, ask: Ask | None, tell: Tell, backend: Backend | None = None) -> Verdict:
    """Run every stage up to the report; `ask` answers what the policy does not. The session's folder holds all results.

    A session that was interrupted, damaged or stopped half-way goes on: what is approved and whole is used as it is. SessionBusy where
    another process works on it.
    """
    with ExitStack() as held:
        try:
            held.enter_context(alone(session.path, wait=False))
        except BlockingIOError:
            raise SessionBusy(f"another process works on {session.id}; wait until it has ended, or end it") from None
        return _run(session, ask, tell, backend)


def _run(session: Session, ask: Ask | None, tell: Tell, backend: Backend | None) -> Verdict:
    stage: Stage | None = STAGES[0]
    while (due := prepare(session, stage)) is not None:
        if due is not stage:
            tell(f"{due.key}: not approved any more")
        state = _passed(session, due, ask, tell, backend)
        if state == "stopped":
            break
        position = STAGES.index(due) + 1
        stage = STAGES[position] if position < len(STAGES) else None
    written = write_report(session)
    for path in sorted(str(p) for p in written.get("files", ())):
        tell(f"report: {session.path / path}")
    return verdict(session)


def _passed(session: Session, stage: Stage, ask: Ask | None, tell: Tell, backend: Backend | None) -> State:
    """Run rounds of a stage until it is approved, stopped, or an earlier phase has to run again."""
    while True:
        assignments = stage.open_round(session)
        tell(f"{stage.key}: {len(assignments)} agent(s)")
        for told in _agents(session, stage, assignments, backend):
            tell(f"{stage.key}: {told}")
        rounds = close_round(session, stage)
        if rounds and not session.checkpoints.get(stage.key, rounds[-1]["round"]):
            answer = stage.answer_by_policy(session, rounds[-1]["round"])
            if answer is None:
                if ask is None:
                    raise ThreatModelingError(f"{stage.key} waits for a person; run with --approve auto, or in a terminal")
                ask(session, stage, rounds[-1])
        state = stage.state(session)
        earlier = unapproved_before(session, stage) is not None
        if state != "again" or earlier:
            tell(f"{stage.key}: {'an earlier phase runs again' if earlier else state}")
            return state


def _agents(session: Session, stage: Stage, assignments: list[dict[str, Any]], backend: Backend | None) -> Iterator[str]:
    """Run the agents of a round, as many at a time as there are processors; an interruption ends them all."""
    interrupted = Event()
    with ThreadPoolExecutor(max_workers=max(os.cpu_count() or 1, 1)) as pool:
        running = [pool.submit(_agent, session, stage, a, interrupted, backend) for a in assignments]
        try:
            for future in running:
                yield future.result()
        except BaseException:
            interrupted.set()
            pool.shutdown(wait=False, cancel_futures=True)
            while not all(future.done() for future in running):
                end_agents()
                time.sleep(0.1)
            raise


def _agent(session: Session, stage: Stage, assignment: dict[str, Any], interrupted: Event, backend: Backend | None) -> str:
    limit = session.request.agent_timeout_minutes * 60
    reason = ""
    for _ in range(MAX_TRIES):
        if interrupted.is_set():
            return f"{assignment['label']}: interrupted"
        try:
            result = stage.run_agent(session, assignment["id"], limit, backend)
        except AgentFailed as error:
            reason = str(error)
            if not error.again:
                break
        else:
            return f"{assignment['label']}: " + ("as delivered" if result["reused"] else "done")
    return f"{assignment['label']}: failed: {reason}"
