"""The sessions that Airflow knows: each is a DAG run whose setup task returned a session's folder."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from airflow.models.dag import DagTag
from airflow.models.dagrun import DagRun
from airflow.models.taskinstance import TaskInstance
from airflow.utils.session import create_session
from airflow.utils.state import TaskInstanceState
from sqlalchemy import literal_column, select

from threat_modeling.errors import ThreatModelingError
from threat_modeling.session import Session
from threat_modeling_airflow.names import REPORT, SETUP, TAG
from threat_modeling_airflow.results import result_of, results_of

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session as Database


@dataclass(frozen=True, slots=True)
class Question:
    """A checkpoint that waits for a person."""

    task_id: str
    map_index: int
    subject: str


@dataclass(frozen=True, slots=True)
class Run:
    """One DAG run. `folder` is None before its setup task succeeded; `published` is what its report task returned."""

    dag_id: str
    run_id: str
    state: str
    began: datetime | None
    ended: datetime | None
    folder: str | None
    published: dict[str, Any]
    questions: tuple[Question, ...]
    failed: tuple[str, ...]
    """Task instances that failed, each with its label where it has one."""

    def session(self) -> Session | None:
        """The run's session; None where there is none, this server can't see it, or the folder belongs to another run."""
        try:
            found = Session.open(self.folder) if self.folder else None
        except (ThreatModelingError, OSError):
            return None
        runs = (found.config.run, *found.config.earlier_runs) if found else ()
        return found if any((one.get("dag_id"), one.get("run_id")) == (self.dag_id, self.run_id) for one in runs) else None


def runs(dag_ids: Collection[str], most: int) -> list[Run]:
    """The newest runs, at most `most`, of the DAGs among `dag_ids` that are sessions."""
    with create_session() as session:
        ours = select(DagTag.dag_id).where(DagTag.name == TAG, DagTag.dag_id.in_(dag_ids))
        rows = session.scalars(select(DagRun).where(DagRun.dag_id.in_(ours)).order_by(DagRun.run_after.desc(), DagRun.id.desc()).limit(most)).all()
        return _told(session, rows)


def run(dag_id: str, run_id: str) -> Run | None:
    """One run, None where Airflow has none of that name."""
    with create_session() as session:
        row = session.scalar(select(DagRun).where(DagRun.dag_id == dag_id, DagRun.run_id == run_id))
        return _told(session, [row])[0] if row else None


def assignment_id(dag_id: str, run_id: str, group: str, map_index: int) -> str | None:
    """The id of the assignment that a mapped agent task works on."""
    with create_session() as session:
        assigned = result_of(session, dag_id, run_id, f"{group}.assign")
    rows = assigned if isinstance(assigned, list) else []
    return rows[map_index]["assignment_id"] if 0 <= map_index < len(rows) else None


def _told(database: Database, rows: Sequence[DagRun]) -> list[Run]:
    """The runs of these rows: two queries more, however many there are."""
    results = results_of(database, [row.id for row in rows], (SETUP, REPORT))
    asked: Sequence[Any] = database.execute(
        select(TaskInstance.dag_id, TaskInstance.run_id, TaskInstance.task_id, TaskInstance.map_index, TaskInstance.state)
        .add_columns(literal_column("rendered_map_index"))
        .where(TaskInstance.dag_id.in_({row.dag_id for row in rows}), TaskInstance.run_id.in_([row.run_id for row in rows]))
        .where(TaskInstance.state.in_([TaskInstanceState.AWAITING_INPUT, TaskInstanceState.FAILED]))
        .order_by(TaskInstance.start_date, TaskInstance.task_id, TaskInstance.map_index)
    ).all()
    tasks: dict[tuple[str, str], list[Any]] = defaultdict(list)
    for ti in asked:
        tasks[ti.dag_id, ti.run_id].append(ti)
    return [_run(row, results.get((row.id, SETUP)), results.get((row.id, REPORT)), tasks[row.dag_id, row.run_id]) for row in rows]


def _run(row: DagRun, folder: Any, published: Any, tasks: Sequence[Any]) -> Run:
    waiting = [ti for ti in tasks if ti.state == TaskInstanceState.AWAITING_INPUT]
    return Run(
        dag_id=row.dag_id,
        run_id=row.run_id,
        state=str(row.state),
        began=row.start_date or row.queued_at,
        ended=row.end_date,
        folder=folder if isinstance(folder, str) else None,
        published=published if isinstance(published, dict) else {},
        questions=tuple(Question(ti.task_id, ti.map_index, ti.rendered_map_index or ti.task_id) for ti in waiting),
        failed=tuple(f"{ti.task_id} {_label(ti)}".strip() for ti in tasks if ti not in waiting),
    )


def _label(ti: Any) -> str:
    return str(ti.rendered_map_index or (ti.map_index if ti.map_index >= 0 else ""))
