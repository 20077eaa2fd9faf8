"""Controls that a person stated, matched to the places of a concern."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from threat_modeling.model import Provenance
from threat_modeling.phases.phase_4_security_controls.sight import Cover, Sight

if TYPE_CHECKING:
    from collections.abc import Sequence

    from threat_modeling.model import ControlCategory
    from threat_modeling.phases.phase_3_codebase_mapping.artifacts import ConcernLocation
    from threat_modeling.phases.phase_4_security_controls.grounds import Grounds
    from threat_modeling.phases.phase_4_security_controls.task import StatedControl


def stated_sights(grounds: Grounds, category: ControlCategory, stated: Sequence[StatedControl]) -> list[Sight]:
    """The stated controls of a category that bear on at least one place; a statement covers fully where it applies."""
    sights = []
    for control in stated:
        if control.category is not category:
            continue
        covers = tuple((i, Cover.FULL) for i, place in enumerate(grounds.concern.locations) if _applies(grounds, control.where, place))
        if covers:
            sights.append(
                Sight(
                    category=category,
                    implementation=control.statement,
                    scope="stated",
                    strength="strong",
                    effectiveness=f"stated by a person for {control.where}; the code does not show it",
                    provenance=Provenance.STATED,
                    evidence=(),
                    covers=covers,
                )
            )
    return sights


def _applies(grounds: Grounds, where: str, place: ConcernLocation) -> bool:
    if where in {"*", grounds.concern.id, grounds.concern.name, *grounds.concern.components}:
        return True
    points = grounds.points(place)
    if points and all(where in {p.id, f"{p.method} {p.path}"} for p in points):
        return True  # every way to the place passes it
    path = posixpath.normpath(where.strip().strip("/") or ".")
    return path in {".", place.evidence.path} or place.evidence.path.startswith(path + "/")
