"""Names that the graph and those who look at it from outside share. Imports no Airflow, so that the command line starts at once."""

from __future__ import annotations

PACKAGE, PLUGIN = "threat-modeling", "threat_modeling"
DAG_ID = "threat_modeling"
AGENT_POOL = "threat_modeling_agents"
TAG = "threat-modeling"
"""The tag of every DAG whose runs are sessions."""
SETUP, REPORT, VERDICT = "setup", "report", "verdict"


def group_id(stage_key: str) -> str:
    """The id of a stage's task group: "phase-4-critical" is "phase_4_critical"."""
    return stage_key.replace("-", "_")
