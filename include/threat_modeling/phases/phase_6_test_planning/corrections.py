"""What a person may correct at this phase's checkpoint: the priority of a threat's tests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args

from threat_modeling.model import Model
from threat_modeling.phase import FormField
from threat_modeling.phases.phase_6_test_planning.artifacts import Priority

if TYPE_CHECKING:
    from collections.abc import Iterable

    from threat_modeling.checkpoints import Decision

FIELD = "test_priorities"
FORM = {
    FIELD: FormField(
        value=[],
        schema_={"type": ["array", "null"], "items": {"type": "string"}},
        title="Correct priorities",
        description="One a line: T-001 P0 (P0 before the release, P1 next, P2 planned, P3 when there is time)",
    )
}


class Corrections(Model):
    """The sum of all rounds; `unused` are lines that say nothing this phase understands."""

    priorities: tuple[tuple[str, Priority], ...] = ()
    unused: tuple[str, ...] = ()


def corrections(decisions: Iterable[Decision]) -> Corrections:
    """Read the form of every answer, oldest first; a later line about the same threat wins."""
    priorities: dict[str, Any] = {}
    unused: dict[str, None] = {}
    for decision in decisions:
        lines = decision.form.get(FIELD) or []
        for line in lines if isinstance(lines, list) else str(lines).splitlines():
            words = str(line).split()
            if len(words) == 2 and words[1].upper() in get_args(Priority):
                priorities[words[0]] = words[1].upper()
            elif words:
                unused[" ".join(words)] = None
    return Corrections(priorities=tuple(sorted(priorities.items())), unused=tuple(unused))
