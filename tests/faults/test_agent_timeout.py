"""Agent timeout: a component is too large, or a file too hard."""

from __future__ import annotations

import psutil
import pytest

from tests.faults.injected import BY, Inline, approve, at_gate, finish, notes, run_round, times_out, until_asked
from threat_modeling.delivery import Delivery
from threat_modeling.errors import AgentTimeout
from threat_modeling.phases.phase_2_codebase_sizing.artifacts import SizingReport
from threat_modeling.phases.phase_3_codebase_mapping.artifacts import Coverage
from threat_modeling.verdict import verdict

HANG = """import ctypes, sys
if "threat_modeling.agent_process" in sys.orig_argv and "big" in sys.orig_argv:
    ctypes.PyDLL(None).sleep(3600)  # native code that holds the interpreter: no signal handler of Python's runs
"""


@pytest.fixture
def large(tmp_path):
    """A component of 3 folders and some files, beside a small one."""
    target = tmp_path / "target"
    for folder, files in {"big/api": 40, "big/services": 30, "big/models/deep": 20, "big": 5, "small": 3}.items():
        (target / folder).mkdir(parents=True, exist_ok=True)
        for number in range(files):
            (target / folder / f"f{number}.py").write_text(f"x = {number}\n")
    return at_gate("phase-3", target, tmp_path / "out", components=["big", "small"])


def test_the_limit_kills_an_agent_that_hangs_in_native_code(large, tmp_path, monkeypatch):
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "sitecustomize.py").write_text(HANG)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "site"))
    stage = BY["phase-3"]
    stage.open_round(large)
    with pytest.raises(AgentTimeout):
        stage.run_agent(large, "big", 2.0)
    commands = [" ".join(p.info["cmdline"] or []) for p in psutil.process_iter(["cmdline"])]
    assert not [c for c in commands if "agent_process" in c and str(large.path) in c]


def test_the_component_is_split_and_only_its_parts_run(large):
    run_round(large, "phase-3", Inline(("phase-3 big$", times_out, 1)))
    assert BY["phase-3"].state(large) == "again", "no person is needed"
    sibling = large.integrity.get("phase-3/components/small.json")

    backend = Inline()
    rounds = run_round(large, "phase-3", backend)

    assert sorted(backend.ran) == ["phase-3 big", "phase-3 big--api", "phase-3 big--services"]
    assert large.integrity.get("phase-3/components/small.json") == sibling, "untouched, and still valid"
    parts = {c.path: (c.files, c.split_from) for c in large.load(SizingReport).strategy.components_to_spawn}
    assert parts == {"big": (25, "big"), "big/api": (40, "big"), "big/services": (30, "big"), "small": (3, None)}
    assert large.load(Coverage).total.files == 98
    assert large.load(Coverage).gaps == ()
    assert "component big was not mapped in its time: split into" in rounds[-1]["body"]
    assert "component big was not mapped in its time" in notes(large, "override")


def test_every_part_has_less_than_3000_files_and_none_is_lost(tmp_path):
    target = tmp_path / "target"
    for name, files in {"a": 2500, "b": 2500, "c": 900, "d": 50}.items():
        (target / "big" / name).mkdir(parents=True)
        for number in range(files):
            (target / "big" / name / f"f{number}.py").touch()
    session = at_gate("phase-3", target, tmp_path / "out", components=["big"])
    run_round(session, "phase-3", Inline(("phase-3", times_out, 1)))
    sizes = [c.files for c in session.load(SizingReport).strategy.components_to_spawn]
    assert max(sizes) < 3000
    assert sum(sizes) == 5950


def test_what_has_no_folders_is_sampled(large):
    backend = Inline(("phase-3 small$", times_out, 0))
    until_asked(large, "phase-3", backend)
    report = large.load(SizingReport)
    assert "small" in {c.path for c in report.strategy.components_to_spawn}
    assert [g.assignment for g in large.load(Coverage).gaps] == ["small"], "three files can't be sampled: a person decides"


def test_a_flat_component_is_read_in_part(tmp_path):
    (tmp_path / "flat").mkdir()
    for number in range(40):
        (tmp_path / "flat" / f"f{number:02}.py").write_text("x = 1\n")
    session = at_gate("phase-3", tmp_path / "flat", tmp_path / "out")
    until_asked(session, "phase-3", Inline(("phase-3", times_out, 1)))
    total = session.load(Coverage).total
    assert (total.files, total.analyzed, total.sampled_out) == (40, 10, 30)


def test_a_part_that_hangs_is_split_further_and_then_a_person_decides(large):
    backend = Inline((r"phase-3 big", times_out, 0))
    rounds = until_asked(large, "phase-3", backend)
    assert rounds[-1]["gaps"] > 0
    assert "Failed:" in rounds[-1]["body"]
    approve(large, "phase-3")
    assert verdict(large).status == "incomplete"


def test_consolidating_twice_splits_once(large):
    run_round(large, "phase-3", Inline(("phase-3 big$", times_out, 1)))
    once = (large.path / SizingReport.path).read_bytes()
    BY["phase-3"].close_round(large)
    assert (large.path / SizingReport.path).read_bytes() == once
    assert len(large.checkpoints.rounds("phase-3")) == 1


def test_a_split_outlives_that_sizing_is_made_again(large):
    run_round(large, "phase-3", Inline(("phase-3 big$", times_out, 1)))
    run_round(large, "phase-2")
    assert "big/api" in {c.path for c in large.load(SizingReport).strategy.components_to_spawn}


def test_dropping_the_component_drops_its_parts(large):
    until_asked(large, "phase-3", Inline(("phase-3 big$", times_out, 1)))
    BY["phase-3"].decide(large, 2, "Revise", by="ann", form={"drop_components": ["big"]})
    run_round(large, "phase-3")
    assert [t.id for t in Delivery(large, BY["phase-3"]).tasks()] == ["small"]


def test_the_session_ends_complete(large):
    run_round(large, "phase-3", Inline(("phase-3 big$", times_out, 1)))
    assert finish(large).status == "complete"
