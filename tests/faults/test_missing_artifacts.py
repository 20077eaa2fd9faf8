"""Missing artifacts: what an agent delivered is gone, empty or broken when the phase is consolidated."""

from __future__ import annotations

import pytest

from tests.faults.injected import BY, Inline, dies, notes, run_round
from threat_modeling.checkpoints import APPROVE
from threat_modeling.delivery import Delivery
from threat_modeling.phases.phase_2_codebase_sizing.artifacts import SizingReport
from threat_modeling.phases.phase_3_codebase_mapping.artifacts import EntryPoints
from threat_modeling.pipeline import run_session

LOST = {
    "deleted": lambda file: file.unlink(),
    "empty": lambda file: file.write_bytes(b""),
    "half-written": lambda file: file.write_bytes(file.read_bytes()[:100]),
}
FILE = "phase-3/components/legacy.json"


@pytest.fixture
def session(before):
    return before("phase-3")


@pytest.mark.parametrize("how", LOST)
def test_it_is_found_and_only_that_agent_runs_again(session, how):
    stage = BY["phase-3"]
    for assignment in stage.open_round(session):
        stage.run_agent(session, assignment["id"], 60.0, Inline())
    whole = (session.path / FILE).read_bytes()
    LOST[how](session.path / FILE)
    stage.close_round(session)
    assert stage.state(session) == "again", "no person is needed"
    assert f"{FILE} was" in notes(session, "recovery")

    backend = Inline()
    rounds = run_round(session, "phase-3", backend)

    assert backend.ran == ["phase-3 legacy"]
    assert (session.path / FILE).read_bytes() == whole
    assert rounds[-1]["gaps"] == 0
    assert "its agent alone runs again" in rounds[-1]["body"]
    assert len(session.load(EntryPoints).entry_points) == 2


def test_consolidation_names_what_is_still_missing(session):
    stage = BY["phase-3"]
    for assignment in stage.open_round(session):
        stage.run_agent(session, assignment["id"], 60.0, Inline())
    (session.path / FILE).unlink()
    stage.close_round(session)
    rounds = run_round(session, "phase-3", Inline(("phase-3 legacy", dies, 0)))
    assert rounds[-1]["gaps"] == 1
    assert "**Failed:** legacy" in rounds[-1]["body"]
    (gap,) = Delivery(session, stage).collect()[1]
    assert (gap.assignment, gap.cause) == ("legacy", "AgentFailed")


def test_the_sizing_is_made_again_where_nobody_is_asked(session):
    (session.path / "phase-2/components/sizing.json").unlink()
    BY["phase-2"].close_round(session)
    assert session.load(SizingReport).metrics.total_files == 3
    assert "minimal" not in notes(session, "override")
    assert "phase-2/components/sizing.json was deleted" in notes(session, "recovery")


def test_the_pipeline_recovers_without_a_person(before):
    session = before("phase-3")
    lose = [True]

    def tell(line):
        if lose and line.startswith("phase-3: legacy"):
            lose.clear()
            (session.path / FILE).unlink()

    def ask(session, stage, question):
        stage.decide(session, question["round"], APPROVE, by="ann")

    assert run_session(session, ask, tell, Inline()).status == "complete"
    assert not lose
    assert session.integrity.problems() == []
