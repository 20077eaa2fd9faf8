"""Someone logged in to a real Airflow, at a browser."""

import pytest
from tests.airflow.person import Person
from tests.airflow.scheduler.conftest import Server, free_port

from threat_modeling_airflow.local.airflow_environment import USER, password_of


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """A local Airflow of its own."""
    started = Server(tmp_path_factory.mktemp("browser") / "home", free_port())
    yield started
    assert started.end() == 130


@pytest.fixture
def person(server, chromium):
    """Someone logged in."""
    someone = Person(chromium, f"http://127.0.0.1:{server.port}")
    someone.log_in(USER, password_of(server.home))
    yield someone
    someone.context.close()
