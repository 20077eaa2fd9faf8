"""One threat as a tester sees it: what to send where, and how urgent it is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from threat_modeling.catalog.weakness import WeaknessType, weakness
from threat_modeling.model import ControlCategory
from threat_modeling.phases.phase_6_test_planning.scored import priority_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from threat_modeling.codebase.observations import Parameter
    from threat_modeling.phases.phase_3_codebase_mapping.artifacts import EntryPoint
    from threat_modeling.phases.phase_5_threat_modeling.artifacts import Threat
    from threat_modeling.phases.phase_6_test_planning.artifacts import Priority


@dataclass(frozen=True, slots=True)
class Subject:
    """A threat with its entry points and its priority."""

    threat: Threat
    points: tuple[EntryPoint, ...]
    priority: Priority
    by_person: bool

    @property
    def kind(self) -> WeaknessType:
        """The catalog's record of its weakness."""
        return weakness(self.threat.cwe)

    @property
    def over_the_wire(self) -> bool:
        """Whether a request from outside can prove it."""
        return bool(self.points) and self.kind.test.how == "request"

    @property
    def second_user(self) -> bool:
        """Whether it takes another account to prove it."""
        return self.kind.controls[0] is ControlCategory.AUTHORIZATION

    def parameter(self, point: EntryPoint) -> Parameter | None:
        """The parameter of an entry point that the quoted code names; the only one; or None."""
        quotes = " ".join(e.quote for e in self.threat.evidence)
        named = next((p for p in point.parameters if re.search(rf"\b{re.escape(p.name)}\b", quotes)), None)
        return named or (point.parameters[0] if len(point.parameters) == 1 else None)


def subjects(threats: Sequence[Threat], points: Mapping[str, EntryPoint], priorities: Mapping[str, Priority]) -> tuple[list[Subject], list[str]]:
    """All threats, most urgent first, and the priorities that name none of them."""
    found = []
    for threat in threats:
        said = priorities.get(threat.id) or priorities.get(threat.fingerprint)
        found.append(
            Subject(
                threat=threat,
                points=tuple(points[p] for p in threat.entry_points if p in points),
                priority=said or priority_of(threat.cvss.environmental.score),
                by_person=said is not None,
            )
        )
    named = {key for t in threats for key in (t.id, t.fingerprint)}
    return sorted(found, key=lambda s: (s.priority, s.threat.id)), [f"{key} {value}" for key, value in sorted(priorities.items()) if key not in named]
