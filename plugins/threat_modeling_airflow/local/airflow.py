"""A whole Airflow on this machine as a context: everything it starts has ended when the context is left."""

from __future__ import annotations

import os
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import httpx

from threat_modeling_airflow.local.airflow_environment import USER, airflow_environment, base_url, password_of
from threat_modeling_airflow.local.api import Api
from threat_modeling_airflow.local.options import Refused, check_port
from threat_modeling_airflow.local.processes import end_descendants, log_of, sole_user, start

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Iterator, Mapping
    from pathlib import Path

START_SECONDS = 180
COMPONENTS = {"api-server": ["api-server"], "scheduler": ["scheduler", "--skip-serve-logs"], "dag-processor": ["dag-processor"]}
"""No triggerer: nothing here defers. No log server: it listens on every address, and the API server reads the same disk."""


class Airflow:
    """The running processes, and a client that is logged in to them."""

    def __init__(self, home: Path, port: int, environment: Mapping[str, str]) -> None:
        self.home = home
        self.url = base_url(port)
        self.password = password_of(home)
        self.api = Api(self.url, USER, self.password)
        self._environment = environment
        self._running: dict[str, subprocess.Popen[bytes]] = {}

    def start(self) -> None:
        """Bring the database up to date, start every component, and wait until the DAG and the pool are there. Raises Refused."""
        migration = start("db-migrate", ["-m", "airflow", "db", "migrate"], self._environment, self.home)
        if migration.wait() != 0:
            raise Refused(self._failure("db-migrate", f"Remove {self.home} to start with a new database; the sessions are elsewhere"))
        for name, command in COMPONENTS.items():
            self._running[name] = start(name, ["-m", "airflow", *command], self._environment, self.home)
        self._wait_until_ready()
        self.api.make_pool(slots=max(2, os.cpu_count() or 1))
        self.api.unpause()
        if missing := self.api.missing():
            raise Refused(f"{missing}\nMore: python -m threat_modeling_airflow.check. Log: {log_of(self.home, 'api-server')}")

    def check(self) -> None:
        """Raise Refused when a component ended by itself."""
        for name, process in self._running.items():
            if process.poll() is not None:
                raise Refused(self._failure(name, "Start again; the session goes on where it was"))

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            self.check()
            try:
                if self.api.ready():
                    return
            except httpx.TransportError:
                pass  # not listening yet
            time.sleep(0.5)
        raise Refused(f"Airflow was not ready after {START_SECONDS} seconds. See the logs in {log_of(self.home, 'scheduler').parent}")

    def _failure(self, name: str, remedy: str) -> str:
        log = log_of(self.home, name)
        lines = log.read_text("utf-8", "replace").strip().splitlines()
        return f"{name} ended: {lines[-1] if lines else 'no message'}. {remedy}. Log: {log}"


@contextmanager
def local_airflow(home: Path, port: int, settings: Mapping[str, str]) -> Iterator[Airflow]:
    """A ready Airflow; on leaving, by whatever way, every process that it started is ended."""
    with sole_user(home):
        check_port(port)
        airflow = Airflow(home, port, airflow_environment(home, port, {**os.environ, **settings}))
        try:
            airflow.start()
            yield airflow
        finally:
            airflow.api.close()
            end_descendants()
            sys.stdout.flush()
