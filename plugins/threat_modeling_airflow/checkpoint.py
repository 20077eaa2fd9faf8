"""The question a person answers at the end of a stage."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from airflow.providers.standard.operators.hitl import HITLOperator
from airflow.sdk import Asset, Param
from airflow.sdk.definitions.param import ParamsDict

from threat_modeling_airflow.current_session import current_session, setup_result

if TYPE_CHECKING:
    from collections.abc import Mapping

    from airflow.sdk import Context
    from threat_modeling.phases import Stage
    from threat_modeling.session import Decision, Session

DECISIONS = Asset("threat-model-decision", uri="x-threat-modeling://decision")
"""Every answered round is an event of this asset; a listener opens the next round on it."""
APPROVE, APPROVE_REST, REVISE, STOP = "Approve", "Approve rest", "Revise", "Stop"
STATUS = {APPROVE: "approved", APPROVE_REST: "approved", REVISE: "revision_requested", STOP: "stopped"}
AUTO = "policy: auto"


class Checkpoint(HITLOperator):
    """Asks about one round of a stage; mapped over all rounds, so that each question keeps its own text.

    A round that is decided returns its decision; one that a newer round replaced is recorded as superseded. Nothing is asked twice.
    Returns `{"round", "status", "by", "again"}`; `again` says that another round of this stage is due.
    """

    def __init__(self, *, stage_key: str, round_number: int, newest: bool, gaps: int, **kwargs: Any) -> None:
        kwargs.pop("params", None)  # the trigger form's fields arrive here; the form of a question is made in execute
        super().__init__(**kwargs)
        self.stage_key = stage_key
        self.round_number = round_number
        self.newest = newest
        self.gaps = gaps

    def execute(self, context: Context) -> Any:
        """Return the decision there is, decide by policy, or park the task until a person answers."""
        session, stage = current_session(context), self._stage()
        decision = session.checkpoints.get(self.stage_key, self.round_number)
        if decision is None and not self.newest:
            decision = self._record(session, "superseded", by="a newer round")
        if decision is None and setup_result(context)["approval"] == "auto":
            decision = self._decide(session)
        if decision is not None:
            return self._outcome(stage, session, decision)
        self.params = ParamsDict({name: _field(spec) for name, spec in stage.form(session).items()})
        return super().execute(context)

    def execute_complete(self, context: Context, event: dict[str, Any]) -> Any:
        """Record who answered what."""
        answer = super().execute_complete(context, event)
        session, stage = current_session(context), self._stage()
        decision = session.checkpoints.get(self.stage_key, self.round_number)
        if decision is None:
            form = {name: value for name, value in answer["params_input"].items() if name in stage.form(session)}
            choice = answer["chosen_options"][0]
            user = answer["responded_by_user"] or {}
            decision = self._record(
                session,
                STATUS[choice],
                by=user.get("name") or user.get("id") or "unknown",
                feedback=form.pop("feedback", None) or "",
                form=form,
                approve_rest=choice == APPROVE_REST,
            )
        return self._outcome(stage, session, decision)

    def validate_params_input(self, params_input: Mapping[str, Any]) -> None:
        """Accept any form: one that changed while the question was open must not lose the answer. Unknown fields are left out later."""

    def _decide(self, session: Session) -> Decision:
        if self.gaps:
            reason = f"{self.gaps} agent(s) did not deliver; the policy approves complete rounds only."
            return self._record(session, "stopped", by=AUTO, feedback=reason)
        return self._record(session, "approved", by=AUTO)

    def _record(self, session: Session, status: str, **answer: Any) -> Decision:
        return session.checkpoints.record(self.stage_key, self.round_number, status, **answer)

    def _stage(self) -> Stage:
        from threat_modeling_airflow.phase_group import stage_of  # noqa: PLC0415 - the group imports this operator

        return stage_of(self.stage_key)

    def _outcome(self, stage: Stage, session: Session, decision: Decision) -> dict[str, Any]:
        again = self.newest and stage.state(session) == "again"
        self.log.info("Round %s: %s by %s", self.round_number, decision.status, decision.by)
        return {"round": self.round_number, "status": decision.status, "by": decision.by, "again": again}


def _field(spec: dict[str, Any]) -> Param:
    return Param(spec["value"], description=spec["description"], schema={"title": spec["title"], **spec["schema"]})
