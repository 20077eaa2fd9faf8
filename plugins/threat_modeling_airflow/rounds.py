"""Opens the next round of a stage in the API server: clears the tasks of a stage whose newest answer asks for another round."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import Any

import pendulum
from airflow.models.dagbag import DBDagBag
from airflow.models.dagrun import DagRun
from airflow.models.taskinstance import TaskInstance
from airflow.utils.session import create_session
from airflow.utils.state import DagRunState, TaskInstanceState
from sqlalchemy import select

from threat_modeling.phases.order import STAGES
from threat_modeling_airflow.names import group_id
from threat_modeling_airflow.results import result_of

log = logging.getLogger(__name__)

CHECKPOINT = ".checkpoint"
SETTLED = timedelta(seconds=20)
"""How long after an answer the watch leaves it to the listener."""


def open_next_round(dag_id: str, run_id: str, task_id: str) -> bool:
    """Clear assign, agents, consolidate and the newest checkpoint of a stage, if that checkpoint's result asks for it.

    The approval sensor is left alone: a running task that is cleared is killed, and the cleared tasks hold it anyway. After an
    approval (more concerns of the severity follow) the delivered agents stand, so only one agent is cleared: enough for the scheduler
    to add the new ones. Calling this twice is harmless: a cleared checkpoint asks for nothing. Returns whether it cleared anything.
    """
    with create_session() as session:
        run = session.scalar(select(DagRun).where(DagRun.dag_id == dag_id, DagRun.run_id == run_id))
        newest = session.scalars(
            select(TaskInstance)
            .where(TaskInstance.dag_id == dag_id, TaskInstance.run_id == run_id, TaskInstance.task_id == task_id)
            .where(TaskInstance.state.is_distinct_from(TaskInstanceState.REMOVED))
            .order_by(TaskInstance.map_index.desc())
            .limit(1)
            .with_for_update(of=TaskInstance)
        ).first()
        if not run or run.state != DagRunState.RUNNING or not newest or newest.state != TaskInstanceState.SUCCESS:
            return False
        answer = _result(newest, session)
        dag = DBDagBag().get_dag_for_run(dag_run=run, session=session)
        if not dag or not answer.get("again"):
            return False
        group = task_id.removesuffix(CHECKPOINT)
        agents: Any = (f"{group}.agent", 0) if answer["status"] == "approved" else f"{group}.agent"
        tasks = [f"{group}.assign", agents, f"{group}.consolidate", (task_id, newest.map_index), *_between(answer.get("first"), group, dag)]
        # False, as the REST API passes it: the run goes on as it is
        count = dag.clear(task_ids=tasks, run_id=run_id, dag_run_state=False, session=session)  # type: ignore[call-overload]
        log.info("Opened the round after %s of %s in %s: %s task instances cleared", answer["round"], group, run_id, count)
        return True


def _between(first: str | None, group: str, dag: Any) -> list[str]:
    """Every task from the phase that a person went back to up to the stage that asked, whose own sensor waits and is left alone."""
    if not first:
        return []
    groups = [group_id(stage.key) for stage in STAGES if stage.key >= first]
    names = ("assign", "agent", "consolidate", "checkpoint", "approval")
    return [task for one in groups[: groups.index(group)] for name in names if dag.has_task(task := f"{one}.{name}")]


def open_missed_rounds() -> int:
    """Open every round whose event was lost, as when the API server went down after an answer. Returns how many there were."""
    with create_session() as session:
        rows = session.execute(
            select(TaskInstance.dag_id, TaskInstance.run_id, TaskInstance.task_id)
            .join(DagRun, (DagRun.dag_id == TaskInstance.dag_id) & (DagRun.run_id == TaskInstance.run_id))
            .where(DagRun.state == DagRunState.RUNNING, TaskInstance.operator == "Checkpoint", TaskInstance.state == TaskInstanceState.SUCCESS)
            .where(TaskInstance.end_date < pendulum.now("UTC") - SETTLED)
            .distinct()
        ).all()
    return sum(open_next_round(*row) for row in rows)


def _result(task_instance: TaskInstance, session: Any) -> dict[str, Any]:
    """What the task returned. Its result is trusted, unlike an event's `extra`, which anyone who may post events can write."""
    ti = task_instance
    value = result_of(session, ti.dag_id, ti.run_id, ti.task_id, ti.map_index)
    return value if isinstance(value, dict) else {}
