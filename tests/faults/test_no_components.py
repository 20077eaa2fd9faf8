"""No components: the sizer finds nothing to spawn."""

from __future__ import annotations

import pytest

from tests.faults.injected import Inline, at_gate, edited, notes, run_round
from threat_modeling.phases.phase_2_codebase_sizing.artifacts import SizingReport


def nothing(document):
    document["report"]["strategy"] |= {"components_to_spawn": [], "estimated_agents": 0}


def sized(tmp_path, **folders):
    """The report on a target whose folders hold that many files each; "flat" stands for the root."""
    target = tmp_path / "target"
    for name, files in folders.items():
        folder = target if name == "flat" else target / name
        folder.mkdir(parents=True, exist_ok=True)
        for number in range(files):
            (folder / f"f{number}.py").touch()
    session = at_gate("phase-2", target, tmp_path / "out")
    backend = Inline(("phase-2", edited(nothing), 0))
    run_round(session, "phase-2", backend)
    assert len(backend.ran) == 1, "the same sizer would find nothing again"
    assert "NoComponents" in notes(session, "override")
    return [(c.path, c.files) for c in session.load(SizingReport).strategy.components_to_spawn]


def test_a_flat_tree_is_one_agents(tmp_path):
    assert sized(tmp_path, flat=12) == [(".", 12)]


def test_a_small_target_is_one_agents(tmp_path):
    assert sized(tmp_path, zebra=500, yak=300) == [(".", 800)]


def test_a_flat_large_target_is_one_agents(tmp_path):
    assert sized(tmp_path, flat=1001) == [(".", 1001)]


@pytest.mark.parametrize("name", ["zebra", "Ünüsual näme", "-x"])
def test_unusual_names_of_a_larger_one_are_its_largest_folders_and_the_rest(tmp_path, name):
    found = sized(tmp_path, **{name: 500, "yak": 300, "auk": 200, "gnu": 100, "flat": 1})
    assert sorted(found) == sorted([(name, 500), ("yak", 300), ("auk", 200), (".", 101)])
