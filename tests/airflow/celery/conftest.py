"""The compose file's services as processes of this machine: PostgreSQL, Redis and Airflow with two Celery workers, on 127.0.0.1 alone."""

import os
import re
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

import httpx
import psutil
import pytest
from tests.deployment.compose import PROJECT, compose

from threat_modeling_airflow.local.api import Api, ApiError

READY_SECONDS, GRACE_SECONDS = 180, 10
SERVERS = ("postgres", "redis")
POSTGRES = next(iter(sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), reverse=True)), None)
REDIS = shutil.which("redis-server")


def pytest_collection_modifyitems(items):
    """Nothing can be proven without the two servers."""
    missing = [package for package, found in (("postgresql", POSTGRES), ("redis-server", REDIS)) if not found]
    for item in items:
        if missing and Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.skip(reason=f"not installed: {', '.join(missing)} (Debian: apt-get install {' '.join(missing)})"))


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def listening(processes):
    """The addresses that any of the processes listens on."""
    found = set()
    for process in processes:
        with suppress(psutil.Error):
            found |= {c.laddr.ip for c in process.net_connections(kind="inet") if c.status == psutil.CONN_LISTEN}
    return found


class Deployment:
    """The running services. `home` holds everything that they write."""

    def __init__(self, home):
        self.home = home
        self.ports = {name: free_port() for name in ("postgres", "redis", "api-server")}
        values = {name: secrets.token_hex(32) for name in ("POSTGRES_PASSWORD", "REDIS_PASSWORD", "API_SECRET_KEY", "JWT_SECRET", "ADMIN_PASSWORD")}
        self.values = {**values, "FERNET_KEY": "0" * 43 + "=", "BASE_URL": f"http://127.0.0.1:{self.ports['api-server']}"}
        self.services = compose(self.values)["services"]
        self.running = {}
        self.api = Api(self.values["BASE_URL"], "admin", self.values["ADMIN_PASSWORD"])

    def start(self):
        """Bring up every service of the compose file, in its order."""
        for name in ("sessions", "logs", "state"):
            (self.home / name).mkdir()
        self._postgres()
        self._launch(
            "redis",
            [REDIS, "--port", str(self.ports["redis"]), "--bind", "127.0.0.1", "--save", "", "--dir", str(self.home), *self._command("redis")[1:]],
        )
        init = self._launch("init", self._command("init"))
        assert init.wait(120) == 0, self.log("init")
        for name in ("api-server", "scheduler", "dag-processor"):
            self._launch(name, self._command(name))
        for number in range(self.services["worker"]["deploy"]["replicas"]):
            self.start_worker(f"worker-{number}")
        self._until(self._ready, "the services")

    def start_worker(self, name):
        """Start one more worker of the compose file; it needs a name, which containers have from their host."""
        return self._launch(name, [*self._command("worker"), "--celery-hostname", f"{name}@127.0.0.1"])

    def kill(self, name):
        """End a service and all that it started at once, as a machine that loses its power does."""
        process = self.running.pop(name)
        tree = [psutil.Process(process.pid), *psutil.Process(process.pid).children(recursive=True)]
        for one in tree:
            with suppress(psutil.Error):
                one.suspend()
        for one in tree:
            with suppress(psutil.Error):
                one.kill()
        process.wait(10)

    def end(self):
        """End every service, the servers last; returns those that had ended by themselves."""
        self.api.close()
        early = [name for name, process in self.running.items() if name != "init" and process.poll() is not None]
        for servers in (False, True):
            parents = [process for name, process in self.running.items() if process.poll() is None and (name in SERVERS) is servers]
            trees = [one for process in parents for one in (psutil.Process(process.pid), *psutil.Process(process.pid).children(recursive=True))]
            for process in parents:
                process.terminate()
            psutil.wait_procs(trees, timeout=GRACE_SECONDS)
            for one in trees:
                with suppress(psutil.Error):
                    one.kill()
            for process in parents:
                process.wait(10)
        return early

    def processes(self):
        """Everything that runs for this deployment."""
        parents = [psutil.Process(process.pid) for process in self.running.values() if process.poll() is None]
        return [*parents, *(child for parent in parents for child in parent.children(recursive=True))]

    def log(self, name):
        """What a service wrote."""
        return (self.home / f"{name}.log").read_text("utf-8", "replace")

    def _command(self, service):
        return [part if isinstance(part, str) else str(part) for part in self.services[service]["command"]]

    def _launch(self, name, command, user=None):
        with (self.home / f"{name}.log").open("wb") as log:
            process = subprocess.Popen(
                command,
                cwd=self.home,
                env=self._environment(name),
                user=user,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.running[name] = process
        return process

    def _environment(self, name):
        """What the compose file gives the service, with the places of the container exchanged for those of this machine."""
        service = self.services[re.sub(r"-\d+$", "", name)] if name not in self.services else self.services[name]
        given = {key: self._here(str(value)) for key, value in service["environment"].items()}
        kept = {key: value for key, value in os.environ.items() if not key.startswith(("AIRFLOW", "THREAT_MODELING", "PYTHONPATH"))}
        here = {
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
            "AIRFLOW_HOME": str(self.home / "airflow"),
            "AIRFLOW__CORE__DAGS_FOLDER": str(PROJECT / "dags"),
            "AIRFLOW__CORE__PLUGINS_FOLDER": str(PROJECT / "plugins"),
            "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
            "AIRFLOW__CORE__HOSTNAME_CALLABLE": "socket.gethostname",
            "AIRFLOW__LOGGING__BASE_LOG_FOLDER": str(self.home / "logs"),
            "AIRFLOW__API__HOST": "127.0.0.1",
            "AIRFLOW__API__PORT": str(self.ports["api-server"]),
            "THREAT_MODELING_SESSIONS_ROOT": str(self.home / "sessions"),
            "THREAT_MODELING_ALLOWED_TARGETS": "/",
            "NO_PROXY": "127.0.0.1",
        }
        return {**kept, **given, **{key: value for key, value in here.items() if name not in SERVERS or key == "PATH"}}

    def _here(self, text):
        places = {
            "@postgres:5432": f"@127.0.0.1:{self.ports['postgres']}",
            "@redis:6379": f"@127.0.0.1:{self.ports['redis']}",
            "http://api-server:8080": self.values["BASE_URL"],
            "/opt/threat-modeling": str(self.home),
        }
        for there, here in places.items():
            text = text.replace(there, here)
        return text

    def _postgres(self):
        """A database of its own; as the user that comes with the package, since PostgreSQL refuses root."""
        user = "postgres" if os.geteuid() == 0 else None
        folder, password = self.home / "database", self.home / "database-password"
        folder.mkdir()
        password.write_text(self.values["POSTGRES_PASSWORD"])
        if user:
            for path in (folder, password):
                shutil.chown(path, user)
            for path in (self.home, *self.home.parents):
                if path.stat().st_uid == 0 and path != Path("/"):
                    path.chmod(path.stat().st_mode | 0o011)
        made = [POSTGRES.with_name("initdb"), "--pgdata", folder, "--username", "airflow", "--pwfile", password, "--auth", "scram-sha-256"]
        subprocess.run([*made, "--no-sync"], check=True, capture_output=True, user=user, cwd=folder)
        settings = {"listen_addresses": "127.0.0.1", "port": self.ports["postgres"], "unix_socket_directories": folder, "fsync": "off"}
        self._launch("postgres", [POSTGRES, "-D", folder, *(part for key, value in settings.items() for part in ("-c", f"{key}={value}"))], user=user)
        create = [POSTGRES.with_name("createdb"), "--host", "127.0.0.1", "--port", str(self.ports["postgres"]), "--username", "airflow", "airflow"]
        environment = {**os.environ, "PGPASSWORD": self.values["POSTGRES_PASSWORD"]}
        self._until(lambda: subprocess.run(create, env=environment, capture_output=True, check=False).returncode == 0, "PostgreSQL")

    def _ready(self):
        workers = [name for name in self.running if name.startswith("worker")]
        try:
            return self.api.ready() and not self.api.missing() and all("ready." in self.log(name) for name in workers)
        except (httpx.TransportError, ApiError):
            return False  # not listening yet

    def _until(self, condition, what):
        deadline = time.monotonic() + READY_SECONDS
        while not condition():
            ended = [name for name, process in self.running.items() if name != "init" and process.poll() is not None]
            assert not ended, {name: self.log(name)[-3000:] for name in ended}
            assert time.monotonic() < deadline, f"waited in vain for {what}"
            time.sleep(0.3)


@pytest.fixture(scope="module")
def deployment():
    home = Path(tempfile.mkdtemp(prefix="threat-modeling-celery-"))
    started = Deployment(home)
    processes = []
    try:
        started.start()
        yield started
        processes = started.processes()
        assert listening(processes) == {"127.0.0.1"}
    finally:
        early = started.end()
    assert early == []
    assert not [process for process in processes if process.is_running()]
    shutil.rmtree(home)
