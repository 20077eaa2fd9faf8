"""The DAGs `threat_modeling__<name>`: one for each target file, each with the graph of the DAG `threat_modeling`."""

from __future__ import annotations

from pathlib import Path

from threat_modeling_airflow.targets import target_dags

for dag in target_dags(Path(__file__).parents[1]):
    globals()[dag.dag_id] = dag
