"""Generic threats: what the threat modeler delivers names no place, gap or flow, or its inputs are missing."""

from __future__ import annotations

import pytest

from tests.faults.injected import BY, Inline, edited, notes, run_round
from threat_modeling.errors import GenericThreats
from threat_modeling.phases.phase_5_threat_modeling.artifacts import ThreatModel
from threat_modeling.phases.phase_5_threat_modeling.phase import CITED
from threat_modeling.recovery import prepare


def no_place(document):
    document["threats"][0]["evidence"] = []


def nothing_it_rests_on(document):
    document["threats"][0] |= {"control_gaps": [], "data_flows": []}


@pytest.fixture
def session(before):
    return before("phase-5")


@pytest.mark.parametrize("fault", [no_place, nothing_it_rests_on])
def test_they_are_refused_and_asked_for_again_with_what_they_must_cite(session, fault):
    backend = Inline(("phase-5", edited(fault), 1))
    run_round(session, "phase-5", backend)
    assert [task.cite for task in backend.tasks] == [(), CITED]
    assert all(t.evidence and (t.control_gaps or t.data_flows) for t in session.load(ThreatModel).threats)
    assert "GenericThreats" in notes(session, "recovery")


def test_the_error_names_the_threat_and_what_is_missing(session):
    (assignment,) = BY["phase-5"].open_round(session)
    with pytest.raises(GenericThreats, match=r"threats\.0.*control gap or data flow"):
        BY["phase-5"].run_agent(session, assignment["id"], 60.0, Inline(("phase-5", edited(nothing_it_rests_on), 0)))


def test_they_never_reach_the_threat_model(session):
    rounds = run_round(session, "phase-5", Inline(("phase-5", edited(nothing_it_rests_on), 0)))
    assert session.load(ThreatModel).threats == ()
    assert rounds[-1]["gaps"] == 1, "told, not made up"


@pytest.mark.parametrize("file", ["phase-3/data-flows.json", "phase-4/control-gaps.json"])
def test_missing_inputs_are_made_again_by_their_phase(session, file):
    content = (session.path / file).read_bytes()
    (session.path / file).unlink()
    assert prepare(session, BY["phase-5"]) is BY["phase-5"], "what was approved is the same, so nobody is asked again"
    assert (session.path / file).read_bytes() == content
    assert f"{file}: missing; made again" in notes(session, "corruption")
    run_round(session, "phase-5")
    assert session.load(ThreatModel).threats
