"""The one graph of a session: setup, the stages in order, report, verdict."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from airflow.sdk import DAG, Asset, Metadata, get_current_context, task
from airflow.sdk.exceptions import AirflowFailException, AirflowSkipException
from threat_modeling.phases import STAGES

from threat_modeling_airflow.current_session import SETUP, current_session
from threat_modeling_airflow.params import request_params, validated_request
from threat_modeling_airflow.phase_group import phase_group

SESSIONS = Asset("threat-model-session", uri="x-threat-modeling://session")


def session_dag(dag_id: str, **kwargs: Any) -> DAG:
    """A DAG of which each run is one session."""
    with DAG(dag_id, params=request_params(), catchup=False, schedule=None, **kwargs) as dag:
        previous: Any = _setup()
        for stage in STAGES:
            first, last = phase_group(stage)
            previous >> first
            previous = last
        report = _report()
        previous >> report >> _verdict()
    return dag


def _setup() -> Any:
    @task(task_id=SETUP)
    def setup() -> dict[str, str]:
        from threat_modeling.session import Session

        context = get_current_context()
        request = validated_request(dict(context["params"]))
        session = Session.create(request, request.out, {"dag_id": context["dag"].dag_id, "run_id": context["run_id"]})
        return {"session": str(session.path), "approval": request.approval}

    return setup()


def _report() -> Any:
    @task(task_id="report", trigger_rule="all_done", outlets=[SESSIONS])
    def report() -> dict[str, Any]:
        from threat_modeling.exporters import write_report

        context = get_current_context()
        session = current_session(context)
        counts = write_report(session)
        yield_ = {"session": session.id, "status": session.verdict().status, **counts}
        context["outlet_events"][SESSIONS].extra = yield_
        return yield_

    return report()


def _verdict() -> Any:
    @task(task_id="verdict", trigger_rule="all_done")
    def verdict() -> str:
        found = current_session(get_current_context()).verdict()
        if found.status == "stopped":
            raise AirflowSkipException("Stopped: " + "; ".join(found.reasons))
        if found.status != "complete":
            raise AirflowFailException("Unresolved: " + "; ".join(found.reasons))
        return found.status

    return verdict()
