"""An API server over the metadata database of the tests, with one user of each role and a finished session."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest
from tests.airflow.flawed import FLAWED
from tests.airflow.pages.people import USERS
from tests.airflow.scheduler.conftest import free_port

PROJECT = Path(__file__).parents[3]


def session_page(run_id):
    """Where a session is shown."""
    return f"/threat-model/runs/threat_modeling/{quote(run_id, safe='')}"


class Site:
    """The server's address, the run of the finished session, and a client for each user (None: nobody)."""

    def __init__(self, base, run_id, passwords):
        self.base, self.run_id, self._passwords = base, run_id, passwords
        self.clients = {None: httpx.Client(base_url=base, trust_env=False, timeout=60)}
        for name in passwords:
            self.clients[name] = httpx.Client(base_url=base, trust_env=False, timeout=60, headers={"Authorization": f"Bearer {self.token(name)}"})

    def token(self, user):
        """What proves that user to the server."""
        login = {"username": user, "password": self._passwords[user]}
        return self.clients[None].post("/auth/token", json=login).json()["access_token"]

    def get(self, user, path):
        """A page of the run, as that user."""
        return self.clients[user].get(session_page(self.run_id) + path)


@pytest.fixture(scope="session")
def finished_run(run_dag, tmp_path_factory):
    """The id of a run whose session is complete."""
    folder = tmp_path_factory.mktemp("pages")
    (folder / "target").mkdir()
    (folder / "target" / "app.py").write_text(FLAWED.format(n=1))
    run = run_dag({"target": str(folder / "target"), "out": str(folder / "out"), "approval": "auto"})
    assert run.state == "success"
    return run.run_id


@pytest.fixture(scope="session")
def site(finished_run):
    """The running server, ended afterwards."""
    home, port = Path(os.environ["AIRFLOW_HOME"]), free_port()
    base = f"http://127.0.0.1:{port}"
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(map(str, (PROJECT, PROJECT / "include", PROJECT / "plugins"))),
        "AIRFLOW__CORE__AUTH_MANAGER": "tests.airflow.pages.one_dag_hidden.OneDagHidden",
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_USERS": ",".join(f"{name}:{role}" for name, role in USERS.items()),
        "AIRFLOW__API__BASE_URL": base,
    }
    command = [sys.executable, "-m", "airflow", "api-server", "--host", "127.0.0.1", "--port", str(port), "--workers", "1"]
    log = home / "pages-api-server.log"
    with log.open("wb") as output:
        process = subprocess.Popen(command, env=environment, cwd=PROJECT, stdout=output, stderr=output)
    try:
        deadline = time.monotonic() + 120
        while not _answers(base):
            assert process.poll() is None, log.read_text()
            assert time.monotonic() < deadline, log.read_text()
            time.sleep(0.3)
        found = Site(base, finished_run, json.loads((home / "simple_auth_manager_passwords.json.generated").read_text()))
        yield found
        for client in found.clients.values():
            client.close()
    finally:
        process.terminate()
        process.wait(timeout=30)


def _answers(base):
    try:
        return httpx.get(f"{base}/api/v2/version", trust_env=False).is_success
    except httpx.TransportError:
        return False
