"""A threat-modeling session of one codebase, triggered by hand."""

from __future__ import annotations

from threat_modeling_airflow.session_dag import session_dag

dag = session_dag("threat_modeling")
