"""Where a session stands, at each moment of a stage."""

from __future__ import annotations

from contextlib import suppress

from tests.pipeline.shops import new_session, write_services
from threat_modeling.errors import AgentFailed
from threat_modeling.phases.order import STAGES
from threat_modeling.progress import progress

FIRST = STAGES[0]


class Broken:
    """A backend whose agents die."""

    name = "broken"

    def run(self, *_):
        """Fail as a killed process does."""
        raise AgentFailed("killed by signal 9")


def first(session):
    return progress(session)[0]


def test_a_stage_from_its_start_to_its_approval(tmp_path):
    session = new_session(write_services(tmp_path / "shop", ["api"]), tmp_path / "out")
    assert {stage.state for stage in progress(session)} == {"not started"}
    (assigned,) = FIRST.open_round(session)
    assert (first(session).state, first(session).delivered) == ("running", 0)
    assert [agent.state for agent in first(session).agents] == ["assigned"]
    with suppress(AgentFailed):
        FIRST.run_agent(session, assigned["id"], 60, Broken())
    (failed,) = first(session).failed
    assert "killed by signal 9" in failed.reason
    FIRST.run_agent(session, assigned["id"], 60)
    assert first(session).failed == ()
    assert first(session).agents[0].seconds > 0
    FIRST.close_round(session)
    assert first(session).state == "waiting"
    assert "round 1" in first(session).question
    FIRST.decide(session, 1, "Approve", by="ann")
    assert (first(session).state, first(session).question) == ("approved", "")
    assert first(session).title == "Phase 1: Business context"


def test_a_broken_record_is_told_and_hides_no_other_stage(tmp_path):
    session = new_session(write_services(tmp_path / "shop", ["api"]), tmp_path / "out")
    FIRST.open_round(session)
    (session.path / "phase-1" / "assignments.json").write_text("{")
    stages = progress(session)
    assert "assignments.json" in stages[0].failed[0].reason
    assert len(stages) == len(STAGES)
