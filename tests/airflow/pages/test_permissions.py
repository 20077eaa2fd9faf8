"""Who may do what: roles and actions, cell by cell. Pages and downloads obey the DAG's permissions; changing anything is Airflow's own API."""

import pytest
from tests.airflow.pages.people import OUTSIDER

READ = ("", "?view=phases", "/review", "/report", "/files/threat-model.sarif", "/diagram.svg", "/tasks/phase_3.agent/0")
ROLES = (None, "viewer", OUTSIDER, "user", "op", "admin")
READERS = {"viewer", "user", "op", "admin"}
ACTORS = {"user", "op", "admin"}


@pytest.mark.parametrize("path", READ)
@pytest.mark.parametrize("role", ROLES)
def test_reading_a_session(site, role, path):
    answer = site.get(role, path)
    assert answer.status_code == (200 if role in READERS else 401 if role is None else 403)
    assert ("bookshop" in answer.text or "shop.db" in answer.text) <= (role in READERS)


@pytest.mark.parametrize("role", ROLES)
def test_the_list_shows_only_what_may_be_read(site, role):
    answer = site.clients[role].get("/threat-model/")
    assert answer.status_code == (401 if role is None else 200)
    assert (site.run_id in answer.text.replace("%2B", "+").replace("%3A", ":")) is (role in READERS)


def trigger(client, _site):
    return client.post("/api/v2/dags/threat_modeling/dagRuns", json={"logical_date": None, "conf": {}})


def clear(client, site):
    body = {"dry_run": True, "dag_run_id": site.run_id, "task_ids": [["phase_3.agent", 0]]}
    return client.post("/api/v2/dags/threat_modeling/clearTaskInstances", json=body)


def answer(client, site):
    path = f"/api/v2/dags/threat_modeling/dagRuns/{site.run_id}/taskInstances/phase_3.checkpoint/0/hitlDetails"
    return client.patch(path, json={"chosen_options": ["Approve"], "params_input": {}})


@pytest.mark.parametrize("action", [trigger, clear, answer], ids=lambda action: action.__name__)
@pytest.mark.parametrize("role", ROLES)
def test_changing_anything(site, role, action):
    """Whoever may act gets past the permission, to whatever this run has to say to it."""
    status = action(site.clients[role], site).status_code
    assert status == 401 if role is None else (status in {401, 403}) is (role not in ACTORS)


@pytest.mark.parametrize(
    "path",
    [
        "/files/..%2f..%2fconfig.json",
        "/files/../../config.json",
        "/files/%2e%2e/config.json",
        "/files/config.json",
        "/files/threat-model.sarif%00.html",
        "/files/.threat-model.sarif",
        "/files//etc/passwd",
        "/files/",
    ],
)
def test_a_path_that_plays_tricks_reads_nothing(site, path):
    answer = site.get("admin", path)
    assert answer.status_code in {400, 404}
    assert "request" not in answer.text.lower() or "root:" not in answer.text


def test_another_runs_name_reads_nothing(site):
    client = site.clients["admin"]
    assert client.get("/threat-model/runs/threat_modeling/..%2f..").status_code == 404
    assert client.get(f"/threat-model/runs/other/{site.run_id}").status_code == 404


def test_every_page_is_closed_to_scripts_of_others(site):
    for path in READ[:2]:
        policy = site.get("viewer", path).headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
    assert 'http-equiv="Content-Security-Policy"' in site.get("viewer", "/report").text
