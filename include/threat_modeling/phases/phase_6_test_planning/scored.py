"""The threat model as this phase needs it: every threat with a score to order by."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pydantic import model_validator

from threat_modeling.errors import MissingPriorities
from threat_modeling.phases.phase_5_threat_modeling.artifacts import ThreatModel

if TYPE_CHECKING:
    from threat_modeling.phases.phase_6_test_planning.artifacts import Priority

_STEPS: Final[tuple[tuple[float, Priority], ...]] = ((9.0, "P0"), (7.0, "P1"), (4.0, "P2"))


class ScoredThreatModel(ThreatModel):
    """phase-5/threat-model.json; MissingPriorities where a threat has no environmental score (seed: Test Plan Missing Priorities)."""

    @model_validator(mode="before")
    @classmethod
    def _has_scores(cls, document: Any) -> Any:
        threats = document.get("threats") if isinstance(document, dict) else None
        for threat in threats or ():
            if isinstance(threat, dict) and not _scored(threat.get("cvss")):
                raise MissingPriorities(
                    f"{cls.path}: {threat.get('id', 'a threat')} has no CVSS score, so tests can't be ordered; clear phase 5, then phase 6 runs again"
                )
        return document


def _scored(cvss: Any) -> bool:
    environmental = cvss.get("environmental") if isinstance(cvss, dict) else None
    return isinstance(environmental, dict) and isinstance(environmental.get("score"), (int, float)) and bool(environmental.get("vector"))


def priority_of(score: float) -> Priority:
    """P0 from 9.0, P1 from 7.0, P2 from 4.0, P3 below, by environmental score."""
    return next((priority for least, priority in _STEPS if score >= least), "P3")
