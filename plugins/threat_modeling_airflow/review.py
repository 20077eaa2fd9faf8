"""What Airflow's checkpoint page shows around a question: links to the whole review, the cost so far, the diagram."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from airflow.sdk.configuration import conf

from threat_modeling.delivery import Delivery
from threat_modeling.errors import ThreatModelingError
from threat_modeling.phases.order import STAGES
from threat_modeling_airflow.pages.addresses import session_page

if TYPE_CHECKING:
    from threat_modeling.session import Session
    from threat_modeling.stage import Stage

DRAWN_FROM = 3
"""The phase from which on there is a diagram."""


def framed(body: str, session: Session, stage: Stage, dag_id: str, run_id: str) -> str:
    """The body of a question, with what Airflow can show beside it. Markdown opens links in a new tab."""
    page = urlsplit(conf.get("api", "base_url", fallback="")).path.rstrip("/") + session_page(dag_id, run_id)
    picture = [f"![Data-flow diagram]({page}/diagram.svg)"] if stage.phase.number >= DRAWN_FROM else []
    links = f"[Open the full review]({page}/review) · [Phases and agents]({page}?view=phases)"
    waits = session.request.answer_hours
    deadline = [f"**Without an answer within {waits:g} h** the session stops with a partial report."] if waits else []
    return "\n\n".join([links, cost(session, stage), *deadline, body.strip(), *picture]) + "\n"


def cost(session: Session, stage: Stage) -> str:
    """What the agents took so far, and what the next stage with any agents will, as one line of Markdown.

    The estimate is the mean of the agents of the same phase, or of all where none of it ran. Seconds are of agents, which run side by side.
    """
    worked = {one.key: _seconds(session, one) for one in STAGES}
    every = [seconds for listed in worked.values() for seconds in listed]
    so_far = f"Cost so far: {len(every)} agent{'s' if len(every) != 1 else ''}, {sum(every):.0f} s of work."
    for following in STAGES[STAGES.index(stage) + 1 :]:
        agents = _agents(session, following)
        if agents is None:
            return f"{so_far} Next: {following.title}; how many agents it needs is decided when it starts."
        if agents:
            same = [seconds for one in STAGES if one.phase is following.phase for seconds in worked[one.key]] or every
            return (
                f"{so_far} Next: {following.title}, {agents} agent{'s' if agents != 1 else ''}, about {agents * sum(same) / max(1, len(same)):.0f} s."
            )
    return so_far


def _seconds(session: Session, stage: Stage) -> list[float]:
    """How long each agent of a stage worked that delivered."""
    delivery = Delivery(session, stage)
    try:
        return [standing.seconds for task in delivery.tasks() if (standing := delivery.standing(task)).seconds is not None]
    except ThreatModelingError:
        return []


def _agents(session: Session, stage: Stage) -> int | None:
    """How many agents a stage will have; None where earlier phases have not told yet."""
    try:
        return len(list(stage.phase.assign(session, stage)))
    except ThreatModelingError:
        return None
