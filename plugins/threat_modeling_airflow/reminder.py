"""Reminds of a checkpoint that waits too long. It never answers: a question stays open until a person decides."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

import pendulum

from threat_modeling.errors import ThreatModelingError
from threat_modeling_airflow.names import SETUP, group_id
from threat_modeling_airflow.notification import tell
from threat_modeling_airflow.pages.addresses import question

if TYPE_CHECKING:
    from collections.abc import Mapping

    from threat_modeling.session import Session

log = logging.getLogger(__name__)


def announce(session: Session, settings: Mapping[str, Any] | None, stage_key: str, number: int, where: Mapping[str, str]) -> None:
    """Tell that a round waits, and keep when that was told; `where` is the run: dag_id and run_id."""
    from threat_modeling.artifact import canonical  # noqa: PLC0415 - loaded when a task runs, not when the DAG is parsed

    if not settings:
        return
    asked = next(one for one in session.checkpoints.rounds(stage_key) if one.round == number)
    page = question(where["dag_id"], where["run_id"], f"{group_id(stage_key)}.checkpoint", number - 1)
    tell(settings, "waiting", f"{asked.subject} waits for your answer", page, session)
    told = {"settings": dict(settings), "at": pendulum.now("UTC").timestamp(), "where": dict(where)}
    session.write(_path(stage_key, number), canonical(told))


def remind(session: Session, stage_key: str, number: int) -> bool:
    """Tell once more of a round that nobody answered within the settings' hours; whether that was due."""
    from threat_modeling.notifications import Notifications  # noqa: PLC0415 - loaded in the API server, not when the DAG is parsed

    path = _path(stage_key, number)
    if not session.integrity.holds(path) or session.checkpoints.get(stage_key, number):
        return False
    told = session.json(path)
    hours = Notifications.model_validate(told["settings"]).remind_hours
    if not hours or pendulum.now("UTC").timestamp() - told["at"] < hours * 3600:
        return False
    announce(session, told["settings"], stage_key, number, told["where"])
    return True


def remind_all() -> int:
    """Remind of every question that waits too long; returns how many. Runs in the API server."""
    from airflow.models.dagrun import DagRun  # noqa: PLC0415 - database models, which only a server may import
    from airflow.models.taskinstance import TaskInstance  # noqa: PLC0415
    from airflow.utils.session import create_session  # noqa: PLC0415
    from airflow.utils.state import DagRunState, TaskInstanceState  # noqa: PLC0415
    from sqlalchemy import select  # noqa: PLC0415

    from threat_modeling_airflow.results import result_of  # noqa: PLC0415

    with create_session() as database:
        rows = database.execute(
            select(TaskInstance.dag_id, TaskInstance.run_id, TaskInstance.task_id, TaskInstance.map_index)
            .join(DagRun, (DagRun.dag_id == TaskInstance.dag_id) & (DagRun.run_id == TaskInstance.run_id))
            .where(DagRun.state == DagRunState.RUNNING, TaskInstance.operator == "Checkpoint")
            .where(TaskInstance.state == TaskInstanceState.AWAITING_INPUT)
        ).all()
        waiting = [(result_of(database, row.dag_id, row.run_id, SETUP), row.task_id, row.map_index + 1) for row in rows]
    return sum(remind_one(folder, task_id.split(".")[0].replace("_", "-"), number) for folder, task_id, number in waiting)


def remind_one(folder: str | None, stage_key: str, number: int) -> bool:
    """Remind of a question of the session in a folder; False where that is not due, or where the session is damaged or gone."""
    from threat_modeling.session import Session  # noqa: PLC0415 - as above

    if not folder:
        return False
    try:
        return remind(Session.open(folder), stage_key, number)
    except (ThreatModelingError, OSError) as error:  # it costs no other session its reminder
        log.warning("Could not remind of %s, round %s, in %s: %s", stage_key, number, folder, error)
        return False


def _path(stage_key: str, number: int) -> str:
    return f"checkpoints/{stage_key}-round-{number}.told.json"
