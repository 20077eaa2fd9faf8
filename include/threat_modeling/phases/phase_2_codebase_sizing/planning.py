"""How many agents, and which component each of them maps (seed: Strategy Tiers, Split oversized component)."""

from __future__ import annotations

import math
import posixpath
from typing import TYPE_CHECKING

from threat_modeling.phases.phase_2_codebase_sizing.partition import Part, excludes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from threat_modeling.phases.phase_2_codebase_sizing.artifacts import Tier
    from threat_modeling.phases.phase_2_codebase_sizing.tree import FolderTree

SPLIT_ABOVE = 3000
"""Files above which a component is split (seed: Performance Optimization, Phase 3)."""
FAR_ABOVE = 4500
"""Files above which a component is split even where that takes more agents than the target's size asks for."""
AGENTS: dict[Tier, tuple[int, int]] = {"small": (1, 1), "medium": (2, 5), "large": (5, 10)}
"""The seed's number of agents by tier."""
FILES_PER_AGENT = 2000
"""Files that make one more agent worth its start: three agents for 5,400 files, eight for 15,000."""
_TOO_SMALL = 4
"""A component that has less than this fraction of an even share is no agent of its own: a large one needs the place to be split."""
_WORTH = 20
"""A folder is split off only where it holds at least one file in this many."""


def tier_of(files: int) -> Tier:
    """<1,000 small, 1,000-10,000 medium, more large (seed: Strategy Tiers)."""
    return "small" if files < 1000 else "medium" if files <= 10_000 else "large"


def plan(parts: Sequence[Part], tree: FolderTree, files: int, max_agents: int) -> list[Part]:
    """The parts put together and split so that their number fits the tier; `max_agents` is the person's own limit."""
    least, most = (min(bound, max_agents) for bound in AGENTS[tier_of(files)])
    wanted = min(max(math.ceil(files / FILES_PER_AGENT), least), most)
    pieces = _Pieces(parts, tree)
    while len(pieces.parts) > least and pieces.smallest() * most * _TOO_SMALL < files and pieces.merge(most=files):
        pass
    for bound, limit in ((wanted, SPLIT_ABOVE), (wanted, FAR_ABOVE), (most, files)):
        while len(pieces.parts) > bound and pieces.merge(most=limit):
            pass
    for _ in range(2 * most):
        if not pieces.oversized() or not (pieces.split(above=SPLIT_ABOVE) if len(pieces.parts) < wanted else pieces.merge(most=SPLIT_ABOVE)):
            break
    while len(pieces.parts) < most and pieces.split(above=FAR_ABOVE):
        pass
    while len(pieces.parts) < least and pieces.split(above=0):
        pass
    return pieces.parts


class _Pieces:
    """A partition under change."""

    def __init__(self, parts: Sequence[Part], tree: FolderTree) -> None:
        self._tree = tree
        self.parts = list(parts)

    def smallest(self) -> int:
        """Files of the smallest part."""
        return min(self._size(part) for part in self.parts)

    def oversized(self) -> bool:
        """Whether a part has more than SPLIT_ABOVE files and a folder to split off."""
        sizes = [(part, self._size(part)) for part in self.parts]
        return any(size > SPLIT_ABOVE and self._best_folder(part, size) for part, size in sizes)

    def split(self, above: int) -> bool:
        """Take the best folder out of the largest part that has one and more files than `above`; False where there is none."""
        for part in sorted(self.parts, key=lambda p: (-self._size(p), p.path)):
            size = self._size(part)
            if size <= above:
                return False
            folder = self._best_folder(part, size)
            if folder:
                place = "the root" if part.path == "." else part.path
                self.parts.append(Part(folder, part.type, f"split off {place}, which had {size} files", part.depth))
                return True
        return False

    def _best_folder(self, part: Part, size: int) -> str | None:
        """The folder of a part with most files up to SPLIT_ABOVE, else the smallest above; worth its agent, and not all of the part."""
        taken = {other.path for other in self.parts}
        ranked = []
        for folder in self._tree.below(part.path):
            if folder in taken or self._owner(folder) is not part:
                continue
            files = self._size(Part(folder, part.type, ""))
            if size <= files * _WORTH and files < size:
                ranked.append((files > SPLIT_ABOVE, files if files > SPLIT_ABOVE else -files, folder))
        return min(ranked)[2] if ranked else None

    def merge(self, most: int) -> bool:
        """Put the smallest part together with the one that makes the smallest whole of at most `most` files; False where no two do."""
        for small in sorted(self.parts, key=lambda p: (self._size(p), p.path)):
            wholes = [self._whole(small, other) for other in self.parts if other is not small]
            fitting = [(size, parts[-1].path, parts) for size, parts in (w for w in wholes if w) if size <= most]
            if fitting:
                self.parts = min(fitting, key=lambda f: f[:2])[2]
                return True
        return False

    def _whole(self, one: Part, other: Part) -> tuple[int, list[Part]] | None:
        """The partition in which two parts are one at the folder above both, the one last; None where a third part is that folder."""
        above = posixpath.commonpath([p for p in (one.path, other.path) if p != "."]) if "." not in {one.path, other.path} else "."
        above = above or "."
        rest = [part for part in self.parts if part not in {one, other}]
        if any(part.path == above for part in rest):
            return None
        larger = max(one, other, key=lambda p: (self._size(p), p.path))
        whole = Part(above, larger.type, f"{min(one.path, other.path)} and {max(one.path, other.path)} put together")
        return self._size(whole, rest), [*rest, whole]

    def _owner(self, folder: str) -> Part | None:
        """The part whose folder is next above."""
        by_path = {part.path: part for part in self.parts}
        while folder not in by_path and folder != ".":
            folder = posixpath.dirname(folder) or "."
        return by_path.get(folder)

    def _size(self, part: Part, parts: Sequence[Part] | None = None) -> int:
        """Files of a part without those of the folders in it that are other parts'."""
        nested = excludes(part, self.parts if parts is None else parts)
        return self._tree.files(part.path) - sum(self._tree.files(path) for path in nested)
