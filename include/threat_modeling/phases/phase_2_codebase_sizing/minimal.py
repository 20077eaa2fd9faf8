"""What stands in where the sizer delivers nothing that can be used (seed: Sizing Report Missing, Component Discovery Failure)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from threat_modeling.codebase.naming import CODE
from threat_modeling.codebase.observations import Skip
from threat_modeling.phases.phase_2_codebase_sizing.planning import tier_of
from threat_modeling.phases.phase_2_codebase_sizing.sizing import size
from threat_modeling.request import GivenComponent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from threat_modeling.codebase.walk import Walk
    from threat_modeling.phases.phase_2_codebase_sizing.artifacts import SizingReport

MOST = 3
"""Top-level folders that are components where no heuristic finds any (seed: 2-3 top-level directories)."""


def minimal(walked: Walk, scope: Sequence[str], why: str) -> SizingReport:
    """The seed's minimal strategy, one agent for everything, with the real number of files."""
    report = size(walked, scope, (), (), max_agents=1)
    return report.model_copy(update={"overrides": (f"minimal strategy, one agent maps all {report.metrics.total_files} files: {why}",)})


def largest(walked: Walk, scope: Sequence[str], why: str) -> SizingReport:
    """The 2 to 3 largest top-level folders as components and one for the rest; one agent for a small target or one without folders."""
    counts: dict[str, int] = {}
    for file in walked.files:
        folder, slash, _ = file.path.partition("/")
        if slash:
            counts[folder] = counts.get(folder, 0) + 1
    if tier_of(len(walked.files)) == "small" or not counts or scope:
        return minimal(walked, scope, why)
    folders = sorted(sorted(counts, key=lambda name: (-counts[name], name))[:MOST])
    report = size(walked, scope, [GivenComponent(path=name) for name in folders], (), max_agents=MOST + 1)
    return report.model_copy(update={"overrides": (f"components {', '.join(folders)} are the largest top-level folders: {why}",)})


def reduced(walked: Walk) -> Walk:
    """What holds code: everything else is left out of the count, and listed by its top-level folder."""
    kept = tuple(file for file in walked.files if file.language in CODE)
    if not kept:
        return walked
    left: dict[str, int] = {}
    for file in walked.files:
        if file.language not in CODE:
            top = file.path.split("/")[0]
            left[top] = left.get(top, 0) + 1
    skips = tuple(Skip(path=top, files=number, reason="no code: left out of the count on the second try") for top, number in sorted(left.items()))
    return replace(walked, files=kept, excluded=(*walked.excluded, *skips))
