"""What the Airflow shell registers with Airflow. The only file here that Airflow's plugin loader scans: see .airflowignore."""

from __future__ import annotations

from typing import Any, ClassVar

from airflow.plugins_manager import AirflowPlugin

from threat_modeling_airflow import listener, watch


class ThreatModelingPlugin(AirflowPlugin):
    """The listener that opens the next round of a stage, and the watch that catches what it missed."""

    name = "threat_modeling"
    listeners: ClassVar[list[Any]] = [listener]
    fastapi_apps: ClassVar[list[dict[str, Any]]] = [{"app": watch.app, "url_prefix": "/threat-modeling-rounds", "name": "threat modeling: rounds"}]
