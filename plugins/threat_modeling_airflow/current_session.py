"""The session that a running task belongs to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from airflow.sdk.exceptions import AirflowFailException

if TYPE_CHECKING:
    from airflow.sdk import Context
    from threat_modeling.session import Session

SETUP = "setup"
"""Id of the task whose XCom `{"session": folder, "approval": policy}` names the session of the run."""


def setup_result(context: Context) -> dict[str, Any]:
    """What the setup task of this run returned: the folder of the session and its approval policy.

    Raises AirflowFailException when the setup task has not succeeded.
    """
    found = context["ti"].xcom_pull(task_ids=SETUP)
    if not found:
        raise AirflowFailException("This run has no session: the setup task did not succeed. Its log names the field to correct; trigger a new run.")
    return dict(found)


def current_session(context: Context) -> Session:
    """The session of this run, opened from its folder."""
    from threat_modeling.session import Session  # noqa: PLC0415 - the product is loaded when a task runs, not when the DAG is parsed

    return Session.open(setup_result(context)["session"])
