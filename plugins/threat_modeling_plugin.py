"""What the Airflow shell registers with Airflow."""

from __future__ import annotations

from airflow.plugins_manager import AirflowPlugin
from threat_modeling_airflow import listener


class ThreatModelingPlugin(AirflowPlugin):
    """Registers the listener that opens the next round of a stage."""

    name = "threat_modeling"
    listeners = [listener]
