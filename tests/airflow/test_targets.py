"""Target files as DAGs."""

import pytest
from airflow.dag_processing.dagbag import DagBag
from airflow.serialization.serialized_objects import DagSerialization
from tests.airflow.conftest import PROJECT

RIGHT = """\
target: {target}
approval: auto
schedule: {{cron: "30 3 * * 1-5", timezone: Europe/Berlin, unchanged: skip}}
approvers: [alice, bob]
"""


@pytest.fixture
def targets(tmp_path, monkeypatch, target):
    """A folder of target files, one of them right."""
    folder = tmp_path / "targets"
    folder.mkdir()
    (folder / "shop.yaml").write_text(RIGHT.format(target=target))
    monkeypatch.setenv("THREAT_MODELING_TARGET_FILES", str(folder))
    return folder


def bag():
    """What the DAG processor finds, and the import errors by file."""
    found = DagBag(PROJECT / "dags", bundle_path=PROJECT / "dags", bundle_name="dags-folder")
    return found.dags, found.import_errors


@pytest.mark.usefixtures("targets")
def test_one_file_is_one_dag_with_the_graph_of_a_session():
    dags, errors = bag()
    assert errors == {}
    assert set(dags) == {"threat_modeling", "threat_modeling_clean_up", "threat_modeling__shop"}
    ours, plain = dags["threat_modeling__shop"], dags["threat_modeling"]
    assert ours.task_ids == plain.task_ids
    assert {task: ours.get_task(task).upstream_task_ids for task in ours.task_ids} == {
        task: plain.get_task(task).upstream_task_ids for task in plain.task_ids
    }
    assert (ours.catchup, ours.max_active_runs) == (False, 1)
    assert (ours.timetable.expression, str(ours.timetable.timezone)) == ("30 3 * * 1-5", "Europe/Berlin")
    assert list(ours.params) == []
    assert DagSerialization.to_dict(ours)


@pytest.mark.usefixtures("targets")
def test_only_the_approvers_are_asked():
    dags, _ = bag()
    users = [{"id": name, "name": name} for name in ("alice", "bob")]
    assert dags["threat_modeling__shop"].get_task("phase_3.checkpoint").partial_kwargs["assigned_users"] == users
    assert dags["threat_modeling"].get_task("phase_3.checkpoint").partial_kwargs["assigned_users"] is None


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("target: [", "wrong.yaml: is no YAML"),
        ("target: /etc", "wrong.yaml: target: /etc is not allowed here"),
        ("target: https://example.com/a/b", "wrong.yaml: target: example.com is not allowed here"),
        ("target: /tmp/x\nout: /etc", "wrong.yaml: out: /etc is not allowed here"),
        ("target: /tmp/x\nbusiness_context: /etc/passwd", "wrong.yaml: business_context: /etc/passwd is not allowed here"),
        ("target: /tmp/x\nschedule: {cron: '61 3 * * *'}", "wrong.yaml: schedule.cron:"),
        ("target: /tmp/x\nformats: [docx]", "wrong.yaml: formats: there is no format 'docx'"),
        ("target: /tmp/x\nrto_hours: soon", "wrong.yaml: rto_hours:"),
    ],
)
def test_a_wrong_file_is_an_import_error_that_names_file_and_field_and_leaves_the_others_alive(targets, text, told):
    (targets / "wrong.yaml").write_text(text)
    (targets / "also.yml").write_text("target: /tmp/x")
    dags, errors = bag()
    assert set(dags) == {"threat_modeling", "threat_modeling_clean_up", "threat_modeling__shop"}
    assert list(errors) == ["threat_modeling_wrong_targets.py"]
    assert told in errors["threat_modeling_wrong_targets.py"]
    assert "also.yml: rename it" in errors["threat_modeling_wrong_targets.py"]


def test_a_context_file_beside_the_target_file_is_taken(targets):
    (targets / "context.yaml").write_text("{}")
    (targets / "api.yaml").write_text("target: /tmp/x\nbusiness_context: context.yaml\n")
    dags, errors = bag()
    assert "threat_modeling__api" in dags
    assert "context.yaml: target: is missing" in errors["threat_modeling_wrong_targets.py"]


def test_each_target_has_an_asset_that_keeps_what_was_scanned(targets):
    (targets / "api.yaml").write_text("target: /tmp/x\n")
    dags, _ = bag()
    for name, skips in (("shop", True), ("api", False)):
        setup, verdict = (dags[f"threat_modeling__{name}"].get_task(task) for task in ("setup", "verdict"))
        assert [asset.uri for asset in setup.inlets] == [asset.uri for asset in verdict.outlets] == [f"x-threat-modeling://target/{name}"]
        assert setup.remember.skip_unchanged == skips
    assert dags["threat_modeling"].get_task("verdict").outlets == []
