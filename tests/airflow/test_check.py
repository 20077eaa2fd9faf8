"""The check of what is missing: with everything in its place it passes, and each thing that is broken is named with its remedy."""

import os
import subprocess
import sys
from importlib.metadata import distribution

import pytest
from airflow.listeners.listener import get_listener_manager
from airflow.models.pool import Pool
from airflow.utils.session import create_session

from threat_modeling_airflow import listener as ours
from threat_modeling_airflow.check import IN_SERVER, findings
from threat_modeling_airflow.names import AGENT_POOL, PACKAGE
from threat_modeling_airflow.watch import health


@pytest.fixture
def pool(database):  # noqa: ARG001 - the tables
    with create_session() as session:
        Pool.create_or_update_pool(AGENT_POOL, 4, "agents", include_deferred=False, session=session)
    yield
    with create_session() as session:
        session.delete(Pool.get_pool(AGENT_POOL, session=session))


def check(tmp_path, **environment):
    """(exit code, lines) of the command with a good environment but for these variables."""
    good = {
        "AIRFLOW__WORKERS__MIN_HEARTBEAT_INTERVAL": "1",
        "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": "http://127.0.0.1:9/execution/",
        "THREAT_MODELING_SESSIONS_ROOT": str(tmp_path / "sessions"),
        "THREAT_MODELING_ALLOWED_TARGETS": "/targets",
    }
    command = [sys.executable, "-m", "threat_modeling_airflow.check"]
    done = subprocess.run(command, env={**os.environ, **good, **environment}, capture_output=True, text=True, check=False, timeout=60)
    assert "Traceback" not in done.stderr, done.stderr
    return done.returncode, [line for line in done.stdout.splitlines() if line.startswith(("missing: ", "note: ", "Ready"))]


@pytest.mark.usefixtures("pool")
def test_with_everything_in_its_place_it_passes(tmp_path):
    code, lines = check(tmp_path)
    assert lines == [
        "note: No API server answers at http://127.0.0.1:9. If it runs elsewhere, set AIRFLOW__CORE__EXECUTION_API_SERVER_URL",
        "Ready for threat-modeling sessions.",
    ]
    assert code == 0


@pytest.mark.usefixtures("database")
def test_whatever_is_broken_is_named_with_its_remedy(tmp_path):
    (tmp_path / "file").touch()
    code, lines = check(
        tmp_path,
        AIRFLOW__CORE__EXECUTOR="CeleryExecutor",
        AIRFLOW__CORE__PLUGINS_FOLDER=str(tmp_path),
        AIRFLOW__CORE__DAGS_FOLDER=str(tmp_path),
        AIRFLOW__WORKERS__MIN_HEARTBEAT_INTERVAL="5",
        AIRFLOW__CELERY_BROKER_TRANSPORT_OPTIONS__VISIBILITY_TIMEOUT="60",
        THREAT_MODELING_SESSIONS_ROOT=str(tmp_path / "file" / "sessions"),
        THREAT_MODELING_ALLOWED_TARGETS="",
    )
    assert code == 1
    for what, remedy in {
        "plugin threat_modeling is not in": "AIRFLOW__CORE__PLUGINS_FOLDER",
        "DAG file threat_modeling.py is not in": "AIRFLOW__CORE__DAGS_FOLDER",
        f"pool {AGENT_POOL} is missing": f"airflow pools set {AGENT_POOL} 4",
        "is not writable": "THREAT_MODELING_SESSIONS_ROOT",
        "No target is allowed": "THREAT_MODELING_ALLOWED_TARGETS",
        "after 60 seconds": "VISIBILITY_TIMEOUT=3600",
    }.items():
        assert any(line.startswith("missing: ") and what in line and remedy in line for line in lines), what
    assert any(line.startswith("note: ") and "MIN_HEARTBEAT_INTERVAL=1" in line for line in lines)


def test_a_plugins_folder_whose_files_airflow_would_run_is_named(tmp_path):
    ran = tmp_path / "ran"
    package = tmp_path / "plugins" / "threat_modeling_airflow"
    package.mkdir(parents=True)
    (package / "command.py").write_text(f"open({str(ran)!r}, 'w')\n")
    code, lines = check(tmp_path, AIRFLOW__CORE__PLUGINS_FOLDER=str(package.parent))
    assert code == 1
    assert [line for line in lines if ".airflowignore does not leave out" in line and "plugins/.airflowignore" in line]
    assert not ran.exists()


def test_a_database_without_tables_is_named(tmp_path):
    code, lines = check(tmp_path, AIRFLOW__DATABASE__SQL_ALCHEMY_CONN=f"sqlite:///{tmp_path}/empty.db")
    assert code == 1
    assert [line for line in lines if "airflow db migrate" in line]


@pytest.mark.usefixtures("pool")
def test_a_root_that_each_worker_has_for_itself_is_named(tmp_path):
    code, lines = check(tmp_path, AIRFLOW__CORE__EXECUTOR="CeleryExecutor", THREAT_MODELING_SESSIONS_ROOT=".threat-modeling")
    assert code == 1
    assert [line for line in lines if "relative" in line and "THREAT_MODELING_SESSIONS_ROOT" in line]


def test_packages_that_are_missing_or_other_than_tested_are_named(tmp_path):
    """Python takes the first description of a package that it finds on its path: these are ours."""
    needed = [line.replace("cvss==", "no-such-package==") for line in distribution(PACKAGE).requires]
    for name, version, lines in ((PACKAGE, "0.1.0", needed), ("apache-airflow", "2.11.0", []), ("pyyaml", "5.0", [])):
        folder = tmp_path / "path" / f"{name.replace('-', '_')}-{version}.dist-info"
        folder.mkdir(parents=True)
        text = [f"Name: {name}", f"Version: {version}", *(f"Requires-Dist: {line}" for line in lines)]
        (folder / "METADATA").write_text("Metadata-Version: 2.1\n" + "\n".join(text) + "\n")
    code, lines = check(tmp_path, PYTHONPATH=str(tmp_path / "path"))
    assert code == 1
    assert [line for line in lines if line.startswith("missing: ") and "no-such-package is missing" in line and "pip install" in line]
    assert [line for line in lines if line.startswith("missing: ") and "Airflow 2.11.0" in line]
    assert [line for line in lines if line.startswith("note: ") and "pyyaml is 5.0, tested with" in line]


@pytest.mark.usefixtures("database")
def test_the_server_tells_what_it_lacks():
    plugins = get_listener_manager().pm  # has loaded the plugin
    plugins.unregister(ours)
    try:
        answer = health()
    finally:
        plugins.register(ours)
    assert answer.status_code == 503
    assert "has not registered the listener" in answer.body.decode()
    assert f"airflow pools set {AGENT_POOL}" in answer.body.decode()


@pytest.mark.usefixtures("pool")
def test_the_server_tells_that_it_is_ready():
    assert findings(IN_SERVER) == []
    assert (health().status_code, health().body) == (200, b"ready")
