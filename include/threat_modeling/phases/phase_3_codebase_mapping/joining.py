"""Weaknesses that two agents saw: one where its caller is, one where it stands. They are one, and belong to where they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from threat_modeling.codebase.findings import without_repeats
from threat_modeling.phases.phase_2_codebase_sizing.artifacts import below

if TYPE_CHECKING:
    from collections.abc import Sequence

    from threat_modeling.codebase.observations import Weakness
    from threat_modeling.phases.phase_3_codebase_mapping.artifacts import ComponentMap


def joined(maps: Sequence[ComponentMap]) -> list[ComponentMap]:
    """The maps, each weakness once and in the component whose folder holds its file; the best proven sighting stands."""
    found: dict[str, list[Weakness]] = {m.component: [] for m in maps}
    for weakness in without_repeats(w for m in sorted(maps, key=lambda m: m.component) for w in m.weaknesses):
        homes = [m for m in maps if below(weakness.evidence.path, m.path)] or [m for m in maps if weakness in m.weaknesses]
        home = max(homes, key=lambda m: (len(m.path) if m.path != "." else 0, m.component))
        found[home.component].append(weakness)
    return [m.model_copy(update={"weaknesses": tuple(found[m.component])}) for m in maps]
