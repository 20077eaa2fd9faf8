"""The seed's best practices, as what always holds."""

from __future__ import annotations

import json

import pytest

from tests.faults.injected import BY, Inline, at_gate, dies, finish, notes, run_round
from tests.pipeline.shops import new_session, write_services
from threat_modeling.delivery import Delivery
from threat_modeling.errors import ArtifactMissing
from threat_modeling.phases.order import STAGES
from threat_modeling.phases.phase_2_codebase_sizing.artifacts import SizingReport
from threat_modeling.phases.phase_3_codebase_mapping.artifacts import EntryPoints, Manifest
from threat_modeling.phases.phase_5_threat_modeling.artifacts import ThreatModel
from threat_modeling.pipeline import run_session
from threat_modeling.recovery import prepare


def test_nothing_is_asked_before_consolidation(before):
    session = before("phase-3")
    stage = BY["phase-3"]
    for assignment in stage.open_round(session):
        stage.run_agent(session, assignment["id"], 60.0, Inline())
        assert session.checkpoints.rounds("phase-3") == []
    stage.close_round(session)
    (question,) = session.checkpoints.rounds("phase-3")
    assert session.exists(Manifest)
    assert "entry points" in question.body.lower()


def test_no_agent_runs_without_a_sizing_strategy(before):
    session = before("phase-3")
    (session.path / SizingReport.path).unlink()
    with pytest.raises(ArtifactMissing, match=r"phase-2/sizing-report\.json"):
        BY["phase-3"].open_round(session)


@pytest.mark.parametrize("names", [["cart", "legacy"], ["zebra", "yak"]])
def test_no_component_is_hard_coded(tmp_path, names):
    session = at_gate("phase-3", write_services(tmp_path / "shop", names), tmp_path / "out", components=names)
    BY["phase-3"].open_round(session)
    spawned = [c.path for c in session.load(SizingReport).strategy.components_to_spawn]
    assert [t.path for t in Delivery(session, BY["phase-3"]).tasks()] == spawned
    assert set(names) <= set(spawned)


def test_every_agent_is_awaited_or_told(before):
    session = before("phase-3")
    BY["phase-3"].open_round(session)
    (question,) = BY["phase-3"].close_round(session)  # none ran
    assert question["gaps"] == 3
    assert question["body"].count("**Failed:**") == 3
    assert "every agent of this round failed" in question["body"]


@pytest.mark.parametrize("key", ["phase-1", "phase-3", "phase-4-high", "phase-5", "phase-6"])
def test_no_phase_goes_on_over_a_failed_agent_that_nobody_saw(before, key):
    session = before(key)
    rounds = run_round(session, key, Inline((key, dies, 0)))
    assert BY[key].state(session) == "waiting"
    assert rounds[-1]["gaps"] > 0
    following = next((s for s in STAGES if s.phase.number == BY[key].phase.number + 1 and s.gated), None)
    assert prepare(session, following) is BY[key]


def test_the_automatic_policy_stops_at_a_gap(tmp_path):
    session = new_session(write_services(tmp_path / "shop", ["cart"]), tmp_path / "out", approval="auto")
    result = run_session(session, None, lambda _: None, Inline(("phase-3", dies, 0)))
    assert result.status == "incomplete"
    assert "a person has to decide" in result.reasons[0]


def test_nothing_is_made_up_for_a_failed_agent(before):
    session = before("phase-3")
    run_round(session, "phase-3", Inline(("phase-3", dies, 0)))
    assert session.load(EntryPoints).entry_points == ()
    session = before("phase-5")
    run_round(session, "phase-5", Inline(("phase-5", dies, 0)))
    assert session.load(ThreatModel).threats == ()


def test_what_succeeded_is_kept_and_only_what_failed_runs_again(before):
    session = before("phase-3")
    run_round(session, "phase-3", Inline(("phase-3 legacy", dies, 0)))
    backend = Inline()
    run_round(session, "phase-3", backend)
    assert backend.ran == ["phase-3 legacy"]


def test_overrides_stand_in_every_later_handoff(before):
    session = before("end")
    assert "component cart given by hand" in notes(session, "override")
    for file in sorted((session.path / "handoffs").glob("phase-[2-5]-to-*.json")):
        assert any("component cart given by hand" in line["text"] for line in json.loads(file.read_bytes())["overrides"]), file.name


def test_recoveries_are_on_record(before):
    session = before("phase-3")
    (session.path / "phase-1/summary.md").unlink()
    prepare(session, BY["phase-3"])
    finish(session)
    handoff = json.loads((session.path / "handoffs/phase-3-to-4.json").read_bytes())
    assert any("phase-1/summary.md: missing; made again" in line["text"] for line in handoff["recoveries"])
