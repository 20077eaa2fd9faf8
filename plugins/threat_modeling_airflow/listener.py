"""Hears of every answered checkpoint and every written report, in the API server, once they are committed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from airflow.listeners import hookimpl

from threat_modeling_airflow.checkpoint import DECISIONS
from threat_modeling_airflow.session_dag import SESSIONS

if TYPE_CHECKING:
    from airflow.listeners.types import AssetEvent


@hookimpl
def on_asset_event_emitted(asset_event: AssetEvent) -> None:
    """Open the next round of the stage that was answered, if the answer asks for it, and bring the run's note up to date.

    Only the event's source is used: Airflow writes it, and an event posted from outside has none.
    """
    dag_id, run_id, task_id = asset_event.source_dag_id, asset_event.source_run_id, asset_event.source_task_id
    if asset_event.asset.uri not in {DECISIONS.uri, SESSIONS.uri} or not (dag_id and run_id and task_id):
        return
    # imported here, since they need the database models, which only a server may load
    from threat_modeling_airflow.rounds import open_next_round  # noqa: PLC0415
    from threat_modeling_airflow.run_note import write_note  # noqa: PLC0415

    if asset_event.asset.uri == DECISIONS.uri:
        open_next_round(dag_id, run_id, task_id)
    write_note(dag_id, run_id)
