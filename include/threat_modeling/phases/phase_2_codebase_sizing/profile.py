"""What each component holds: files, security-relevant names, crown jewels, and the kind of code it mostly is."""

from __future__ import annotations

import posixpath
from collections import Counter
from typing import TYPE_CHECKING

from threat_modeling.codebase.naming import CODE
from threat_modeling.codebase.relevance import is_security_relevant
from threat_modeling.model import Depth
from threat_modeling.phases.phase_2_codebase_sizing.artifacts import Priority, SizedComponent
from threat_modeling.phases.phase_2_codebase_sizing.partition import Ownership, Part, component_id, excludes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from threat_modeling.codebase.walk import SourceFile
    from threat_modeling.phases.phase_1_business_context.artifacts import CrownJewel
    from threat_modeling.phases.phase_2_codebase_sizing.artifacts import ComponentType

_KINDS: dict[str, ComponentType] = {
    **dict.fromkeys(("jsx", "tsx", "vue", "svelte", "astro", "css", "html"), "frontend"),
    **dict.fromkeys(("hcl", "dockerfile"), "infrastructure"),
}
_RANK: dict[Priority, int] = {"high": 0, "medium": 1, "low": 2}


def priority_of(relevant: int, *, crown_jewel: bool = False) -> Priority:
    """More than 10 security-relevant files are high, 5 to 10 medium, fewer low; a crown jewel makes it high (seed: Security Relevance Weighting)."""
    return "high" if crown_jewel or relevant > 10 else "medium" if relevant >= 5 else "low"


class Profiler:
    """Profiles partitions of the same files."""

    def __init__(self, files: Sequence[SourceFile], jewels: Sequence[CrownJewel], outside: Sequence[str]) -> None:
        self._files = files
        self._outside = outside
        self._relevant = [file.language in CODE and is_security_relevant(file.path) for file in files]
        self._jewels = _Jewels(jewels)

    def components(self, parts: Sequence[Part]) -> list[SizedComponent]:
        """The parts as components: crown jewels first, then by priority, then the largest; in full depth where no person gave one."""
        ownership = Ownership(parts)
        files, relevant = Counter[int](), Counter[int]()
        kinds = [Counter[str]() for _ in parts]
        jewels: list[set[str]] = [set() for _ in parts]
        for file, tells in zip(self._files, self._relevant, strict=True):
            index = ownership.of(file.path)
            files[index] += 1
            relevant[index] += tells
            kinds[index][_KINDS.get(file.language or "", "backend" if file.language in CODE else "other")] += 1
            jewels[index].update(self._jewels.of(file.path))
        components = [
            SizedComponent(
                id=component_id(part.path),
                path=part.path,
                excludes=excludes(part, parts, self._outside),
                files=files[index],
                recommended_depth=part.depth or Depth.FULL,
                type=_kind(part, kinds[index]),
                priority=priority_of(relevant[index], crown_jewel=bool(jewels[index])),
                security_relevant_files=relevant[index],
                crown_jewels=tuple(sorted(jewels[index])),
                reason=part.reason or "one agent maps everything",
                given=part.depth is not None,
            )
            for index, part in enumerate(parts)
        ]
        return sorted(components, key=lambda c: (not c.crown_jewels, _RANK[c.priority], -c.files, c.path))


def _kind(part: Part, kinds: Counter[str]) -> ComponentType:
    """The heuristic's type; where it says nothing, or only `src`, what most of its files are."""
    if part.type != "other" and part.reason != "folder name src":
        return part.type
    code: list[ComponentType] = ["backend", "frontend", "infrastructure"]
    best = max(code, key=lambda kind: kinds[kind])
    return best if kinds[best] else "other"


class _Jewels:
    """Which crown jewels a file belongs to, by looking up its folders instead of asking each jewel about each file."""

    def __init__(self, jewels: Sequence[CrownJewel]) -> None:
        self._by_path: dict[str, set[str]] = {}
        self._patterned = [jewel for jewel in jewels if jewel.patterns]
        for jewel in jewels:
            for path in jewel.paths:
                self._by_path.setdefault(posixpath.normpath(path), set()).add(jewel.id)

    def of(self, path: str) -> set[str]:
        """Ids of the jewels that the file defines or handles."""
        found = {jewel.id for jewel in self._patterned if jewel.handles(path)}
        while self._by_path and path:
            found |= self._by_path.get(path, set())
            path = posixpath.dirname(path)
        return found | self._by_path.get(".", set())
