"""Opens the next round of a stage: clears its tasks after an answer that asks for one."""

from __future__ import annotations

import logging
from typing import Any

from airflow.models.dagbag import DBDagBag
from airflow.models.dagrun import DagRun
from airflow.models.taskinstance import TaskInstance
from airflow.models.xcom import XComModel
from airflow.utils.session import create_session
from airflow.utils.state import DagRunState, TaskInstanceState
from sqlalchemy import select

log = logging.getLogger(__name__)

CHECKPOINT = ".checkpoint"


def open_next_round(dag_id: str, run_id: str, task_id: str) -> bool:
    """Clear the stage of the checkpoint `task_id` when its newest answer asks for another round.

    assign, the agents, consolidate and the newest checkpoint instance are cleared; the approval sensor is not, since it may be running.
    Reads the answer from the task's own result, never from an event. Calling it twice is harmless: cleared tasks have no answer.
    Returns whether something was cleared.
    """
    with create_session() as session:
        run = session.scalar(select(DagRun).where(DagRun.dag_id == dag_id, DagRun.run_id == run_id))
        if run is None or run.state != DagRunState.RUNNING:
            return False
        asked = session.scalars(
            select(TaskInstance)
            .where(TaskInstance.dag_id == dag_id, TaskInstance.run_id == run_id, TaskInstance.task_id == task_id)
            .where(TaskInstance.state != TaskInstanceState.REMOVED)
            .order_by(TaskInstance.map_index.desc())
            .limit(1)
            .with_for_update(of=TaskInstance)
        ).first()
        if asked is None or asked.state != TaskInstanceState.SUCCESS or not _another_round(asked, session):
            return False
        dag = DBDagBag().get_dag_for_run(dag_run=run, session=session)
        if dag is None:
            log.error("No serialized DAG %s: the next round of %s in %s is not opened", dag_id, task_id, run_id)
            return False
        group = task_id.removesuffix(CHECKPOINT)
        tasks = [f"{group}.assign", f"{group}.agent", f"{group}.consolidate", (task_id, asked.map_index)]
        count = dag.clear(task_ids=tasks, run_id=run_id, dag_run_state=False, session=session)
        log.info("Opened the next round of %s in %s: %s task instances cleared", group, run_id, count)
        return True


def _another_round(asked: TaskInstance, session: Any) -> bool:
    result = session.scalar(
        select(XComModel).where(
            XComModel.dag_id == asked.dag_id,
            XComModel.run_id == asked.run_id,
            XComModel.task_id == asked.task_id,
            XComModel.map_index == asked.map_index,
            XComModel.key == "return_value",
        )
    )
    if result is None:
        return False
    value = XComModel.deserialize_value(result)
    return isinstance(value, dict) and value.get("again") is True
