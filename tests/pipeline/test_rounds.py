"""Rounds of a checkpoint: revise, further concerns of a severity, failed agents, stop."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.pipeline.shops import new_session, write_services
from threat_modeling.checkpoints import APPROVE, APPROVE_REST, REVISE, STOP
from threat_modeling.delivery import Delivery
from threat_modeling.errors import AgentTimeout, CheckpointInvalid
from threat_modeling.phases.order import STAGES
from threat_modeling.phases.phase_3_codebase_mapping.artifacts import EntryPoints, Manifest
from threat_modeling.verdict import verdict

BY = {s.key: s for s in STAGES}
LIMIT = 120.0


def run_round(session, key, limit=LIMIT):
    stage = BY[key]
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda assignment: stage.run_agent(session, assignment["id"], limit), stage.open_round(session)))
    return stage.close_round(session)


def approve(session, key, option=APPROVE, **more):
    rounds = run_round(session, key)
    if rounds:
        BY[key].decide(session, rounds[-1]["round"], option, by="ann", **more)


def run_all_but_legacy(stage, session):
    """Let one agent run out of time, after all others delivered."""
    for assignment in stage.open_round(session):
        if assignment["id"] != "legacy":
            stage.run_agent(session, assignment["id"], LIMIT)
    stage.run_agent(session, "legacy", 0.001)


@pytest.fixture
def session(tmp_path):
    target = write_services(tmp_path / "shop", ["cart", "legacy"])
    found = new_session(target, tmp_path / "out", components=["cart", "legacy"])
    approve(found, "phase-1")
    approve(found, "phase-2")
    return found


def test_a_dropped_component_leaves_no_ghost_and_no_sibling_runs_again(session):
    stage = BY["phase-3"]
    run_round(session, "phase-3")
    before = session.integrity.get("phase-3/components/cart.json")
    stage.decide(session, 1, REVISE, by="ann", feedback="legacy is not deployed", form={"drop_components": ["legacy"]})
    assert stage.state(session) == "again"

    rounds = run_round(session, "phase-3")

    assert [r["round"] for r in rounds] == [1, 2]
    assert "legacy is not deployed" in rounds[1]["body"]
    assert [c.id for c in session.load(Manifest).components] == ["root", "cart"]
    assert not any("legacy" in p.path for p in session.load(EntryPoints).entry_points)
    assert not (session.path / "phase-3/components/legacy.json").exists()
    assert session.integrity.get("phase-3/components/cart.json") == before
    assert ("phase-3", "component legacy dropped by a person") in session.notes("override")
    assert session.integrity.problems() == []


def test_feedback_that_no_agent_can_act_on_stays_open(session):
    run_round(session, "phase-3")
    BY["phase-3"].decide(session, 1, REVISE, by="ann", feedback="think of quantum computers")
    asked = run_round(session, "phase-3")[-1]
    assert any("think of quantum computers" in text for _, text in session.notes("open"))
    assert "kept as an open point of the report:** feedback of round 1: think of quantum computers" in asked["body"]


def test_an_unchanged_round_is_not_asked_twice(session):
    first = run_round(session, "phase-3")
    assert run_round(session, "phase-3") == first
    BY["phase-3"].decide(session, 1, APPROVE, by="ann")
    assert len(run_round(session, "phase-3")) == 1
    assert BY["phase-3"].state(session) == "approved"


def test_a_failed_agent_is_a_gap_and_running_it_alone_closes_it(session):
    stage = BY["phase-3"]
    with pytest.raises(AgentTimeout, match="split the component"):
        run_all_but_legacy(stage, session)
    rounds = stage.close_round(session)
    assert rounds[0]["gaps"] == 1
    assert "1 agent(s) failed" in rounds[0]["subject"]
    assert "AgentTimeout" in rounds[0]["body"]
    sibling = session.integrity.get("phase-3/components/cart.json")

    stage.run_agent(session, "legacy", LIMIT)
    rounds = stage.close_round(session)

    assert [r["gaps"] for r in rounds] == [1, 0]
    assert session.checkpoints.get("phase-3", 1).status == "superseded"
    assert session.integrity.get("phase-3/components/cart.json") == sibling
    assert len(session.load(EntryPoints).entry_points) == 2


def test_approving_a_gap_lets_the_session_go_on_but_not_end_as_complete(session):
    stage = BY["phase-3"]
    with pytest.raises(AgentTimeout):
        run_all_but_legacy(stage, session)
    stage.close_round(session)
    stage.decide(session, 1, APPROVE, by="ann")
    assert stage.state(session) == "approved"
    assert any("legacy" in reason for reason in verdict(session).reasons)
    assert verdict(session).status == "incomplete"


def test_a_person_who_stops_leaves_a_stopped_session(session):
    approve(session, "phase-3", STOP, feedback="wrong branch")
    result = verdict(session)
    assert (result.status, result.exit_code) == ("stopped", 3)
    assert "wrong branch" in result.reasons[0]


def test_an_approval_with_corrections_is_worked_in_and_asked_again(session):
    run_round(session, "phase-3")
    BY["phase-3"].decide(session, 1, APPROVE, by="ann", form={"drop_components": ["legacy"], "exposure": []})
    assert BY["phase-3"].state(session) == "again"
    assert session.checkpoints.get("phase-3", 1).form == {"drop_components": ["legacy"]}
    run_round(session, "phase-3")
    assert [c.id for c in session.load(Manifest).components] == ["root", "cart"]


def test_an_answer_is_given_once_and_only_one_that_is_offered(session):
    stage = BY["phase-3"]
    run_round(session, "phase-3")
    with pytest.raises(CheckpointInvalid, match="does not offer"):
        stage.decide(session, 1, APPROVE_REST, by="ann")
    with pytest.raises(CheckpointInvalid, match="round 7"):
        stage.decide(session, 7, APPROVE, by="ann")
    stage.decide(session, 1, APPROVE, by="ann")
    assert stage.decide(session, 1, STOP, by="bob").by == "ann"


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    """23 concerns of one severity, asked ten at a time."""
    names = [f"service{n:02d}" for n in range(23)]
    tmp_path = tmp_path_factory.mktemp("many")
    target = write_services(tmp_path / "shop", names)
    found = new_session(target, tmp_path / "out", components=names, max_agents=10)
    for key in ("phase-1", "phase-2", "phase-3"):
        approve(found, key)
    return found


def _severity_with_many(session):
    return max((s.key for s in STAGES if s.severity), key=lambda key: len(list(BY[key].phase.assign(session, BY[key]))))


def test_at_most_ten_concerns_lie_between_two_decisions(many):
    key = _severity_with_many(many)
    stage = BY[key]
    for severity in (s for s in STAGES if s.severity and s.key != key):
        if severity.severity.rank < stage.severity.rank:
            approve(many, severity.key)
    sizes, shown = [], []
    while True:
        rounds = run_round(many, key)
        sizes.append(len(Delivery(many, stage).tasks()))
        shown.append(re.findall(r"^\| (C-\d+) ", rounds[-1]["body"], re.MULTILINE))
        if len(sizes) == 2:
            stage.decide(many, rounds[-1]["round"], REVISE, by="ann", feedback="look at the gateway")
            rounds = run_round(many, key)
            assert "look at the gateway" in rounds[-1]["body"]
            assert len(Delivery(many, stage).tasks()) == 20
        stage.decide(many, rounds[-1]["round"], APPROVE, by="ann")
        if stage.state(many) == "approved":
            break
    assert sizes == [10, 20, 23]
    numbers = [f"C-{n:03}" for n in range(1, 24)]
    assert (shown[0], shown[1], shown[2][:3]) == (numbers[:10], numbers[10:20], numbers[20:])
    assert f"**New in this round:** {', '.join(numbers[20:])}; the others" in rounds[-1]["body"]


def test_approve_rest_investigates_all_but_asks_no_more(tmp_path):
    names = [f"service{n:02d}" for n in range(12)]
    session = new_session(write_services(tmp_path / "shop", names), tmp_path / "out", components=names)
    for key in ("phase-1", "phase-2", "phase-3"):
        approve(session, key)
    key = _severity_with_many(session)
    for stage in STAGES:
        if stage.severity and stage.severity.rank < BY[key].severity.rank:
            approve(session, stage.key)
    rounds = run_round(session, key)
    BY[key].decide(session, rounds[-1]["round"], APPROVE_REST, by="ann")
    assert BY[key].state(session) == "again"
    rounds = run_round(session, key)
    assert rounds[-1]["asked"] is False
    assert BY[key].state(session) == "approved"
    assert session.checkpoints.get(key, 2).by == "ann (approve rest, round 1)"
    assert len(Delivery(session, BY[key]).tasks()) == 12
