"""How thoroughly each component is mapped (seed: Strategy impact of priority, sampling of large components)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from threat_modeling.model import Depth
from threat_modeling.phases.phase_2_codebase_sizing.planning import SPLIT_ABOVE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from threat_modeling.phases.phase_2_codebase_sizing.artifacts import SizedComponent, Tier

SAMPLE_ABOVE = 10_000
"""Files above which a component is sampled, whatever its priority (seed: Performance Optimization, Phase 3)."""
SAMPLE_FILES = 1500
"""Files that a sampled component is mapped by; a smaller one is mapped in full."""


def with_depths(components: Sequence[SizedComponent], tier: Tier) -> list[SizedComponent]:
    """The components with their depth. What a person gave stays.

    High priority is mapped in full up to SAMPLE_ABOVE files. Of the others, what splitting left above SPLIT_ABOVE is sampled, and in
    the large tier all above SAMPLE_FILES. A large target is never mapped without sampling: where every component ranks high, the one
    with the smallest share of security-relevant files is sampled.
    """
    decided = [c if c.given else c.model_copy(update={"recommended_depth": _depth(c, tier)}) for c in components]
    if tier == "large" and all(c.recommended_depth is not Depth.SAMPLING for c in decided):
        candidates = [c for c in decided if not c.given and c.files > SAMPLE_FILES]
        if candidates:
            least = min(candidates, key=lambda c: (bool(c.crown_jewels), c.security_relevant_files / c.files, c.path))
            decided = [c.model_copy(update={"recommended_depth": Depth.SAMPLING}) if c is least else c for c in decided]
    return decided


def _depth(component: SizedComponent, tier: Tier) -> Depth:
    if component.priority == "high":
        return Depth.SAMPLING if component.files > SAMPLE_ABOVE else Depth.FULL
    return Depth.SAMPLING if component.files > (SAMPLE_FILES if tier == "large" else SPLIT_ABOVE) else Depth.FULL
