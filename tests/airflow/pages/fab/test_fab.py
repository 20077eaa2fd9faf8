"""Who may do what under the FAB auth manager, which knows permissions per DAG: users and actions, cell by cell, on two DAGs."""

import pytest
from tests.airflow.pages.fab.conftest import page
from tests.airflow.pages.fab.people import APPROVER, ASKED, FINISHED, OUTSIDER, USERS

EVERYBODY = (None, *USERS)
READERS = {ASKED: {"viewer", "user", "op", "admin", APPROVER}, FINISHED: {"viewer", "user", "op", "admin", OUTSIDER}}
ACTORS = {"user", "op", "admin"}
PAGES = {
    FINISHED: (
        "",
        "?view=phases",
        "/review",
        "/report",
        "/files/threat-model.sarif",
        "/files/threat-model-report.md",
        "/diagram.svg",
        "/tasks/phase_3.agent/0",
    ),
    ASKED: ("", "/review", "/tasks/phase_1.agent/0"),
}


def run_of(fab, dag):
    return {FINISHED: fab.finished, ASKED: fab.asked}[dag]


def refused(user):
    """The status of what that user may not do."""
    return 401 if user is None else 403


@pytest.mark.parametrize(("dag", "path"), [(dag, path) for dag, paths in PAGES.items() for path in paths])
@pytest.mark.parametrize("user", EVERYBODY)
def test_reading(fab, user, dag, path):
    answer = fab.clients[user].get(page(run_of(fab, dag), dag) + path)
    assert answer.status_code == (200 if user in READERS[dag] else refused(user))
    assert ("app.py" in answer.text or "session" in answer.text or "<svg" in answer.text) is (user in READERS[dag])


@pytest.mark.parametrize("user", EVERYBODY)
def test_the_list_has_the_sessions_of_readable_dags_only(fab, user):
    answer = fab.clients[user].get("/threat-model/")
    assert answer.status_code == (401 if user is None else 200)
    assert {dag for dag in PAGES if f"/dags/{dag}/runs/" in answer.text} == {dag for dag in PAGES if user in READERS[dag]}


def trigger(client, _fab):
    return client.post(f"/api/v2/dags/{ASKED}/dagRuns", json={"logical_date": None, "conf": {"refused": "by the DAG, after the permission"}})


def clear(client, fab):
    body = {"dry_run": True, "dag_run_id": fab.asked, "task_ids": ["phase_1.consolidate"]}
    return client.post(f"/api/v2/dags/{ASKED}/clearTaskInstances", json=body)


@pytest.mark.parametrize("action", [trigger, clear], ids=lambda action: action.__name__)
@pytest.mark.parametrize("user", EVERYBODY)
def test_changing_anything(fab, user, action):
    """Whoever may act gets past the permission, to whatever this run has to say to it."""
    status = action(fab.clients[user], fab).status_code
    assert status == refused(user) if user not in ACTORS else status not in {401, 403}


@pytest.mark.parametrize("user", [user for user in EVERYBODY if user != APPROVER])
def test_whom_the_file_does_not_name_may_not_answer(fab, user):
    assert answer(fab, user).status_code == refused(user)
    assert fab.question()


def test_the_approver_may_answer_and_no_other_dag(fab):
    asked = fab.question()
    assert [one["name"] for one in asked["assigned_users"]] == [asked["assigned_users"][0]["id"]]
    assert answer(fab, APPROVER, FINISHED, fab.finished).status_code == 403
    assert answer(fab, APPROVER).json()["responded_by"]["name"] == APPROVER


def answer(fab, user, dag=ASKED, run_id=None):
    path = f"/api/v2/dags/{dag}/dagRuns/{run_id or fab.asked}/taskInstances/phase_1.checkpoint/0/hitlDetails"
    return fab.clients[user].patch(path, json={"chosen_options": ["Stop"], "params_input": {}})
