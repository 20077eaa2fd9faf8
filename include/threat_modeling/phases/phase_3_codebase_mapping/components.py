"""The components of this round: what sizing proposes, with a person's corrections worked in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from threat_modeling.agent import Task
from threat_modeling.model import Depth, RelativePath
from threat_modeling.phases.phase_2_codebase_sizing.artifacts import SizingReport, SpawnComponent, below
from threat_modeling.phases.phase_2_codebase_sizing.partition import component_id
from threat_modeling.text import md_escape

if TYPE_CHECKING:
    from threat_modeling.phases.phase_3_codebase_mapping.corrections import Corrections
    from threat_modeling.session import Session


class MapComponent(Task):
    """Map the files below `path` that no path of `excludes` owns; at most `sample_files` of them where the depth is sampling."""

    path: RelativePath
    excludes: tuple[RelativePath, ...] = ()
    depth: Depth
    sample_files: int | None = None

    def owns(self, path: str) -> bool:
        """Whether a file of the target is this component's."""
        return below(path, self.path) and not any(below(path, nested) for nested in self.excludes)


DEFAULT_SAMPLE = 1000
"""Files that a component is sampled down to where nobody gave a number."""


def tasks(session: Session, wanted: Corrections) -> list[MapComponent]:
    """One task per component, in the order of sizing; every correction that changes something is recorded as an override."""
    proposed = {c.path: c for c in session.load(SizingReport).strategy.components_to_spawn}
    current = {path: (c.recommended_depth, c.sample_files) for path, c in proposed.items()}
    dropped: list[str] = []
    for path in wanted.drop:
        parts = [p for p in current if p == path or (p in proposed and proposed[p].split_from == path)]
        if parts:
            dropped += [p for p in parts if current.pop(p)]
            session.override(f"component {path} dropped by a person", "phase-3")
        else:
            session.open_note(f"drop component {path}: there is no such component", "phase-3")
    for old, new in wanted.repath:
        if old in current and _stands(session, new, folder=True):
            current = {new if p == old else p: c for p, c in current.items()}
            session.override(f"component {old} moved to {new} by a person", "phase-3")
        else:
            session.open_note(f"move component {old} to {new}: one of them does not exist", "phase-3")
    for path, depth in wanted.add:
        if _stands(session, path):
            current[path] = (depth, None)
            session.override(f"component {path} added by a person, depth {depth.value}", "phase-3")
        else:
            session.open_note(f"add component {path}: the target has no such folder", "phase-3")
    for path, depth in wanted.depth:
        if path in current:
            current[path] = (depth, current[path][1])
            session.override(f"depth of component {path} set to {depth.value} by a person", "phase-3")
        else:
            session.open_note(f"depth of component {path}: there is no such component", "phase-3")
    return [_task(p, depth, sample, [*current, *dropped], proposed.get(p)) for p, (depth, sample) in current.items() if depth is not Depth.SKIP]


def _stands(session: Session, path: str, *, folder: bool = False) -> bool:
    """Whether the target holds a file or folder that a person named; a name that no file can have is none."""
    place = session.target / path
    try:
        return place.is_dir() if folder else place.exists()
    except OSError:
        return False


def _task(path: str, depth: Depth, sample: int | None, every: list[str], proposed: SpawnComponent | None) -> MapComponent:
    nested = {p for p in every if p != path and below(p, path)} | set(proposed.excludes if proposed else ())
    if depth is Depth.SAMPLING and sample is None:
        sample = DEFAULT_SAMPLE
    label = ("whole target" if path == "." else path) + (" (sampled)" if depth is Depth.SAMPLING else "")
    return MapComponent(
        id=proposed.id if proposed and proposed.id else component_id(path),
        label=md_escape(label, 120) if not label.isascii() else label,
        path=path,
        excludes=tuple(sorted(nested)),
        depth=depth,
        sample_files=sample if depth is Depth.SAMPLING else None,
    )
