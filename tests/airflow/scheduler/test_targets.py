"""A scheduled target on a real scheduler: it fires by its cron, is skipped while nothing changes, and the next session shows the one before."""

import time

import pytest
from tests.airflow.flawed import FLAWED

from threat_modeling.session import Session
from threat_modeling.verdict import verdict
from threat_modeling_airflow.local.api import ApiError
from threat_modeling_airflow.local.follow import SETTLE_SECONDS

pytestmark = pytest.mark.scheduler

DAG = "threat_modeling__shop"
PATIENCE_SECONDS = 240


@pytest.fixture(scope="module", autouse=True)
def shop(tmp_path_factory):
    """The code of a target whose file says: every minute, unless nothing changed; beside it a file that is wrong."""
    folder = tmp_path_factory.mktemp("targets")
    code, files = folder / "shop", folder / "files"
    code.mkdir()
    files.mkdir()
    (code / "app.py").write_text(FLAWED.format(n=1))
    (files / "shop.yaml").write_text(
        f"target: ../shop\nout: {folder}/sessions\napproval: auto\nschedule: {{cron: '* * * * *', timezone: Asia/Kathmandu, unchanged: skip}}\n"
    )
    (files / "asked.yaml").write_text(f"target: ../shop\nout: {folder}/asked\napprovers: [alice]\n")
    (files / "wrong.yaml").write_text("target: ../shop\nschedule: {cron: 'every day'}\n")
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("THREAT_MODELING_TARGET_FILES", str(files))
        yield code


def wait(until, what):
    """What `until` returns, once it is something."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        if found := until():
            return found
        time.sleep(0.5)
    raise AssertionError(f"waited in vain for {what}")


def test_only_an_approver_may_answer_and_the_file_alone_says_what_is_scanned(server):
    dag = "threat_modeling__asked"
    started = server.api.call("POST", f"/dags/{dag}/dagRuns", json={"logical_date": None})
    refused = server.api.call("POST", f"/dags/{dag}/dagRuns", json={"logical_date": None, "conf": {"approval": "auto", "target": "/etc"}})

    def questions():
        return server.api.call("GET", f"/dags/{dag}/dagRuns/{started['dag_run_id']}/hitlDetails", params={"state": "awaiting_input"})["hitl_details"]

    (asked,) = wait(questions, "the first checkpoint")
    assert asked["assigned_users"] == [{"id": "alice", "name": "alice"}]
    time.sleep(SETTLE_SECONDS)
    place = f"/dags/{dag}/dagRuns/{started['dag_run_id']}/taskInstances/phase_1.checkpoint/0/hitlDetails"
    with pytest.raises(ApiError, match="403"):
        server.api.call("PATCH", place, json={"chosen_options": ["Approve"], "params_input": {}})
    assert questions()

    run = f"/dags/{dag}/dagRuns/{refused['dag_run_id']}"
    server.api.call("PATCH", f"/dags/{dag}/dagRuns/{started['dag_run_id']}", json={"state": "failed"})
    wait(lambda: server.api.call("GET", run)["state"] == "failed", "the refusal")
    assert "approval, target: this DAG takes its fields from its target file" in str(server.api.call("GET", f"{run}/taskInstances/setup/logs/1"))


def test_a_scheduled_target(server, shop):
    def runs(state):
        found = server.api.call("GET", f"/dags/{DAG}/dagRuns", params={"order_by": "run_after", "limit": 100})["dag_runs"]
        assert [run for run in found if run["state"] == "failed"] == []
        return [run for run in found if run["state"] == state]

    def task(run, task_id, path=""):
        return server.api.call("GET", f"/dags/{DAG}/dagRuns/{run['dag_run_id']}/taskInstances/{task_id}{path}")

    def session(run):
        return Session.open(task_result(run))

    def task_result(run):
        return server.api.call("GET", f"/dags/{DAG}/dagRuns/{run['dag_run_id']}/taskInstances/setup/xcomEntries/return_value")["value"].strip('"')

    (error,) = wait(lambda: server.api.call("GET", "/importErrors")["import_errors"], "the import error")
    assert error["filename"] == "threat_modeling_wrong_targets.py"
    assert "wrong.yaml: schedule.cron: 'every day' has not the five fields" in error["stack_trace"]

    first = wait(lambda: runs("success"), "the first run")[0]
    assert first["run_type"] == "scheduled"
    complete = session(first)
    assert verdict(complete).status == "complete"
    assert complete.notes("previous") == []
    store = f"x-threat-modeling://target/{DAG.removeprefix('threat_modeling__')}"
    events = server.api.call("GET", "/assets/events", params={"source_dag_id": DAG, "source_task_id": "verdict"})["asset_events"]
    assert {event["uri"] for event in events} == {store}

    second = wait(lambda: runs("success")[1:], "the run on the same code")[0]
    states = {task_id: task(second, task_id)["state"] for task_id in ("phase_1.assign", "phase_6.consolidate", "report", "verdict")}
    assert states == dict.fromkeys(states, "skipped")
    reason = f"Nothing has changed since session {complete.id}"
    assert task(second, "setup", "/xcomEntries/skipped")["value"].strip('"').startswith(reason)
    assert reason in str(task(second, "setup", "/logs/1"))
    assert complete.notes("unchanged")

    (shop / "more.py").write_text("x = 1\n")
    third = wait(lambda: [run for run in runs("running") if task(run, "setup")["state"] == "success"], "the run on changed code")[0]
    ((_, told),) = session(third).notes("previous")
    assert told.startswith(f"{complete.id}: complete, ")
    assert "threats" in told
