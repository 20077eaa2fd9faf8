"""Components as a partition of the target's files: the longest folder that holds a file decides whose it is."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from threat_modeling.phases.phase_2_codebase_sizing.artifacts import below

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from threat_modeling.model import Depth
    from threat_modeling.phases.phase_2_codebase_sizing.artifacts import ComponentType

_PLAIN = re.compile(r"[a-z0-9][a-z0-9._-]*(/[a-z0-9._-]+)*")


@dataclass(frozen=True, slots=True)
class Part:
    """A folder that makes a component, less the folders of other parts in it."""

    path: str
    type: ComponentType
    reason: str
    depth: Depth | None = None
    """Given by a person; None where the rules decide."""


def outermost(folders: Iterable[str]) -> list[str]:
    """The folders that lie in no other of them, sorted."""
    kept: list[str] = []
    for folder in sorted(set(folders), key=lambda f: "" if f == "." else f + "/"):
        if not kept or not below(folder, kept[-1]):
            kept.append(folder)
    return sorted(kept)


def excludes(part: Part, parts: Sequence[Part], outside: Collection[str] = ()) -> tuple[str, ...]:
    """The outermost folders in a part that are another part's or out of scope."""
    return tuple(outermost(p for p in (*(other.path for other in parts), *outside) if p != part.path and below(p, part.path)))


class Ownership:
    """Which part each file belongs to."""

    def __init__(self, parts: Sequence[Part]) -> None:
        self._owner = {part.path: index for index, part in enumerate(parts)}
        self._deepest = max((part.path.count("/") + 1 for part in parts if part.path != "."), default=0)

    def of(self, path: str) -> int:
        """The index of the part that owns a file; KeyError where none holds it."""
        folders = path.split("/", self._deepest)
        for length in range(min(len(folders), self._deepest), 0, -1):
            owner = self._owner.get("/".join(folders[:length]))
            if owner is not None:
                return owner
        return self._owner["."]


def component_id(path: str) -> str:
    """Stable for the same path and safe as a file name: `services/api` is `services--api`, the root is `root`.

    A path that this spelling can't tell from another (upper case, other characters, great length) gets digits of its hash.
    """
    if path == ".":
        return "root"
    if _PLAIN.fullmatch(path) and "--" not in path and path != "root" and len(path) <= 60:
        return path.replace("/", "--")
    name = re.sub(r"[^a-z0-9]+", "-", path.lower()).strip("-")[:50].strip("-")
    return f"{name or 'component'}-{hashlib.sha256(path.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"
