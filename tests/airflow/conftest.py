"""An Airflow home of its own for the tests of the shell, set before anything imports Airflow."""

import os
import subprocess
import sys
import tempfile
import warnings
from pathlib import Path

import pytest
from tests.airflow.flawed import FLAWED

PROJECT = Path(__file__).parents[2]
_HOME = tempfile.TemporaryDirectory(prefix="threat-modeling-tests-")

os.environ.update(
    {
        "AIRFLOW_HOME": _HOME.name,
        "AIRFLOW__CORE__DAGS_FOLDER": str(PROJECT / "dags"),
        "AIRFLOW__CORE__PLUGINS_FOLDER": str(PROJECT / "plugins"),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__CORE__EXECUTOR": "LocalExecutor",
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": f"sqlite:///{_HOME.name}/airflow.db",
        "NO_PROXY": "127.0.0.1",
        "THREAT_MODELING_ALLOWED_TARGETS": tempfile.gettempdir(),
        "THREAT_MODELING_SESSIONS_ROOT": tempfile.gettempdir(),
    }
)

with warnings.catch_warnings():  # Airflow's own deprecations are not ours to fix
    warnings.simplefilter("ignore")
    from airflow.dag_processing.dagbag import DagBag


def pytest_collection_modifyitems(items):
    """Warnings raised while Airflow runs are its own; those of our modules stay errors in the unit tests."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.filterwarnings("ignore"))


@pytest.fixture(scope="session")
def database():
    """The metadata database of Airflow's home, up to date."""
    subprocess.run([sys.executable, "-m", "airflow", "db", "migrate"], check=True, capture_output=True)


@pytest.fixture(scope="session")
def dag():
    """The DAG as the DAG processor loads it."""
    bag = DagBag(PROJECT / "dags")
    assert bag.import_errors == {}
    return bag.dags["threat_modeling"]


@pytest.fixture(scope="session")
def run_dag(database):
    """Runs the DAG in this process on the values of its form; each time loaded anew, since a run leaves its values in the DAG."""
    del database
    return lambda conf: DagBag(PROJECT / "dags").dags["threat_modeling"].test(run_conf=conf)


@pytest.fixture
def target(tmp_path):
    """A tiny application of two components, one of them with a flaw."""
    folder = tmp_path / "target"
    for name in ("api", "web"):
        (folder / name).mkdir(parents=True)
    (folder / "README.md").write_text("# Items\nSells items.\n")
    (folder / "web" / "page.js").write_text("export const title = 'Items'\n")
    (folder / "api" / "app.py").write_text(FLAWED.format(n=1))
    return folder
