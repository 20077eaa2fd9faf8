"""An API server whose auth manager is FAB, over a copy of the tests' metadata database: a finished session, and one that waits for an approver."""

import os
import shutil
import sqlite3
import subprocess
import time
from contextlib import closing
from importlib.metadata import distribution
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest
from tests.airflow.flawed import FLAWED
from tests.airflow.pages.fab.environment import python
from tests.airflow.pages.fab.people import ADMIN, APPROVER, ASKED, PASSWORD, ROLES, USERS
from tests.airflow.scheduler.conftest import PROJECT, free_port

from threat_modeling_airflow.names import AGENT_POOL

ASK = f"from airflow.dag_processing.dagbag import DagBag; DagBag({str(PROJECT / 'dags')!r}).dags[{ASKED!r}].test()"
PATIENCE_SECONDS = 180


class FabSite:
    """The server, and a client for each user (None: nobody)."""

    def __init__(self, base):
        self.base = base
        self.clients = {None: self._client()}

    def _client(self, **headers):
        return httpx.Client(base_url=self.base, trust_env=False, timeout=60, headers=headers)

    def log_in(self, user):
        """From now on there is a client for that user."""
        token = self.clients[None].post("/auth/token", json={"username": user, "password": PASSWORD}).raise_for_status().json()["access_token"]
        self.clients[user] = self._client(Authorization=f"Bearer {token}")

    def settle(self):
        """Make the roles and the users, by FAB's own API, once the DAGs are known: a role can only name those."""
        admin = self.clients[ADMIN]
        for role, permissions in ROLES.items():
            actions = [{"action": {"name": action}, "resource": {"name": resource}} for action, resource in permissions]
            admin.post("/auth/fab/v1/roles", json={"name": role, "actions": actions}).raise_for_status()
        for user, role in USERS.items():
            if user != ADMIN:
                person = {"username": user, "email": f"{user}@example.com", "first_name": user, "last_name": user, "password": PASSWORD}
                admin.post("/auth/fab/v1/users", json={**person, "roles": [{"name": role}]}).raise_for_status()
                self.log_in(user)

    def question(self):
        """The checkpoint that waits; None before there is one."""
        runs = self.clients[ADMIN].get(f"/api/v2/dags/{ASKED}/dagRuns/~/hitlDetails", params={"state": "awaiting_input"})
        found = runs.json().get("hitl_details") if runs.is_success else None
        return found[0] if found else None

    def end(self):
        """Close the connections."""
        for client in self.clients.values():
            client.close()


def page(run_id, dag_id):
    """Where a session is shown."""
    return f"/threat-model/runs/{dag_id}/{quote(run_id, safe='')}"


@pytest.fixture(scope="session")
def fab(finished_run, tmp_path_factory):
    """The server with `finished` and `asked`, the ids of the two runs; all that was started is ended afterwards."""
    home, interpreter, port = tmp_path_factory.mktemp("fab"), python(), free_port()
    environment = _environment(home, port)
    with closing(sqlite3.connect(Path(os.environ["AIRFLOW_HOME"]) / "airflow.db")) as ours, closing(sqlite3.connect(home / "airflow.db")) as copy:
        ours.backup(copy)
    _target(home)
    _metadata(home)
    _airflow(interpreter, environment, "db", "migrate")
    _airflow(interpreter, environment, "pools", "set", AGENT_POOL, "2", "agents that run at once")  # without it the server lets no session run
    person = ("--username", ADMIN, "--password", PASSWORD, "--role", USERS[ADMIN], "--email", "a@example.com", "--firstname", "a", "--lastname", "a")
    _airflow(interpreter, environment, "users", "create", *person)
    server = ("-m", "airflow", "api-server", "--host", "127.0.0.1", "--port", str(port), "--workers", "1")
    started = [_start(home, environment, interpreter, *words) for words in (server, ("-c", ASK))]
    site = FabSite(f"http://127.0.0.1:{port}")
    try:
        _wait(home, started, lambda: _answers(site))
        site.log_in(ADMIN)
        site.finished, site.asked = finished_run, _wait(home, started, site.question)["task_instance"]["dag_run_id"]
        site.settle()
        yield site
    finally:
        site.end()
        for process in reversed(started):
            process.terminate()
            process.wait(timeout=30)


def _environment(home, port):
    return {
        **os.environ,
        "AIRFLOW_HOME": str(home),
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": f"sqlite:///{home}/airflow.db",
        "AIRFLOW__CORE__AUTH_MANAGER": "airflow.providers.fab.auth_manager.fab_auth_manager.FabAuthManager",
        "AIRFLOW__API__BASE_URL": f"http://127.0.0.1:{port}",
        "PYTHONPATH": os.pathsep.join(map(str, (PROJECT / "include", PROJECT / "plugins", home / "metadata"))),
        "THREAT_MODELING_TARGET_FILES": str(home / "targets"),
    }


def _target(home):
    """A target whose file names the approver by the id that FAB will give: it counts from 1."""
    (home / "targets").mkdir()
    (home / "code").mkdir()
    (home / "code" / "app.py").write_text(FLAWED.format(n=1))
    (home / "targets" / "asked.yaml").write_text(f"target: {home}/code\nout: {home}/out\napprovers: ['{1 + list(USERS).index(APPROVER)}']\n")


def _metadata(home):
    """What our own environment knows of the product: its version, which each session records."""
    for found in Path(distribution("threat-modeling").locate_file("")).glob("threat_modeling-*.dist-info"):
        shutil.copytree(found, home / "metadata" / found.name)


def _airflow(interpreter, environment, *words):
    done = subprocess.run([interpreter, "-m", "airflow", *words], env=environment, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def _start(home, environment, *command):
    with (home / "log").open("ab") as log:
        return subprocess.Popen(command, env=environment, cwd=PROJECT, stdin=subprocess.DEVNULL, stdout=log, stderr=log)


def _answers(site):
    try:
        return site.clients[None].get("/api/v2/version").is_success
    except httpx.TransportError:
        return False


def _wait(home, processes, until):
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not (found := until()):
        assert all(process.poll() is None for process in processes), (home / "log").read_text()[-5000:]
        assert time.monotonic() < deadline, (home / "log").read_text()[-5000:]
        time.sleep(0.3)
    return found
