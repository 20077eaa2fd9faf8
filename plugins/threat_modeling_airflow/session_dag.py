"""The one graph of a session: setup, the stages in order, report, verdict."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from airflow.sdk import DAG, Asset, get_current_context, task
from airflow.sdk.definitions.param import ParamsDict
from airflow.sdk.exceptions import AirflowFailException, AirflowSkipException

from threat_modeling.phases.order import STAGES
from threat_modeling_airflow.current_session import current_session, session_folder
from threat_modeling_airflow.names import REPORT, TAG, VERDICT
from threat_modeling_airflow.notification import tell
from threat_modeling_airflow.pages.addresses import tab
from threat_modeling_airflow.params import request_params
from threat_modeling_airflow.phase_group import phase_group
from threat_modeling_airflow.recovery import RETRIES
from threat_modeling_airflow.scan_memory import Memory, remember_scan
from threat_modeling_airflow.setup_task import SetupSession

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

SESSIONS = Asset("threat-model-session", uri="x-threat-modeling://session")
"""Every finished session is an event of this asset, with its counts as `extra`. Clearing tasks emits it again: consume it per run."""


def session_dag(
    dag_id: str,
    *,
    defaults: Mapping[str, Any] | None = None,
    given: Mapping[str, Any] | None = None,
    trusted: Path | None = None,
    approvers: Sequence[str] = (),
    remember: Memory | None = None,
    notifications: Mapping[str, Any] | None = None,
    schedule: Any = None,
    **kwargs: Any,
) -> DAG:
    """A DAG of which each run is one session; `kwargs` go to the DAG (doc_md, ...).

    `defaults` are values of the trigger form that differ from those of the model. `given` are the fields of a target file (in the folder
    `trusted`), instead of a form. `approvers` are the only users who may answer its checkpoints. `remember` keeps what was
    scanned on the target's asset. `notifications` say who is told of what.
    """
    with DAG(dag_id, schedule=schedule, catchup=False, tags=["security", TAG], **kwargs) as dag:
        previous: Any = SetupSession(given=given, trusted=trusted, remember=remember)
        for stage in STAGES:
            first, last = phase_group(stage, approvers, notifications)
            previous >> first
            previous = last
        previous >> _report() >> _verdict.override(outlets=[remember.asset] if remember else [])(notifications=notifications)
    # set last, or every task would carry the whole form: four times the bytes that the scheduler reads in each round
    dag.params = ParamsDict(request_params(defaults) if given is None else {})
    return dag


@task(task_id=REPORT, trigger_rule="all_done", retries=RETRIES, retry_delay=timedelta(seconds=10), outlets=[SESSIONS])
def _report() -> dict[str, Any]:
    """Write the final report of whatever there is, and publish the session with its counts."""
    from threat_modeling.exporters import write_report  # noqa: PLC0415
    from threat_modeling.recovery import prepare  # noqa: PLC0415
    from threat_modeling.verdict import verdict  # noqa: PLC0415

    context = get_current_context()
    if session_folder(context) is None:
        raise AirflowSkipException("There is no session to report on.")
    session = current_session(context)
    if verdict(session).status == "complete":
        prepare(session, None)  # nothing may have been damaged since the last phase
    published = {"session": session.id, "folder": str(session.path), "status": verdict(session).status, **write_report(session)}
    context["outlet_events"][SESSIONS].extra = published
    return published


@task(task_id=VERDICT, trigger_rule="all_done", retries=RETRIES, retry_delay=timedelta(seconds=10))
def _verdict(notifications: Mapping[str, Any] | None = None) -> str:
    """Succeed when the session is complete, be skipped when a person stopped it, fail when anything stayed unresolved; and tell which."""
    from threat_modeling.verdict import verdict  # noqa: PLC0415

    context = get_current_context()
    page = tab(context["dag"].dag_id, context["run_id"])
    if session_folder(context) is None:
        tell(notifications, "failed", "the session did not start: see the log of the task setup", page)
    session = current_session(context)
    found = verdict(session)
    reasons = "; ".join(found.reasons)
    tell(notifications, "failed" if found.status == "incomplete" else "finished", f"{session.id}: {found.status}. {reasons[:500]}", page, session)
    if found.status == "stopped":
        raise AirflowSkipException(f"Stopped by a person, the report is partial: {reasons}")
    if found.status != "complete":
        raise AirflowFailException(f"Incomplete: {reasons}. Clear what failed with its downstream; the report is written again.")
    for asset in context["task"].outlets:
        remember_scan(context, asset, session)
    return found.status
