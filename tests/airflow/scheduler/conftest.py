"""A real Airflow for the module that asks for it: api-server, scheduler and DAG processor on a free port, ended and checked at the end."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from threat_modeling_airflow.local.airflow_environment import USER, base_url, password_of
from threat_modeling_airflow.local.api import Api

PROJECT = Path(__file__).parents[3]
READY_SECONDS = 240


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def listening(processes):
    """Every (address, port) that one of the processes listens on."""
    found = set()
    for process in processes:
        with suppress(psutil.Error):
            found |= {tuple(c.laddr) for c in process.net_connections(kind="inet") if c.status == psutil.CONN_LISTEN}
    return found


class Server:
    """A started `python -m threat_modeling_airflow.local up`."""

    def __init__(self, home, port):
        self.home, self.port = home, port
        self.log = home.parent / f"up-{time.monotonic_ns()}.log"
        clean = {name: value for name, value in os.environ.items() if not name.startswith("AIRFLOW")}
        command = [sys.executable, "-m", "threat_modeling_airflow.local", "up", "--port", str(port), "--home", str(home)]
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(command, cwd=PROJECT, env=clean, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        self.process_tree = psutil.Process(self.process.pid)
        deadline = time.monotonic() + READY_SECONDS
        while "Ready: " not in self.log.read_text():
            assert self.process.poll() is None, self.log.read_text()
            assert time.monotonic() < deadline, "Airflow was not ready in time"
            time.sleep(0.3)
        self.api = Api(base_url(port), USER, password_of(home))

    def processes(self):
        """Everything that runs for this server."""
        return [self.process_tree, *self.process_tree.children(recursive=True)]

    def end(self, number=signal.SIGINT):
        """Send a signal to the one process that was started; returns its exit code."""
        self.api.close()
        self.process.send_signal(number)
        return self.process.wait(timeout=60)


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    started = Server(tmp_path_factory.mktemp("scheduler") / "home", free_port())
    processes = []
    try:
        yield started
        processes = started.processes()
        assert {address for address, _ in listening(processes)} == {"127.0.0.1"}
        spurious = re.findall(r"finished with state success, but.*", (started.home / "logs/components/scheduler.log").read_text())
        assert not spurious
    finally:
        code = started.end()
    assert code == 130
    assert not [process for process in processes if process.is_running()]
