"""Wrong environment: the plugin is missing, in the DAG processor or in the API server. Neither is silent."""

import os
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from threat_modeling_airflow.setup_task import SetupSession

PROJECT = Path(__file__).parents[2]
IMPORT = """import sys
sys.modules[sys.argv[1]] = None  # as where it is not installed and not on the path
from airflow.dag_processing.dagbag import DagBag
print("".join(DagBag(sys.argv[2]).import_errors.values()))
"""
HEALTH, VERSION = "/threat-modeling-rounds/health", "/api/v2/version"


class Answers(BaseHTTPRequestHandler):
    """Answers what the test put there, else 404."""

    def do_GET(self):  # noqa: D102 - the name is the library's
        status, text = self.server.answers.get(self.path, (404, ""))
        self.send_response(status)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *_):
        """Say nothing."""


@pytest.fixture
def answers(monkeypatch):
    """What an API server on this machine answers: path -> (status, text)."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    server.answers = {}
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    monkeypatch.setenv("AIRFLOW__CORE__EXECUTION_API_SERVER_URL", f"http://127.0.0.1:{server.server_port}/execution/")
    yield server.answers
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.mark.parametrize("package", ["threat_modeling_airflow", "threat_modeling"])
def test_the_import_error_of_the_dag_names_what_is_missing_and_the_remedy(package):
    command = [sys.executable, "-c", IMPORT, package, str(PROJECT / "dags" / "threat_modeling.py")]
    told = subprocess.run(command, env=dict(os.environ), capture_output=True, text=True, check=True).stdout
    assert package in told
    assert "plugins/ as AIRFLOW__CORE__PLUGINS_FOLDER, include/ on PYTHONPATH" in told


def test_a_server_without_the_plugin_fails_the_first_task_with_the_remedy(answers):
    answers[VERSION] = (200, '{"version": "3.3.2"}')
    with pytest.raises(RuntimeError, match=r"has not loaded the plugin threat_modeling.*same plugins folder.*clear this task"):
        SetupSession(given={}).execute({})


def test_a_server_whose_plugin_lacks_something_fails_the_first_task_with_what_it_says(answers):
    answers[HEALTH] = (503, "The pool threat_modeling_agents is missing")
    with pytest.raises(RuntimeError, match="pool threat_modeling_agents is missing"):
        SetupSession(given={}).execute({})


@pytest.mark.parametrize("given", [{HEALTH: (200, "ready")}, {}], ids=["it is there", "what listens there serves no pages"])
def test_nothing_else_holds_a_session_up(answers, given):
    answers |= given
    with pytest.raises(KeyError, match="dag_run"):  # it went on to the run it was asked for
        SetupSession(given={}).execute({})
