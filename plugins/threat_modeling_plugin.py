"""What the Airflow shell registers with Airflow. The only file here that Airflow's plugin loader scans: see .airflowignore."""

from __future__ import annotations

from typing import Any, ClassVar

from airflow.plugins_manager import AirflowPlugin

from threat_modeling_airflow import listener, session_dag, watch
from threat_modeling_airflow.names import PLUGIN
from threat_modeling_airflow.pages.views import FASTAPI_APPS, VIEWS

PRELOADED = session_dag.__name__
"""Loaded here although nothing is registered from it: task processes are forked from one that has loaded the plugins, and so need
not load the product again for each task."""


class ThreatModelingPlugin(AirflowPlugin):
    """The pages, the listener that opens the next round of a stage, and the watch that catches what it missed."""

    name = PLUGIN
    listeners: ClassVar[list[Any]] = [listener]
    fastapi_apps: ClassVar[list[dict[str, Any]]] = [
        {"app": watch.app, "url_prefix": "/threat-modeling-rounds", "name": "threat modeling: rounds"},
        *FASTAPI_APPS,
    ]
    external_views: ClassVar[list[dict[str, Any]]] = VIEWS
