"""Sizes a target: from a walk and what a person asked for to the sizing report."""

from __future__ import annotations

import posixpath
from collections import Counter
from typing import TYPE_CHECKING

from threat_modeling.errors import RequestInvalid, TargetUnreadable
from threat_modeling.model import Depth
from threat_modeling.phases.phase_2_codebase_sizing.artifacts import Scope, SizedComponent, SizingReport, SpawnComponent, Strategy, below
from threat_modeling.phases.phase_2_codebase_sizing.depth import SAMPLE_FILES, with_depths
from threat_modeling.phases.phase_2_codebase_sizing.discovery import discover
from threat_modeling.phases.phase_2_codebase_sizing.metrics import COUNT_ALL_UP_TO, grouped, measure
from threat_modeling.phases.phase_2_codebase_sizing.partition import Ownership, Part, outermost
from threat_modeling.phases.phase_2_codebase_sizing.planning import plan, tier_of
from threat_modeling.phases.phase_2_codebase_sizing.profile import Profiler
from threat_modeling.phases.phase_2_codebase_sizing.tree import FolderTree

if TYPE_CHECKING:
    from collections.abc import Sequence

    from threat_modeling.codebase.walk import SourceFile, Walk
    from threat_modeling.phases.phase_1_business_context.artifacts import CrownJewel
    from threat_modeling.request import GivenComponent


def size(walked: Walk, scope: Sequence[str], given: Sequence[GivenComponent], jewels: Sequence[CrownJewel], max_agents: int) -> SizingReport:
    """The report; TargetUnreadable where no file is in scope, RequestInvalid where the given components leave nothing to map."""
    roots = outermost(scope) or ["."]
    files = [file for file in walked.files if any(below(file.path, root) for root in roots)]
    if not files:
        raise TargetUnreadable("the target has no files in scope that are not excluded; widen the scope, or name a folder that holds code")
    root = roots[0] if len(roots) == 1 else posixpath.commonpath(roots) or "."
    outside = _outside(walked.files, files, root) if len(roots) > 1 else []
    tree = FolderTree(file.path for file in files)
    found = _given(given, files, root) if given else discover(tree, root)
    tier = tier_of(len(files))
    spawned = found if given else [Part(root, "other", "")] if tier == "small" else plan(found, tree, len(files), max_agents)
    profiler = Profiler(files, jewels, outside)
    spawn = [c for c in with_depths(profiler.components(spawned), tier) if c.recommended_depth is not Depth.SKIP]
    if not spawn:
        raise RequestInvalid("components: every one is given as skip, so nothing would be mapped; give one the depth full or sampling")
    components = with_depths(profiler.components(found), tier)
    whole = roots == ["."]
    return SizingReport(
        scope=Scope(kind="full" if whole else "components", paths=tuple(roots)),
        metrics=measure(files, walked.directories if whole else None),
        components=tuple(components),
        strategy=Strategy(
            tier=tier,
            parallelization="single" if len(spawn) == 1 else "by-component",
            components_to_spawn=tuple(_spawned(component) for component in spawn),
            estimated_agents=len(spawn),
            sampling_required=any(c.recommended_depth is Depth.SAMPLING for c in spawn),
        ),
        excluded=grouped([skip for skip in walked.excluded if any(below(skip.path, r) for r in roots)]),
        truncated=len(files) > COUNT_ALL_UP_TO,
        overrides=tuple(f"component {c.path} given by hand, depth {c.depth.value}" for c in given),
        notes=tuple(_notes(spawn, components, len(files))),
    )


def _given(given: Sequence[GivenComponent], files: Sequence[SourceFile], root: str) -> list[Part]:
    """The components a person gave, and one more for the files that none of them holds; one that holds no file is left out."""
    parts = [Part(c.path, "other", "given by hand", c.depth) for c in sorted(given, key=lambda c: c.path)]
    if all(part.path != root for part in parts):
        parts.append(Part(root, "other", "what no component given by hand holds"))
    ownership = Ownership(parts)
    held = Counter(ownership.of(file.path) for file in files)
    return [part for index, part in enumerate(parts) if held[index]]


def _outside(every: Sequence[SourceFile], files: Sequence[SourceFile], root: str) -> list[str]:
    """The outermost folders and files below the root that hold nothing in scope."""
    inside = {file.path for file in files}
    holding = {"."}
    for path in inside:
        while path not in holding:
            holding.add(path)
            path = posixpath.dirname(path) or "."  # noqa: PLW2901 - climbs from the file to the root
    found = set()
    for file in every:
        path = file.path
        while file.path not in inside and (posixpath.dirname(path) or ".") not in holding:
            path = posixpath.dirname(path)
        if file.path not in inside and below(path, root):
            found.add(path)
    return sorted(found)


def _spawned(component: SizedComponent) -> SpawnComponent:
    return SpawnComponent(
        id=component.id,
        path=component.path,
        excludes=component.excludes,
        files=component.files,
        recommended_depth=component.recommended_depth,
        sample_files=SAMPLE_FILES if component.recommended_depth is Depth.SAMPLING else None,
    )


def _notes(spawn: Sequence[SizedComponent], components: Sequence[SizedComponent], files: int) -> list[str]:
    notes = [
        f"{c.path}: {min(SAMPLE_FILES, c.files)} of {c.files} files are mapped, those with security-relevant names first"
        for c in spawn
        if c.recommended_depth is Depth.SAMPLING
    ]
    notes += [f"{c.path}: left out, {c.files} files, as a person gave it" for c in components if c.recommended_depth is Depth.SKIP]
    if files > COUNT_ALL_UP_TO:
        notes.append(f"{files} files are more than {COUNT_ALL_UP_TO}: lines and extensions are estimated from a sample")
    if {c.path for c in spawn} != {c.path for c in components} and len(spawn) > 1:
        notes.append(f"{len(components)} components were found; {len(spawn)} agents map them, split and put together to fit the tier")
    return notes
