"""Invalid sizing schema: the report lacks fields, has wrong ones, or is no JSON."""

from __future__ import annotations

import json

import pytest

from tests.faults.injected import BY, Inline, edited, notes, run_round, truncated
from threat_modeling.errors import SizingInvalid
from threat_modeling.phases.phase_2_codebase_sizing.artifacts import SizingReport


def no_tier(document):
    del document["report"]["strategy"]["tier"]


def no_strategy(document):
    del document["report"]["strategy"]


def wrong_type(document):
    document["report"]["metrics"]["total_files"] = "many"


def unknown_field(document):
    document["report"]["mood"] = "good"


BROKEN = {
    "report.strategy.tier": edited(no_tier),
    "report.strategy": edited(no_strategy),
    "report.metrics.total_files": edited(wrong_type),
    "report.mood": edited(unknown_field),
    "the document": truncated,
}


@pytest.fixture
def session(before):
    return before("phase-2")


@pytest.mark.parametrize("field", BROKEN)
def test_the_error_names_field_and_file(session, field):
    (assignment,) = BY["phase-2"].open_round(session)
    with pytest.raises(SizingInvalid) as told:
        BY["phase-2"].run_agent(session, assignment["id"], 60.0, Inline(("phase-2", BROKEN[field], 0)))
    assert f"{field}:" in str(told.value)
    assert "phase-2/components/sizing.json" in str(told.value)
    assert json.loads((session.path / "phase-2/components/sizing-ERROR.json").read_bytes())["partial_output"]


@pytest.mark.parametrize("field", BROKEN)
def test_the_sizer_runs_again_with_the_requirement_made_explicit(session, field):
    backend = Inline(("phase-2", BROKEN[field], 1))
    run_round(session, "phase-2", backend)
    first, second = backend.tasks
    assert first.required == ()
    assert second.required[0].startswith(f"{field}:")
    assert session.load(SizingReport).strategy.tier == "small"
    assert "minimal" not in notes(session, "override")


def test_then_the_minimal_strategy_has_the_real_count(session):
    run_round(session, "phase-2", Inline(("phase-2", edited(no_tier), 0)))
    report = session.load(SizingReport)
    assert (report.strategy.tier, report.strategy.components_to_spawn[0].files) == ("small", 3)
    assert "SizingInvalid" in notes(session, "override")
    assert "report.strategy.tier" in notes(session, "override")
