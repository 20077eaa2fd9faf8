"""Words for where a weakness is reached: the entry point, and the parameter that carries the attack."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from threat_modeling.catalog.weakness import WeaknessType
    from threat_modeling.codebase.observations import Parameter
    from threat_modeling.phases.phase_3_codebase_mapping.artifacts import ConcernLocation, EntryPoint


def where(location: ConcernLocation, entry_points: Sequence[EntryPoint]) -> str:
    """`GET /users/{id}`, how many more serve it too, or the function or file where no entry point is known."""
    if entry_points:
        first = f"{entry_points[0].method} {entry_points[0].path}"
        return first if len(entry_points) == 1 else f"{first} (and {len(entry_points) - 1} more)"
    return f"{location.function} in {location.evidence.path}" if location.function else location.evidence.path


def carrier(location: ConcernLocation, entry_point: EntryPoint | None) -> Parameter | None:
    """The parameter that the code of the place or of the way there names; the only one there is; or None."""
    if entry_point is None or not entry_point.parameters:
        return None
    quotes = " ".join(e.quote for e in (*(step.evidence for step in location.trace), location.evidence))
    named = [p for p in entry_point.parameters if re.search(rf"\b{re.escape(p.name)}\b", quotes)]
    if named:
        return named[0]
    return entry_point.parameters[0] if len(entry_point.parameters) == 1 else None


def attack(kind: WeaknessType, location: ConcernLocation, entry_points: Sequence[EntryPoint]) -> str:
    """The catalog's attack, told of this place."""
    at = where(location, entry_points)
    parameter = carrier(location, entry_points[0] if entry_points else None)
    value = (
        f"the {parameter.source} parameter {parameter.name} of {at}"
        if parameter
        else f"a request to {at}"
        if entry_points
        else f"a value that reaches {at}"
    )
    return kind.attack.replace("{input}", value).replace("{where}", at)
