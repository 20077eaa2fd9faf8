"""Verifies a finished session: bytes, schemas, quotes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from threat_modeling.delivery import Delivery
from threat_modeling.errors import ThreatModelingError
from threat_modeling.integrity import evidence_problems
from threat_modeling.phases.order import STAGES
from threat_modeling.schemas import artifact_types

if TYPE_CHECKING:
    from pathlib import Path

    from threat_modeling.session import Session


def verify(session: Session, target: Path) -> tuple[int, list[str]]:
    """(number of quotes checked, every problem found in words); no problem means that each statement still holds."""
    problems = session.integrity.problems()
    for path, kind in artifact_types().items():
        if session.exists(kind):
            try:
                session.load(kind)
            except ThreatModelingError as error:
                problems.append(str(error))
        elif (session.path / path).parent.is_dir():
            problems.append(f"{path}: missing")
    for stage in STAGES:
        try:
            session.checkpoints.decisions(stage.key)
        except ThreatModelingError as error:
            problems.append(str(error))
        delivery = Delivery(session, stage)
        if delivery.opened():
            problems += [f"{stage.key}: {gap.label}: {gap.reason}" for gap in delivery.collect()[1] if "changed" in gap.reason]
    quotes, false = evidence_problems(session.path, target)
    return quotes, [*problems, *false]
