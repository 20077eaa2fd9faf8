"""A thousand secrets once more: none stands in Airflow's database or logs after a run."""

import os
from pathlib import Path

from tests.hostile.planted.target import plant


def test_neither_database_nor_logs_hold_a_secret(run_dag, tmp_path):
    secrets = plant(tmp_path / "planted")
    run = run_dag({"target": str(tmp_path / "planted"), "out": str(tmp_path / "out"), "approval": "auto"})
    assert run.state == "success"
    home = Path(os.environ["AIRFLOW_HOME"])
    database = b"".join(path.read_bytes() for path in home.glob("airflow.db*"))
    assert b"C-001" in database, "the labels of its agents went through the database"
    logs = b"".join(path.read_bytes() for path in (home / "logs").rglob("*") if path.is_file())
    assert [one for one in secrets if one.encode() in database or one.encode() in logs] == []
