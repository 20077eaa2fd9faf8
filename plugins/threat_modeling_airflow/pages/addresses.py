"""Where things are: addresses of Airflow's pages and of ours, with every name quoted."""

from __future__ import annotations

from urllib.parse import quote

PREFIX = "/threat-model"
"""Where this application is mounted below Airflow."""
TAB = "threat-model"
"""The name of our tab in a run's address."""


def run_page(dag_id: str, run_id: str) -> str:
    """Airflow's page of a run."""
    return f"/dags/{_part(dag_id)}/runs/{_part(run_id)}"


def tab(dag_id: str, run_id: str) -> str:
    """Our tab on Airflow's page of a run."""
    return f"{run_page(dag_id, run_id)}/plugin/{TAB}"


def agent(dag_id: str, run_id: str, group: str, map_index: int) -> str:
    """Airflow's page of one agent, where it is cleared."""
    return f"{run_page(dag_id, run_id)}/tasks/{_part(group)}.agent/mapped/{map_index}"


def question(dag_id: str, run_id: str, task_id: str, map_index: int) -> str:
    """Airflow's page where a checkpoint is answered."""
    return f"{run_page(dag_id, run_id)}/tasks/{_part(task_id)}/mapped/{map_index}/required_actions"


def session_page(dag_id: str, run_id: str) -> str:
    """Our page of a session."""
    return f"{PREFIX}/runs/{_part(dag_id)}/{_part(run_id)}"


def _part(name: str) -> str:
    return quote(name, safe="")
