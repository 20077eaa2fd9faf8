"""Answers that Airflow took and no task has put on record yet: kept in the session, so that a kill in between asks nobody twice.

A task that is tried again throws the answer in Airflow's database away. So the API server, which is up before any task runs, copies
answers that wait into the session when it starts and once a minute.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

import pendulum

from threat_modeling.errors import ThreatModelingError
from threat_modeling_airflow.names import SETUP

if TYPE_CHECKING:
    from threat_modeling.session import Session

log = logging.getLogger(__name__)


def keep_answers() -> int:
    """Copy every answer that waits to be put on record; returns how many there were. Runs in the API server."""
    from airflow.models.dagrun import DagRun  # noqa: PLC0415 - database models, which only a server may import
    from airflow.models.hitl import HITLDetail  # noqa: PLC0415
    from airflow.models.taskinstance import TaskInstance  # noqa: PLC0415
    from airflow.utils.session import create_session  # noqa: PLC0415
    from airflow.utils.state import DagRunState, TaskInstanceState  # noqa: PLC0415
    from sqlalchemy import select  # noqa: PLC0415

    from threat_modeling_airflow.results import result_of  # noqa: PLC0415

    with create_session() as database:
        rows = database.execute(
            select(HITLDetail, TaskInstance)
            .join(TaskInstance, TaskInstance.id == HITLDetail.ti_id)
            .join(DagRun, (DagRun.dag_id == TaskInstance.dag_id) & (DagRun.run_id == TaskInstance.run_id))
            .where(DagRun.state == DagRunState.RUNNING, TaskInstance.operator == "Checkpoint", HITLDetail.responded_at.is_not(None))
            .where(TaskInstance.state.is_distinct_from(TaskInstanceState.SUCCESS))
        ).all()
        return sum(keep(result_of(database, ti.dag_id, ti.run_id, SETUP), ti.task_id, ti.map_index + 1, detail) for detail, ti in rows)


def keep(folder: str | None, task_id: str, number: int, detail: Any) -> bool:
    """Copy one answer into the session in a folder; False where it is on record, or where that session is damaged or gone."""
    from threat_modeling.artifact import canonical  # noqa: PLC0415 - loaded in the API server, not when the DAG is parsed
    from threat_modeling.session import Session  # noqa: PLC0415

    if not folder:
        return False
    answer = {
        "chosen_options": list(detail.chosen_options or ()),
        "params_input": dict(detail.params_input or {}),
        "responded_at": pendulum.instance(detail.responded_at).to_iso8601_string(),
        "responded_by_user": dict(detail.responded_by) if detail.responded_by else None,
    }
    stage_key = task_id.split(".", maxsplit=1)[0].replace("_", "-")
    try:
        session = Session.open(folder)
        if session.checkpoints.get(stage_key, number):
            return False
        session.write(_path(stage_key, number), canonical(answer))
    except (ThreatModelingError, OSError) as error:  # it costs no other session its answers
        log.warning("Could not keep the answer to %s, round %s, in %s: %s", task_id, number, folder, error)
        return False
    return True


def kept_answer(session: Session, stage_key: str, number: int) -> dict[str, Any] | None:
    """The answer to a round that was kept, as Airflow hands an answer to the task; None where there is none."""
    path = _path(stage_key, number)
    if not session.integrity.holds(path):
        return None
    answer: dict[str, Any] = session.json(path)
    return answer | {"responded_at": pendulum.parse(answer["responded_at"])}


def _path(stage_key: str, number: int) -> str:
    return f"checkpoints/{stage_key}-round-{number}.answer.json"
