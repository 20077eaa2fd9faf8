"""A whole session on a private git repository."""

import json

import pytest
from airflow.dag_processing.dagbag import DagBag
from tests.airflow.conftest import PROJECT
from tests.airflow.flawed import FLAWED
from tests.unit.source.git_server import behind_password, git_server
from tests.unit.source.repository import Repository

from threat_modeling.session import Session
from threat_modeling.verification import verify

PASSWORD = "tok3n-Value-of-the-bot"


@pytest.fixture
def private(tmp_path):
    """A server with a private repository."""
    folder = tmp_path / "served"
    folder.mkdir()
    repository = Repository(folder)
    repository.revision = repository.commit(repository.files({"README.md": "# Items\nSells items.\n", "app.py": FLAWED.format(n=1)}))
    with git_server(folder) as server:
        server.behavior = behind_password("bot", PASSWORD)
        server.repository = repository
        yield server


@pytest.mark.usefixtures("database")
def test_a_private_repository_from_setup_to_verdict(private, tmp_path, monkeypatch, capfd, caplog):
    monkeypatch.setenv("THREAT_MODELING_ALLOWED_TARGETS", private.host)
    monkeypatch.setenv("THREAT_MODELING_GIT_PLAIN_HTTP", "1")
    monkeypatch.setenv("AIRFLOW_CONN_CODE", json.dumps({"conn_type": "git", "host": private.host, "login": "bot", "password": PASSWORD}))
    dag = DagBag(PROJECT / "dags").dags["threat_modeling"]
    conf = {"target": f"{private.url}/shop.git", "ref": "main", "git_connection": "code", "out": str(tmp_path / "out"), "approval": "auto"}
    run = dag.test(run_conf=conf)
    told = caplog.text + "".join(capfd.readouterr())
    assert run.state == "success", told[-3000:]
    (session,) = Session.all(tmp_path / "out")
    assert session.metadata().target_revision == private.repository.revision
    assert session.request.target == conf["target"]
    assert (session.path / "final-report" / "threat-model-report.html").is_file()
    quotes, problems = verify(session, session.target)
    assert quotes
    assert problems == []
    assert PASSWORD not in told
    assert [path for path in (tmp_path / "out").rglob("*") if path.is_file() and PASSWORD.encode() in path.read_bytes()] == []
