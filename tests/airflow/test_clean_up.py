"""The DAG that cleans up."""

import os

import pytest
from airflow.dag_processing.dagbag import DagBag
from tests.airflow.conftest import PROJECT


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize("dry_run", [True, False])
def test_it_removes_what_is_due_below_the_root_of_sessions_or_only_says_so(tmp_path, monkeypatch, dry_run):
    old = tmp_path / "clones" / "old"
    old.mkdir(parents=True)
    os.utime(old, (0, 0))
    monkeypatch.setenv("THREAT_MODELING_SESSIONS_ROOT", str(tmp_path))
    dag = DagBag(PROJECT / "dags").dags["threat_modeling_clean_up"]
    assert dag.is_paused_upon_creation
    run = dag.test(run_conf={"dry_run": dry_run})
    assert run.state == "success"
    assert old.exists() == dry_run
