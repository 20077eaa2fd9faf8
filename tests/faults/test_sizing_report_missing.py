"""Sizing report missing: the sizer dies or runs out of time."""

from __future__ import annotations

import json

import pytest

from tests.faults.injected import BY, Inline, approve, dies, notes, run_round, times_out, until_asked
from threat_modeling.errors import SizingReportMissing
from threat_modeling.phases.phase_2_codebase_sizing.artifacts import SizingReport
from threat_modeling.verdict import verdict

ERROR = "phase-2/components/sizing-ERROR.json"


@pytest.fixture
def session(before):
    return before("phase-2")


@pytest.mark.parametrize("fault", [dies, times_out])
def test_a_second_try_counts_code_only(session, fault):
    backend = Inline(("phase-2", fault, 1))
    run_round(session, "phase-2", backend)
    assert [task.reduced for task in backend.tasks] == [False, True]
    report = session.load(SizingReport)
    assert report.metrics.total_files == 2  # the README is no code
    assert [(skip.path, skip.files) for skip in report.excluded] == [("README.md", 1)]
    assert "SizingReportMissing" in notes(session, "recovery")
    assert notes(session, "override") == "component cart given by hand, depth full\ncomponent legacy given by hand, depth full"


def test_what_the_sizer_had_written_is_kept(session):
    with pytest.raises(SizingReportMissing, match=r"sizing-report\.json was not delivered"):
        _run_alone(session, Inline(("phase-2", dies, 0)))
    kept = json.loads((session.path / ERROR).read_bytes())
    assert kept["partial_output"] == '{"report": {"scope"'
    assert (kept["error"], kept["retry_count"]) == ("SizingReportMissing", 1)


def test_then_the_minimal_strategy_stands_in_on_record(session):
    run_round(session, "phase-2", Inline(("phase-2", times_out, 0)))
    report = session.load(SizingReport)
    assert [(c.path, c.files) for c in report.strategy.components_to_spawn] == [(".", 3)]
    assert report.metrics.total_files == 3, "the real count"
    assert "minimal strategy, one agent maps all 3 files" in notes(session, "override")

    (asked,) = until_asked(session, "phase-3")
    assert "minimal strategy, one agent maps all 3 files" in asked["body"]
    handoff = json.loads((session.path / "handoffs/phase-2-to-3.json").read_bytes())
    assert any("minimal strategy" in line["text"] for line in handoff["overrides"])
    approve(session, "phase-3")
    assert not any("phase-2" in reason for reason in verdict(session).reasons), "nothing is missing: it was replaced"


def _run_alone(session, backend):
    stage = BY["phase-2"]
    (assignment,) = stage.open_round(session)
    stage.run_agent(session, assignment["id"], 60.0, backend)
