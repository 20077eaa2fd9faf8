"""How a session ended: complete, stopped by a person, or incomplete and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from threat_modeling.delivery import Delivery
from threat_modeling.model import Model
from threat_modeling.phases.order import STAGES
from threat_modeling.stage import POLICIES

if TYPE_CHECKING:
    from threat_modeling.session import Session


class Verdict(Model):
    """`reasons` are for the person who reads them; empty when complete."""

    status: Literal["complete", "stopped", "incomplete"]
    reasons: tuple[str, ...] = ()

    @property
    def exit_code(self) -> int:
        """0 complete, 3 stopped by a person, 1 incomplete."""
        return {"complete": 0, "stopped": 3, "incomplete": 1}[self.status]


def verdict(session: Session) -> Verdict:
    """Complete when every stage is approved and every assigned agent delivered."""
    gaps = []
    for stage in STAGES:
        opened = Delivery(session, stage).opened()
        gaps += [
            f"{stage.key}: {g.label}: {g.reason}" for g in (Delivery(session, stage).collect()[1] if opened and not stage.phase.stands_in else [])
        ]
        state = stage.state(session) if opened else "waiting"
        if state == "stopped":
            answer = session.checkpoints.decisions(stage.key)[-1]
            reason = f"{stage.key} was stopped by {answer.by}" + (f": {answer.feedback}" if answer.feedback else "")
            if answer.by in POLICIES:
                return Verdict(status="incomplete", reasons=(reason, *gaps))
            return Verdict(status="stopped", reasons=(reason, *gaps))
        if state != "approved":
            waits = "is not approved" if opened else "did not run"
            return Verdict(status="incomplete", reasons=(f"{stage.key} {waits}", *gaps))
    return Verdict(status="incomplete" if gaps else "complete", reasons=tuple(gaps))
