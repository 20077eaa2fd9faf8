"""What a person may correct at this phase's checkpoint: the status of a threat, and how likely an actor is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args

from threat_modeling.model import Model
from threat_modeling.phase import FormField
from threat_modeling.phases.phase_1_business_context.artifacts import ActorProfile, Level
from threat_modeling.phases.phase_5_threat_modeling.artifacts import ThreatStatus

if TYPE_CHECKING:
    from collections.abc import Iterable

    from threat_modeling.checkpoints import Decision

_LINES: dict[str, Any] = {"type": ["array", "null"], "items": {"type": "string"}}
FORM = {
    "threat_status": FormField(
        value=[],
        schema_=_LINES,
        title="Correct the status of threats",
        description="One a line: T-001 accepted because ... (open, mitigated, accepted, false-positive; the last two need a reason)",
    ),
    "actor_likelihood": FormField(
        value=[],
        schema_=_LINES,
        title="Correct how likely actors are",
        description=f"One a line: {get_args(ActorProfile)[0]} low (low, medium, high, critical). Profiles: {', '.join(get_args(ActorProfile))}",
    ),
}


class StatusLine(Model):
    """A person's word on one threat, named by id or fingerprint."""

    threat: str
    status: ThreatStatus
    reason: str


class Corrections(Model):
    """The sum of all rounds; `unused` are lines that say nothing this phase understands."""

    statuses: tuple[StatusLine, ...] = ()
    likelihoods: tuple[tuple[ActorProfile, Level], ...] = ()
    unused: tuple[str, ...] = ()


def corrections(decisions: Iterable[Decision]) -> Corrections:
    """Read the form of every answer, oldest first; a later line about the same threat or actor wins."""
    statuses: dict[str, StatusLine] = {}
    likelihoods: dict[Any, Any] = {}
    unused: dict[str, None] = {}
    for decision in decisions:
        for field, value in decision.form.items():
            for line in value if isinstance(value, list) else str(value or "").splitlines():
                words = str(line).split()
                status = _status(words) if field == "threat_status" else None
                if status:
                    statuses[status.threat] = status
                elif field == "actor_likelihood" and len(words) == 2 and words[0] in get_args(ActorProfile) and words[1] in get_args(Level):
                    likelihoods[words[0]] = words[1]
                elif words:
                    unused[f"{field}: {' '.join(words)}"] = None
    return Corrections(statuses=tuple(statuses.values()), likelihoods=tuple(sorted(likelihoods.items())), unused=tuple(unused))


def _status(words: list[str]) -> StatusLine | None:
    if len(words) < 2 or words[1] not in get_args(ThreatStatus):
        return None
    reason = " ".join(words[2:])
    if words[1] in {"accepted", "false-positive"} and not reason:
        return None
    return StatusLine.model_validate({"threat": words[0], "status": words[1], "reason": reason})
