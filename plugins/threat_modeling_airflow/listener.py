"""Listens for answered checkpoints in the API server, and finds the ones that were missed while it was down."""

from __future__ import annotations

import logging
from typing import Any

from airflow.listeners import hookimpl

log = logging.getLogger(__name__)


@hookimpl
def on_asset_event_emitted(asset_event: Any) -> None:
    """Open the next round. Trusts the event's source, which Airflow writes, and never its `extra`, which anyone with access may write."""
    from threat_modeling_airflow.checkpoint import DECISIONS

    source = (asset_event.source_dag_id, asset_event.source_run_id, asset_event.source_task_id)
    if asset_event.asset.uri != DECISIONS.uri or not all(source):
        return
    from threat_modeling_airflow.rounds import open_next_round

    log.info("Answer at %s", source)
    open_next_round(*source)
