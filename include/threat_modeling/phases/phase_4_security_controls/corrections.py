"""What a person may add at a batch's checkpoint: controls that the code cannot show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from threat_modeling.model import ControlCategory, Model
from threat_modeling.phase import FormField
from threat_modeling.phases.phase_4_security_controls.task import StatedControl

if TYPE_CHECKING:
    from collections.abc import Iterable

    from threat_modeling.checkpoints import Decision

FIELD = "add_controls"
FORM = {
    FIELD: FormField(
        value=[],
        schema_={"type": ["array", "null"], "items": {"type": "string"}},
        title="Add controls that the code cannot show",
        description="One a line: category | where | statement. Where is *, C-001, EP-001, a component, METHOD /path or a file or folder. "
        "Example: rate-limiting | POST /login | the gateway allows 5 a minute. Categories: " + ", ".join(ControlCategory),
    )
}


class Corrections(Model):
    """The sum of all rounds; `unused` are lines that say nothing this phase understands."""

    stated: tuple[StatedControl, ...] = ()
    unused: tuple[str, ...] = ()


def corrections(decisions: Iterable[Decision]) -> Corrections:
    """Read the form of every answer, oldest first; a line that was said before counts once."""
    stated: dict[StatedControl, None] = {}
    unused: dict[str, None] = {}
    for decision in decisions:
        lines = decision.form.get(FIELD) or []
        for line in lines if isinstance(lines, list) else str(lines).splitlines():
            control = _read(str(line))
            if control:
                stated[control] = None
            elif str(line).strip():
                unused[str(line).strip()] = None
    return Corrections(stated=tuple(stated), unused=tuple(unused))


def _read(line: str) -> StatedControl | None:
    parts = [part.strip() for part in line.split("|", 2)]
    category = parts[0].lower().replace(" ", "-").replace("_", "-")
    if len(parts) != 3 or category not in set(ControlCategory) or not parts[1] or not parts[2]:
        return None
    return StatedControl(category=ControlCategory(category), where=parts[1], statement=parts[2])
