"""Target files as DAGs: one DAG each, all with the one graph. A file that is wrong is told apart, so that the others live."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from airflow.sdk import CronTriggerTimetable, get_parsing_context
from airflow.sdk.exceptions import AirflowTimetableInvalid

from threat_modeling.errors import TargetFileInvalid, ThreatModelingError
from threat_modeling.request_check import allowed
from threat_modeling.settings import settings
from threat_modeling.target_file import TargetFile, load, target_files
from threat_modeling_airflow.names import DAG_ID
from threat_modeling_airflow.scan_memory import Memory
from threat_modeling_airflow.session_dag import session_dag

if TYPE_CHECKING:
    from pathlib import Path

    from airflow.sdk import DAG


def target_dags(project: Path) -> list[DAG]:
    """A DAG `threat_modeling__<name>` per target file that is right. A task that runs needs its own alone, so only that one is made."""
    wanted = get_parsing_context().dag_id
    files = [file for file in _files(project) if wanted in {None, _dag_id(file)}]
    return [_dag(file, target) for file in files if isinstance(target := _checked(file), TargetFile)]


def wrong_target_files(project: Path) -> list[str]:
    """What is wrong with target files: the file, the field, the remedy. Makes no DAG, or Airflow would count it as this caller's."""
    return [wrong for file in _files(project) if isinstance(wrong := _checked(file), str)]


def _files(project: Path) -> list[Path]:
    return target_files(project / settings().target_files)


def _dag_id(file: Path) -> str:
    return f"{DAG_ID}__{file.stem}"


def _checked(file: Path) -> TargetFile | str:
    """The target file, or what is wrong with it as far as it can be told without seeing the target."""
    try:
        target = load(file)
    except TargetFileInvalid as error:
        return str(error)
    try:
        allowed(_given(target), settings(), trusted=file.parent)
        if timetable := _timetable(target):
            timetable.validate()
    except ThreatModelingError as error:
        return "\n".join(f"{file.name}: {line}" for line in str(error).splitlines())
    except AirflowTimetableInvalid as error:
        return f"{file.name}: schedule.cron: {error}; write it like 30 3 * * 1-5"
    return target


def _given(target: TargetFile) -> dict[str, Any]:
    return {"out": settings().sessions_root} | target.request()


def _timetable(target: TargetFile) -> CronTriggerTimetable | None:
    return CronTriggerTimetable(target.schedule.cron, timezone=target.schedule.timezone) if target.schedule else None


def _dag(file: Path, target: TargetFile) -> DAG:
    return session_dag(
        _dag_id(file),
        given=_given(target),
        trusted=file.parent,
        schedule=_timetable(target),
        approvers=target.approvers,
        remember=Memory.of(file.stem, skip_unchanged=bool(target.schedule and target.schedule.unchanged == "skip")),
        notifications=target.notifications.dump() if target.notifications else None,
        max_active_runs=1,
        doc_md=f"Sessions of the target `{file.name}`. Everything they ask for stands in that file.",
        description=f"Threat model of the target {file.stem}, as {file.name} says.",
        default_args={"owner": "security"},
    )
