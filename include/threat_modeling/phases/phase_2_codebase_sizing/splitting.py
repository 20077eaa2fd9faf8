"""Splits a component that its agent did not finish in time (seed: Split oversized component into sub-components)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from threat_modeling.model import Depth
from threat_modeling.phases.phase_2_codebase_sizing.depth import SAMPLE_FILES
from threat_modeling.phases.phase_2_codebase_sizing.partition import component_id, outermost
from threat_modeling.phases.phase_2_codebase_sizing.planning import SPLIT_ABOVE
from threat_modeling.phases.phase_2_codebase_sizing.tree import FolderTree

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from threat_modeling.phases.phase_2_codebase_sizing.artifacts import SizingReport, SpawnComponent

MOST_PARTS = 12
"""Folders that are split off a component; what then is left and still large is sampled."""


def split(report: SizingReport, path: str, files: Iterable[str]) -> SizingReport | None:
    """The report with the component's parts in its place; None where it is not in the report or can't be made smaller."""
    component = next((c for c in report.strategy.components_to_spawn if c.path == path), None)
    if component is None:
        return None
    parts = _parts(component, [file for file in files if component.owns(file)])
    if parts is None:
        return None
    spawned = [part for c in report.strategy.components_to_spawn for part in (parts if c is component else [c])]
    how = f"split into {', '.join(p.path for p in parts)}" if len(parts) > 1 else f"sampled, {parts[0].sample_files} of {parts[0].files} files"
    return _with(report, spawned, f"component {path} was not mapped in its time: {how}")


def carried(report: SizingReport, earlier: SizingReport) -> SizingReport:
    """A report that was made again, with the splits of the earlier one: its agents would run out of time as before."""
    parts: dict[str, list[SpawnComponent]] = {}
    for component in earlier.strategy.components_to_spawn:
        if component.split_from is not None:
            parts.setdefault(component.split_from, []).append(component)
    spawned = [part for c in report.strategy.components_to_spawn for part in parts.get(c.path, [c])]
    told = [text for text in earlier.overrides if text not in report.overrides and "was not mapped in its time" in text]
    return _with(report, spawned, *told) if parts else report


def _with(report: SizingReport, spawned: Sequence[SpawnComponent], *told: str) -> SizingReport:
    strategy = report.strategy.model_copy(
        update={
            "components_to_spawn": tuple(spawned),
            "estimated_agents": len(spawned),
            "parallelization": "single" if len(spawned) == 1 else "by-component",
            "sampling_required": any(c.recommended_depth is Depth.SAMPLING for c in spawned),
        }
    )
    return report.model_copy(update={"strategy": strategy, "overrides": (*report.overrides, *told)})


def _parts(component: SpawnComponent, files: list[str]) -> list[SpawnComponent] | None:
    """Parts of less than SPLIT_ABOVE files and of at most half of them; the files that no part holds stay with the component."""
    limit = min(SPLIT_ABOVE - 1, max(len(files) // 2, 1))
    folders = _folders(component.path, files, limit)
    rest = len(files) - sum(folders.values())
    if not folders:
        return _sampled(component, len(files))
    origin = component.split_from or component.path
    parts = [
        component.model_copy(
            update={
                "id": component_id(folder),
                "path": folder,
                "excludes": tuple(e for e in component.excludes if e.startswith(folder + "/")),
                "files": count,
                "split_from": origin,
            }
        )
        for folder, count in folders.items()
    ]
    remainder = component.model_copy(update={"files": rest, "excludes": tuple(outermost([*component.excludes, *folders])), "split_from": origin})
    if rest >= SPLIT_ABOVE:
        remainder = remainder.model_copy(update={"recommended_depth": Depth.SAMPLING, "sample_files": SAMPLE_FILES})
    return [remainder, *parts]


def _folders(root: str, files: list[str], limit: int) -> dict[str, int]:
    """Disjoint folders of at most `limit` files, the largest first, until no more than `limit` files are in none of them."""
    prefix = "" if root == "." else root + "/"
    tree = FolderTree(file.removeprefix(prefix) for file in files)
    ranked = sorted((f for f in tree.below(".") if 0 < tree.files(f) <= limit), key=lambda f: (-tree.files(f), f.count("/"), f))
    taken: dict[str, int] = {}
    left = len(files)
    for folder in ranked:
        if left <= limit or len(taken) == MOST_PARTS:
            break
        if not any(other == folder or other.startswith(folder + "/") or folder.startswith(other + "/") for other in taken):
            taken[folder] = tree.files(folder)
            left -= taken[folder]
    return {prefix + folder: taken[folder] for folder in sorted(taken)}


def _sampled(component: SpawnComponent, files: int) -> list[SpawnComponent] | None:
    """What has no folders is sampled, by fewer files each time; None where one file alone is too much."""
    before = component.sample_files or files
    sample = min(SAMPLE_FILES, before // 4)
    if sample < 1:
        return None
    origin = component.split_from or component.path
    return [component.model_copy(update={"files": files, "recommended_depth": Depth.SAMPLING, "sample_files": sample, "split_from": origin})]
