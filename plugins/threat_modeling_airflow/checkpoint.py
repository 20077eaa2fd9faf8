"""The question a person answers at the end of a stage."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from airflow.providers.standard.operators.hitl import HITLOperator
from airflow.sdk import Asset, Param
from airflow.sdk.definitions.param import ParamsDict
from airflow.sdk.exceptions import ParamValidationError

from threat_modeling.checkpoints import REVISE, STOP
from threat_modeling_airflow.answers import kept_answer
from threat_modeling_airflow.current_session import current_session, stage_of
from threat_modeling_airflow.reminder import announce
from threat_modeling_airflow.review import framed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from airflow.sdk import Context

    from threat_modeling.checkpoints import Decision, Round
    from threat_modeling.session import Session

DECISIONS = Asset("threat-model-decision", uri="x-threat-modeling://decision")
"""Every answer is an event of this asset; a listener opens the next round on it."""
EMPTY = ("", None)
"""A form sends one or the other for a field left empty."""


class Checkpoint(HITLOperator):
    """Asks about one round of a stage. Mapped over all rounds, so that each question keeps its own text and answer.

    A round that was answered, superseded or covered by an earlier answer returns that decision: nothing is asked twice. Where the
    approval policy answers, the task is never parked. Returns `{"round", "status", "by", "again"}`; `again` asks for another round.
    """

    template_fields = ()
    """None: subject and body quote the code of the target, which must not be rendered as a template."""

    def __init__(self, *, stage_key: str, round_number: int, notifications: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        kwargs.pop("params", None)  # the DAG's trigger form arrives here; the form of a question is made in execute
        super().__init__(**kwargs)
        self.stage_key = stage_key
        self.round_number = round_number
        self.notifications = notifications

    def execute(self, context: Context) -> Any:
        """Return the decision there is, or park the task until a person answers."""
        session = current_session(context)
        decision = session.checkpoints.get(self.stage_key, self.round_number) or stage_of(self.stage_key).answer_by_policy(session, self.round_number)
        if decision and decision.status == "stopped" and _reported(session) and self._is_newest(session):
            # the run ended with this stop: whoever clears the checkpoint wants to be asked again
            session.checkpoints.reopen(self.stage_key, f"cleared after {STOP}", by="resume")
        if decision:
            return self._outcome(session, decision)
        if kept := kept_answer(session, self.stage_key, self.round_number):
            return self.execute_complete(context, kept)
        question = self._question(session)
        self.body = framed(question.body, session, stage_of(self.stage_key), context["dag"].dag_id, context["run_id"])
        self.options = list(question.options)
        self.params = ParamsDict(self._form(session))
        self.response_timeout = timedelta(hours=session.request.answer_hours) or None
        announce(session, self.notifications, self.stage_key, self.round_number, {"dag_id": context["dag"].dag_id, "run_id": context["run_id"]})
        return super().execute(context)

    def execute_complete(self, context: Context, event: dict[str, Any]) -> Any:
        """Record who answered what, and when; or that nobody did within the session's time."""
        session = current_session(context)
        if event.get("error_type") == "timeout":
            return self._outcome(session, stage_of(self.stage_key).give_up(session, self.round_number))
        self.options = list(self._question(session).options)
        answer = super().execute_complete(context, event)
        form = dict(answer["params_input"])
        feedback = form.pop("feedback", None)
        option = answer["chosen_options"][0]
        changed, wrong = self._read(session, form)
        if option != STOP and (wrong or changed):
            # an approval with corrections approves what is not there yet: the phase takes them over and asks again
            option = REVISE
            feedback = "\n".join([*([feedback] if feedback else []), *(f"Not taken over: {reason}" for reason in wrong)])
        user = answer["responded_by_user"] or {}
        decision = stage_of(self.stage_key).decide(
            session,
            self.round_number,
            option,
            by=user.get("name") or user.get("id") or "unknown",
            feedback=feedback,
            form=changed,
        )
        return self._outcome(session, decision)

    def validate_params_input(self, params_input: Mapping[str, Any]) -> None:
        """Accept any form here: one that changed while the question was open would lose the answer. Each field is checked on its own."""

    def _is_newest(self, session: Session) -> bool:
        return session.checkpoints.rounds(self.stage_key)[-1].round == self.round_number

    def _question(self, session: Session) -> Round:
        return next(one for one in session.checkpoints.rounds(self.stage_key) if one.round == self.round_number)

    def _form(self, session: Session) -> dict[str, Param]:
        fields = stage_of(self.stage_key).form(session)
        return {
            name: Param(one["value"], description=one["description"], schema={"title": one["title"], **one["schema"]}) for name, one in fields.items()
        }

    def _read(self, session: Session, form: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
        """The fields that a person changed, and why each wrong one is wrong. Fields that the stage does not have (any more) are left out."""
        changed, wrong = {}, []
        for name, field in self._form(session).items():
            value = form.get(name, field.value)
            if value == field.value or (value in EMPTY and field.value in EMPTY):
                continue
            try:
                changed[name] = field.resolve(value)
            except ParamValidationError as error:
                wrong.append(f"{name}: {str(error).splitlines()[0]}")
        return changed, wrong

    def _outcome(self, session: Session, decision: Decision) -> dict[str, Any]:
        asked = [one.round for one in session.checkpoints.rounds(self.stage_key) if one.asked]
        newest = not asked or asked[-1] <= self.round_number
        again = newest and stage_of(self.stage_key).state(session) == "again"
        self.log.info("Round %s: %s by %s", self.round_number, decision.status, decision.by)
        first = decision.back_to if again else None
        return {"round": self.round_number, "status": decision.status, "by": decision.by, "again": again, **({"first": first} if first else {})}


def _reported(session: Session) -> bool:
    """Whether the report was written, which is after every answer."""
    return (session.path / "final-report").is_dir()
