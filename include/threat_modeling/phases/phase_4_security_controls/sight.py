"""A control that was met while searching, and how far it covers the places of a concern."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Final, Literal

from threat_modeling.model import ControlCategory

if TYPE_CHECKING:
    from threat_modeling.model import Evidence, Provenance

Scope = Literal["application", "router", "route", "handler", "function", "file", "stated"]


STANDS_BESIDE: Final = frozenset(
    {
        ControlCategory.AUTHENTICATION,
        ControlCategory.AUTHORIZATION,
        ControlCategory.RATE_LIMITING,
        ControlCategory.LOGGING_AUDIT,
        ControlCategory.CORS_CSP,
    }
)
"""Categories whose control stands beside the code it protects; the others have to be in the way of the value itself."""


class Cover(IntEnum):
    """What a control does for a place: nothing (it only stands nearby), a part, or all that is needed."""

    NEARBY = 0
    PART = 1
    FULL = 2


@dataclass(frozen=True, slots=True)
class Sight:
    """One control. `covers` says for each place (by its position in the concern) how far it goes; places left out are not covered."""

    category: ControlCategory
    implementation: str
    scope: Scope
    strength: Literal["strong", "partial", "weak"]
    effectiveness: str
    provenance: Provenance
    evidence: tuple[Evidence, ...]
    covers: tuple[tuple[int, Cover], ...] = ()

    def cover(self, place: int) -> Cover:
        """How far it covers a place."""
        return dict(self.covers).get(place, Cover.NEARBY)
