"""The human-approval sensor: lets the next stage start on an approval, and on nothing else."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pendulum
from airflow.sdk import BaseSensorOperator
from airflow.sdk.bases.skipmixin import SkipMixin
from airflow.sdk.exceptions import AirflowRescheduleException, AirflowSensorTimeout

from threat_modeling_airflow.current_session import current_session, stage_of
from threat_modeling_airflow.names import REPORT, VERDICT
from threat_modeling_airflow.recovery import RETRIES

if TYPE_CHECKING:
    from airflow.sdk import Context

    from threat_modeling.session import Session

POKE = timedelta(seconds=60)
"""Poked faster, the sensor is queued again before the executor has reported its last poke, and the scheduler fails it."""
FIRST_POKE = timedelta(seconds=30)
"""After a request for revision the sensor may run once before the tasks that hold it are cleared; it then looks again this soon."""
LOST = timedelta(minutes=30)
"""How long an answered round may wait for the next one to open."""
ALWAYS_RUN = frozenset({REPORT, VERDICT})


class ApprovalSensor(BaseSensorOperator, SkipMixin):
    """Waits until the newest round of a stage is approved; a stop skips everything but report and verdict.

    It starts once the newest round is answered. A request for revision clears the tasks before it, which hold it, so it sees "again"
    only around that moment - or for long when the clearing was lost: then it fails and names the remedy, as it does where there is no
    answer. Its timeout counts from the answer, because a person may take any time.
    """

    inherits_from_skipmixin = True

    def __init__(self, *, stage_key: str, **kwargs: Any) -> None:
        super().__init__(
            mode="reschedule",
            poke_interval=POKE,
            timeout=timedelta(days=3650),
            retries=RETRIES,
            retry_delay=timedelta(seconds=10),
            trigger_rule="none_failed_min_one_success",
            **kwargs,
        )
        self.stage_key = stage_key

    def poke(self, context: Context) -> bool:
        """True on an approval, False while another round is due. Raises AirflowSensorTimeout when that round was not opened in time."""
        session = current_session(context)
        state = stage_of(self.stage_key).state(session)
        self.log.info("%s: %s", self.stage_key, state)
        if state == "waiting":
            self._check_asked(session, context["run_id"])
        elif state == "stopped":
            downstream = self.get_flat_relatives(upstream=False)
            self.skip(context["ti"], [one for one in downstream if one.task_id not in ALWAYS_RUN])
        elif state == "again":
            self._check_lost(session, context)
            if context["ti"].get_first_reschedule_date(context) is None:
                raise AirflowRescheduleException(pendulum.now("UTC") + FIRST_POKE)  # type: ignore[no-untyped-call]
        return state in {"approved", "stopped"}

    def _check_asked(self, session: Session, run_id: str) -> None:
        """Its checkpoint has ended, so an answer is on record, unless someone marked a task as success: then nobody is being asked.

        The retries give a shared disk the time to show an answer that was just written.
        """
        from threat_modeling.errors import CheckpointRejected  # noqa: PLC0415 - loaded when the task runs, not when the DAG is parsed

        rounds = session.checkpoints.rounds(self.stage_key)
        what, task = (f"round {rounds[-1].round} was not answered", "checkpoint") if rounds else ("nothing was asked", "consolidate")
        raise CheckpointRejected(
            f"{self.stage_key}: {what}, and a task that is marked as success approves nothing. "
            f"Clear {self.task_id.removesuffix('approval')}{task} with its downstream in run {run_id}: you are asked"
        )

    def _check_lost(self, session: Session, context: Context) -> None:
        answered = pendulum.DateTime.fromisoformat(session.checkpoints.decisions(self.stage_key)[-1].at)
        if pendulum.now("UTC") - answered > LOST:
            group = self.task_id.removesuffix(".approval")
            tasks = "|".join(f"{group}.{name}" for name in ("assign", "agent", "consolidate", "checkpoint"))
            raise AirflowSensorTimeout(
                f"The round asked for at {answered} was not opened. Clear the tasks {tasks} and this one in run {context['run_id']}, "
                "or restart the API server and clear this one."
            )
