"""The human-approval sensor: lets the next phase start on an approval, and on nothing else."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from airflow.sdk import BaseSensorOperator
from airflow.sdk.bases.skipmixin import SkipMixin
from airflow.sdk.exceptions import AirflowSensorTimeout

from threat_modeling_airflow.current_session import current_session

if TYPE_CHECKING:
    from airflow.sdk import Context

POKE = timedelta(seconds=60)
"""Poking faster re-queues the sensor before the executor has reported its last poke, which fails it."""
LOST = timedelta(minutes=10)
"""How long an answered round may wait for the next one to open before the sensor says how to open it."""
ALWAYS_RUN = ("report", "verdict")


class ApprovalSensor(BaseSensorOperator, SkipMixin):
    """Waits until the checkpoint of a stage is approved; a stop skips everything but report and verdict.

    It runs once the newest round is answered. After a request for revision the cleared tasks upstream hold it, so that it sees
    "again" only in the moments around the clearing - or for long, when the clearing was lost: then it fails and names the remedy.
    """

    def __init__(self, *, stage_key: str, **kwargs: Any) -> None:
        kwargs.pop("params", None)
        super().__init__(
            mode="reschedule",
            poke_interval=POKE,
            timeout=timedelta(days=3650),
            retries=5,
            retry_delay=timedelta(seconds=10),
            trigger_rule="none_failed_min_one_success",
            **kwargs,
        )
        self.stage_key = stage_key

    def poke(self, context: Context) -> bool:
        """True on an approval, False while another round is due."""
        from threat_modeling_airflow.phase_group import stage_of  # noqa: PLC0415 - the group imports this sensor

        state = stage_of(self.stage_key).state(current_session(context))
        self.log.info("%s: %s", self.stage_key, state)
        if state == "stopped":
            rest = [one for one in self.get_flat_relatives(upstream=False) if one.task_id not in ALWAYS_RUN]
            self.skip(context["ti"], rest)
        if state in {"approved", "stopped"}:
            return True
        first = context["ti"].get_first_reschedule_date(context)
        return False
