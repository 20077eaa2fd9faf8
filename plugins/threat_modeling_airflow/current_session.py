"""The session that a running task belongs to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from airflow.sdk.exceptions import AirflowFailException

from threat_modeling_airflow.names import SETUP

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from threat_modeling.session import Session
    from threat_modeling.stage import Stage


def session_folder(context: Mapping[str, Any]) -> str | None:
    """The folder that the setup task of this run returned, None when it did not succeed."""
    found: str | None = context["ti"].xcom_pull(task_ids=SETUP)
    return found


def current_session(context: Mapping[str, Any]) -> Session:
    """The session of this run, opened from its folder. Raises AirflowFailException when the run has none."""
    from threat_modeling.session import Session  # noqa: PLC0415 - loaded when a task runs, not when the DAG is parsed

    folder = session_folder(context)
    if folder is None:
        raise AirflowFailException(
            "This run has no session, because its setup task did not succeed: see its log, correct the request, trigger again."
        )
    session = Session.open(folder)
    run_id, owner = context.get("run_id"), session.config.run.get("run_id")
    if run_id and owner and run_id != owner:
        raise AirflowFailException(f"The session {session.id} was taken over by run {owner}, which resumed it: go on there.")
    return session


def stage_of(stage_key: str) -> Stage:
    """The product's stage with that key."""
    from threat_modeling.phases.order import STAGES  # noqa: PLC0415 - as above

    return next(stage for stage in STAGES if stage.key == stage_key)
