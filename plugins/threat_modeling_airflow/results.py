"""What tasks returned, read from the metadata database: for code that runs in a server."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from airflow.models.xcom import XComModel
from sqlalchemy import select

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy.orm import Session


def result_of(session: Session, dag_id: str, run_id: str, task_id: str, map_index: int = -1) -> Any:
    """The value that a task instance returned, None where there is none."""
    row = session.scalar(
        select(XComModel).where(
            XComModel.dag_id == dag_id,
            XComModel.run_id == run_id,
            XComModel.task_id == task_id,
            XComModel.map_index == map_index,
            XComModel.key == "return_value",
        )
    )
    return XComModel.deserialize_value(row) if row else None


def results_of(session: Session, dag_run_ids: Collection[int], task_ids: Collection[str]) -> dict[tuple[int, str], Any]:
    """What unmapped tasks of many runs returned, in one query: by the run's number in the database and the task."""
    rows = session.scalars(
        select(XComModel).where(
            XComModel.dag_run_id.in_(dag_run_ids),
            XComModel.task_id.in_(task_ids),
            XComModel.map_index == -1,
            XComModel.key == "return_value",
        )
    )
    return {(row.dag_run_id, row.task_id): XComModel.deserialize_value(row) for row in rows}
