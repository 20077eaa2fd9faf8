"""The graph of a session, and a whole session in one process."""

import json
from datetime import timedelta

import pytest
from airflow.serialization.serialized_objects import DagSerialization

from threat_modeling.checkpoints import APPROVE
from threat_modeling.phases.order import STAGES
from threat_modeling.request import SessionRequest
from threat_modeling.session import Session
from threat_modeling.stage import POLICY
from threat_modeling_airflow.names import AGENT_POOL, group_id
from threat_modeling_airflow.session_dag import session_dag

SEVERITIES = ("critical", "high", "medium", "low", "info")


def test_one_group_per_stage_in_order(dag):
    order = ["setup", *(group_id(stage.key) for stage in STAGES), "report", "verdict"]
    assert [group_id(f"phase-4-{severity}") for severity in SEVERITIES] == order[4:9]
    last = "setup"
    for stage in STAGES:
        group = group_id(stage.key)
        assert dag.get_task(f"{group}.assign").upstream_task_ids == {last}
        last = f"{group}.approval" if stage.gated else f"{group}.consolidate"
    assert dag.get_task("report").upstream_task_ids == {last}
    assert dag.get_task("verdict").upstream_task_ids == {"report"}
    assert [leaf.task_id for leaf in dag.leaves] == ["verdict"]


def test_only_phase_2_asks_nothing(dag):
    without = [stage.key for stage in STAGES if not dag.has_task(f"{group_id(stage.key)}.checkpoint")]
    assert without == ["phase-2"]


@pytest.mark.parametrize("stage", STAGES, ids=lambda stage: stage.key)
def test_wiring_of_a_stage(dag, stage):
    group = group_id(stage.key)
    agent, consolidate = dag.get_task(f"{group}.agent"), dag.get_task(f"{group}.consolidate")
    assert agent.pool == AGENT_POOL
    assert timedelta(minutes=30) < agent.execution_timeout < timedelta(minutes=35)
    assert agent.retries >= 5, "so often Airflow may be killed; what fails by itself is given up before"
    assert "op_kwargs" in agent.map_index_template
    assert consolidate.trigger_rule == "all_done"
    assert consolidate.upstream_task_ids == {f"{group}.assign", f"{group}.agent"}
    if stage.gated:
        approval = dag.get_task(f"{group}.approval")
        assert (approval.mode, approval.trigger_rule) == ("reschedule", "none_failed_min_one_success")
        assert approval.poke_interval >= 60
        assert approval.retries >= 5
        assert dag.get_task(f"{group}.checkpoint").retries >= 5


def test_report_and_verdict_always_run(dag):
    assert {dag.get_task(name).trigger_rule for name in ("report", "verdict")} == {"all_done"}


def test_what_a_person_sees(dag):
    assert dag.doc_md
    assert dag.owner == "security"
    assert "threat-modeling" in dag.tags
    assert list(dag.params) == list(SessionRequest.model_fields)


def test_it_can_be_serialized(dag):
    assert len(json.dumps(DagSerialization.to_dict(dag))) < 150_000


def test_an_automatic_session_from_setup_to_verdict(run_dag, target, tmp_path):
    run = run_dag({"target": str(target), "out": str(tmp_path / "out"), "approval": "auto", "components": ["api", "web"]})
    assert run.state == "success"
    (session,) = Session.all(tmp_path / "out")
    assert session.request.approval == "auto"
    answers = [session.checkpoints.decisions(stage.key) for stage in STAGES if session.checkpoints.rounds(stage.key)]
    assert len(answers) >= 5
    assert {(one.status, one.by) for given in answers for one in given} == {("approved", POLICY)}
    assert {path.suffix for path in (session.path / "final-report").iterdir()} >= {".md", ".html", ".json", ".sarif"}
    assert APPROVE in session.checkpoints.rounds("phase-1")[0].options


def test_unknown_and_wrong_fields_are_refused_by_name(run_dag, target, tmp_path, caplog, capfd):
    run = run_dag({"target": str(target), "out": str(tmp_path / "out"), "taget": "x"})
    assert run.state == "failed"
    assert "taget: no such option" in caplog.text + "".join(capfd.readouterr())
    assert not (tmp_path / "out").exists()


def test_each_stage_consolidates_before_it_asks_and_awaits_every_agent(dag):
    for stage in STAGES:
        group = group_id(stage.key)
        consolidate = dag.get_task(f"{group}.consolidate")
        assert f"{group}.agent" in consolidate.upstream_task_ids
        assert consolidate.trigger_rule == "all_done"
        if stage.gated:
            assert f"{group}.consolidate" in dag.get_task(f"{group}.checkpoint").upstream_task_ids
            assert f"{group}.checkpoint" in dag.get_task(f"{group}.approval").upstream_task_ids


def test_the_end_is_told_to_those_who_want_to_know(dag):
    settings = {"on": ["failed"], "webhook": {"connection": "hook"}}
    told = session_dag("told", notifications=settings)
    assert told.get_task("verdict").op_kwargs == {"notifications": settings}
    assert told.get_task("phase_3.checkpoint").partial_kwargs["notifications"] == settings
    assert dag.get_task("verdict").op_kwargs == {"notifications": None}
