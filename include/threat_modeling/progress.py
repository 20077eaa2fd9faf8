"""Where a session stands, read from its files: what ran, what is running, what failed and what waits for a person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from threat_modeling.delivery import Delivery
from threat_modeling.errors import ArtifactInvalid
from threat_modeling.model import Model
from threat_modeling.phases.order import STAGES

if TYPE_CHECKING:
    from threat_modeling.session import Session
    from threat_modeling.stage import Stage

StageState = Literal["not started", "running", "waiting", "approved", "stopped"]


class AgentProgress(Model):
    """One assignment of the open round. `seconds` is how long its agent worked, None while it has not delivered."""

    id: str
    label: str
    state: Literal["assigned", "delivered", "failed"]
    seconds: float | None = None
    reason: str = ""
    """Why it failed, "" otherwise."""


class StageProgress(Model):
    """One stage. `started` and `finished` are UTC, ISO 8601."""

    key: str
    title: str
    """What a person calls it: "Phase 4: Security controls, CRITICAL"."""
    state: StageState
    started: str | None = None
    finished: str | None = None
    agents: tuple[AgentProgress, ...] = ()
    question: str = ""
    """The subject of the round that waits for an answer, "" where none does."""

    @property
    def delivered(self) -> int:
        """How many agents delivered."""
        return sum(agent.state == "delivered" for agent in self.agents)

    @property
    def failed(self) -> tuple[AgentProgress, ...]:
        """The agents that failed and were not run again since."""
        return tuple(agent for agent in self.agents if agent.state == "failed")


def progress(session: Session) -> tuple[StageProgress, ...]:
    """Every stage in order. A file that is broken hides its stage's agents, and never the other stages."""
    marks = session.metadata().stages
    found = []
    for stage in STAGES:
        mark = marks.get(stage.key)
        try:
            agents = _agents(session, stage)
            question = _question(session, stage)
        except ArtifactInvalid as error:
            agents, question = (AgentProgress(id="", label="the stage's record", state="failed", reason=str(error)),), ""
        state: StageState = "not started" if mark is None else _STATES.get(mark.status, "running")
        found.append(
            StageProgress(
                key=stage.key,
                title=stage.title,
                state=state,
                started=mark and mark.started,
                finished=mark and mark.finished,
                agents=agents,
                question=question,
            )
        )
    return tuple(found)


_STATES: dict[str, StageState] = {"running": "running", "waiting": "waiting", "approved": "approved", "stopped": "stopped"}


def _agents(session: Session, stage: Stage) -> tuple[AgentProgress, ...]:
    delivery = Delivery(session, stage)
    return tuple(AgentProgress(id=task.id, label=task.label, **delivery.standing(task)._asdict()) for task in delivery.tasks())


def _question(session: Session, stage: Stage) -> str:
    rounds = session.checkpoints.rounds(stage.key)
    waits = rounds and session.checkpoints.get(stage.key, rounds[-1].round) is None
    return rounds[-1].subject if waits else ""
