"""Puts threats in order, gives them ids, computes their scores again and settles their status."""

from __future__ import annotations

from typing import TYPE_CHECKING

from threat_modeling.codebase.observations import Confidence
from threat_modeling.consolidation import merged
from threat_modeling.model import Provenance
from threat_modeling.phases.phase_5_threat_modeling.scoring import rescored

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from threat_modeling.phases.phase_5_threat_modeling.artifacts import Threat
    from threat_modeling.phases.phase_5_threat_modeling.corrections import StatusLine


def ranked(threats: Iterable[Threat]) -> list[Threat]:
    """By severity, in it what only a rule of low confidence says last, then by environmental score and fingerprint.

    Ids follow that order, whatever order the threats came in.

    Scores are those of the vectors, never an agent's word. Two threats of one fingerprint are one, told by the one that ranks first.
    """
    scored = [t.model_copy(update={"cvss": _computed(t)}) for t in threats]
    scored.sort(key=lambda t: (t.severity.rank, t.confidence is Confidence.LOW, -t.cvss.environmental.score, t.fingerprint, t.model_dump_json()))
    unique = merged(scored, lambda t: t.fingerprint, _joined)
    return [t.model_copy(update={"id": f"T-{n:03d}"}) for n, t in enumerate(unique, 1)]


def _computed(threat: Threat) -> object:
    c = threat.cvss
    return rescored(c.version, c.base.vector, c.threat.vector, c.environmental.vector, c.rationale)


def _joined(first: Threat, second: Threat) -> Threat:
    return first.model_copy(
        update={
            name: tuple(dict.fromkeys((*getattr(first, name), *getattr(second, name))))
            for name in ("entry_points", "data_flows", "trust_boundaries", "concerns", "control_gaps", "evidence")
        }
    )


def settled(threats: Sequence[Threat], statuses: Sequence[StatusLine]) -> tuple[list[Threat], list[StatusLine]]:
    """The threats with what a person said of them, and the lines that name no threat."""
    said = {line.threat: line for line in statuses}
    named = {key for t in threats for key in (t.id, t.fingerprint)}
    return [_settled(t, said) for t in threats], [line for line in statuses if line.threat not in named]


def _settled(threat: Threat, said: dict[str, StatusLine]) -> Threat:
    line = said.get(threat.id) or said.get(threat.fingerprint)
    if line is None:
        return threat
    return threat.model_copy(update={"status": line.status, "status_reason": line.reason, "status_by": Provenance.STATED})
