"""A stage is what lies between two gates: a phase, or one severity of phase 4. It opens rounds, runs agents and closes rounds."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Literal

from threat_modeling import handoff
from threat_modeling.artifact import digest_of
from threat_modeling.changes import changes
from threat_modeling.checkpoints import APPROVE, APPROVE_REST, RECOVERY, REVISE, STOP, Decision, Round, Status, plain
from threat_modeling.delivery import Delivery
from threat_modeling.errors import CheckpointInvalid, MissingArtifacts
from threat_modeling.phase import FormField, Phase
from threat_modeling.target_files import target_digest

if TYPE_CHECKING:
    from threat_modeling.agent import Backend, Task
    from threat_modeling.model import CoverageGap, Severity
    from threat_modeling.session import Session

State = Literal["approved", "waiting", "again", "stopped"]
POLICY = "policy: auto"
MOST_KEPT = 3
"""Open points that a question shows; notes.md has all."""
DEADLINE = "policy: answer_hours"
POLICIES = (POLICY, DEADLINE)
"""Who answered where no person did."""
WHOLLY = "**Nothing was delivered: every agent of this round failed.** Revise tries them again, Approve goes on with the gaps on record, Stop ends.\n"
MAX_BODY = 6000
"""Characters of a checkpoint's body: two screens of Airflow's Required Actions page."""

MAX_RECOVERIES = 3
"""Rounds in a row that the recovery guide may open before a person is asked."""

PHASE_AGAIN = "phase_again"
"""The field of a form that names an earlier phase to go back to."""
FEEDBACK = FormField(
    value=None,
    schema_={"type": ["string", "null"], "format": "multiline"},
    title="Feedback",
    description="What to do differently; needed for Revise.",
)


class Stage:
    """One stage of a session. All state is in the session's files, so any process may go on where another ended."""

    def __init__(self, phase: Phase, severity: Severity | None = None) -> None:
        self.phase = phase
        self.severity = severity
        self.gated = phase.gated
        self.key = f"phase-{phase.number}" + (f"-{severity.value.lower()}" if severity else "")

    @property
    def title(self) -> str:
        """What a person calls it: "Phase 4: Security controls, CRITICAL"."""
        return f"Phase {self.phase.number}: {self.phase.title}" + (f", {self.severity.value}" if self.severity else "")

    def open_round(self, session: Session, *, same_code: bool = False) -> list[dict[str, Any]]:
        """Decide what this round's agents are and put it on record: [{id, label, round, sha256}], the same however often it is called.

        Where the target changed since, agents work anew, unless `same_code` asks for the round that stands; where the record of that
        round can't be read, it was about the code that the session saw last.
        """
        for need in self.phase.needs:
            session.load(need)
        handoff.write(session, self.phase.number - 1, self.phase.number)
        session.mark(self.key, "running")
        delivery = Delivery(session, self)
        tasks = self._due(session, list(self.phase.assign(session, self)))
        delivery.assign(tasks, (delivery.target() if same_code else "") or target_digest(session))
        number = self._number(session)
        return [{"id": t.id, "label": f"{t.label} · round {number}", "round": number, "sha256": delivery.hash_of(t)} for t in tasks]

    def run_agent(self, session: Session, assignment_id: str, timeout_seconds: float, backend: Backend | None = None) -> dict[str, Any]:
        """Run one agent of the open round in a child process; returns {artifact, sha256, counts, reused}.

        An output that was delivered for the same assignment is returned at once. AgentTimeout, AgentFailed and AgentRejected
        leave an ERROR file beside where the output would stand.
        """
        return Delivery(session, self).run(assignment_id, timeout_seconds, backend)

    def given_up(self, session: Session, assignment_id: str) -> bool:
        """Whether an agent that just failed is not to be tried again by itself. What was killed with all around it counts for nothing."""
        return Delivery(session, self).given_up(assignment_id)

    def close_round(self, session: Session) -> list[dict[str, Any]]:
        """Consolidate from files, write artifacts and summary, and return every question asked so far at this stage (none: nothing to ask)."""
        delivery = Delivery(session, self)
        outputs, gaps = self._collected(session, delivery)
        inputs = delivery.inputs()
        for gap in gaps:
            session.note("gap", self.key, f"{gap.label}: {gap.reason}")
        made = {a.path: session.save(a, inputs) for a in self.phase.consolidate(session, self, outputs, gaps)}
        summary = self.phase.summarize(session, self, gaps).strip() + "\n"
        session.write(f"phase-{self.phase.number}/summary.md", summary.encode("utf-8", "backslashreplace"), inputs=inputs)
        if not self.gated or (self.severity and not delivery.tasks()):
            session.mark(self.key, "approved")
            return []
        if self._recovers(session, inputs, gaps):
            session.mark(self.key, "running")
            return [r.dump() for r in session.checkpoints.rounds(self.key)]
        approved: dict[str, Any] = {"inputs": inputs, "gaps": [g.dump() for g in gaps]}
        if not self.severity:  # what a batch makes also holds the batches after it, which must not void its approval
            approved["made"] = made
        self._ask(session, summary, digest_of(approved), gaps, wholly=len(gaps) == len(delivery.tasks()) > 0)
        return [r.dump() for r in session.checkpoints.rounds(self.key)]

    def form(self, session: Session) -> dict[str, dict[str, Any]]:
        """What a person may correct at this checkpoint: field -> {value, schema, title, description}; always with feedback."""
        fields = {"feedback": FEEDBACK} | self.phase.form(session, self) | self._going_back(session)
        return {name: field.dump() for name, field in fields.items()}

    def decide(
        self, session: Session, number: int, option: str, *, by: str, feedback: str | None = None, form: dict[str, Any] | None = None
    ) -> Decision:
        """Record a person's answer to a round; CheckpointInvalid for an option that the round does not offer.

        An approval with corrected fields is a revision: the corrections are worked in, and what they make of the result is asked again.
        """
        question = next((r for r in session.checkpoints.rounds(self.key) if r.round == number), None)
        if question is None or option not in question.options:
            raise CheckpointInvalid(f"{self.key} round {number} does not offer {option!r}; choose one of {question.options if question else ()}")
        changed = self._changed(session, form or {})
        back_to = changed.pop(PHASE_AGAIN, None)
        status: Status = "stopped" if option == STOP else "revision_requested" if option == REVISE or changed or back_to else "approved"
        if back_to and status == "revision_requested":
            self._go_back(session, back_to, by, feedback)
        rest = option == APPROVE_REST
        decision = session.checkpoints.record(self.key, number, status, by=by, feedback=feedback, form=changed, approve_rest=rest, back_to=back_to)
        session.mark(self.key, "running" if decision.status == "revision_requested" else decision.status)
        return decision

    def answer_by_policy(self, session: Session, number: int) -> Decision | None:
        """The answer that the approval policy gives, None where a person has to.

        The automatic policy approves only where every agent delivered; otherwise it stops the session and says why.
        """
        question = next(r for r in session.checkpoints.rounds(self.key) if r.round == number)
        if session.request.approval != "auto":
            return None
        if question.gaps:
            reason = f"{question.gaps} agent(s) of {self.key} delivered nothing: a person has to decide, and the policy is auto"
            return self.decide(session, number, STOP, by=POLICY, feedback=reason)
        return self.decide(session, number, APPROVE, by=POLICY)

    def give_up(self, session: Session, number: int) -> Decision:
        """Stop a session whose question nobody answered in time: silence is no approval."""
        reason = f"nobody answered within {session.request.answer_hours:g} h; clear this checkpoint to be asked again"
        return self.decide(session, number, STOP, by=DEADLINE, feedback=reason)

    def state(self, session: Session) -> State:
        """What the approval gate looks at; "again" asks for a further round (a revision, or more concerns of this severity)."""
        rounds = session.checkpoints.rounds(self.key)
        delivery = Delivery(session, self)
        if not self.gated or ((self.severity or not rounds) and delivery.opened() and not delivery.tasks()):
            return "approved"
        answer = session.checkpoints.get(self.key, rounds[-1].round) if rounds else None
        if answer is None or answer.status == "superseded":
            return "waiting"
        if answer.status == "approved":
            return "again" if rounds[-1].more else "approved"
        return "stopped" if answer.status == "stopped" else "again"

    def _due(self, session: Session, tasks: list[Task]) -> list[Task]:
        size = self.phase.batch_size
        decisions = session.checkpoints.decisions(self.key)
        if size is None or session.request.approval == "auto" or any(d.approve_rest for d in decisions):
            return tasks
        return tasks[: size * (1 + sum(d.status == "approved" for d in decisions))]

    def _number(self, session: Session) -> int:
        rounds = session.checkpoints.rounds(self.key)
        if not rounds:
            return 1
        return rounds[-1].round + (self.state(session) == "again")

    def _changed(self, session: Session, form: dict[str, Any]) -> dict[str, Any]:
        fields = self.phase.form(session, self) | self._going_back(session)
        shown = {name: json.loads(json.dumps(field.value)) for name, field in fields.items()}
        given = {name: plain(value) for name, value in sorted(form.items()) if name in shown}
        phases = fields[PHASE_AGAIN].schema_["enum"] if PHASE_AGAIN in fields else ()
        if PHASE_AGAIN in given and given[PHASE_AGAIN] not in phases:
            del given[PHASE_AGAIN]  # a word that names no phase goes nowhere
        return {name: value for name, value in given.items() if value != shown[name] and (value or shown[name])}

    def _collected(self, session: Session, delivery: Delivery) -> tuple[dict[str, Any], list[CoverageGap]]:
        """What was delivered. Where nobody is asked afterwards, an output that was lost since is made again here."""
        outputs, gaps = delivery.collect()
        lost = [g for g in gaps if g.cause == MissingArtifacts.__name__]
        if self.gated or not lost:
            return outputs, gaps
        for gap in lost:
            session.note("recovery", self.key, f"{gap.label}: {gap.reason}; its agent alone ran again")
            self.run_agent(session, gap.assignment, session.request.agent_timeout_minutes * 60)
        return delivery.collect()

    def _recovers(self, session: Session, inputs: dict[str, str], gaps: list[CoverageGap]) -> bool:
        """Open another round where the recovery guide closes a gap without a person; False where there is none, or enough was tried."""
        rounds = session.checkpoints.rounds(self.key)
        answers = [session.checkpoints.get(self.key, r.round) for r in rounds]
        sha256 = digest_of({"tasks": [t.dump() for t in Delivery(session, self).tasks()], "inputs": inputs, "gaps": [g.dump() for g in gaps]})
        if rounds and rounds[-1].sha256 == sha256 and answers[-1] and answers[-1].by == RECOVERY:
            return True  # called again before the round was opened
        last = answers[-MAX_RECOVERIES:]
        if not gaps or (len(last) == MAX_RECOVERIES and all(a and a.by == RECOVERY for a in last)):
            return False
        lost = [f"{g.label}: {g.reason}; its agent alone runs again" for g in gaps if g.cause == MissingArtifacts.__name__]
        done = [*lost, *self.phase.recover(session, self, gaps)]
        for text in done:
            session.note("recovery", self.key, text)
        if done:
            session.checkpoints.reopen(self.key, "\n".join(done), by=RECOVERY, sha256=sha256)
        return bool(done)

    def _going_back(self, session: Session) -> dict[str, FormField]:
        """The field that names an earlier phase which asked something."""
        earlier = sorted({key[: len("phase-N")] for key in session.checkpoints.stages() if key < f"phase-{self.phase.number}"})
        if not earlier:
            return {}
        return {
            PHASE_AGAIN: FormField(
                value=None,
                schema_={"type": ["string", "null"], "enum": [*earlier, None], "values_display": {"null": "no, stay at this phase"}},
                title="Go back to phase",
                description="For Revise: this phase and all after it run again with your feedback, and ask again.",
            )
        }

    def _go_back(self, session: Session, target: str, by: str, feedback: str | None) -> None:
        """Open another round at every stage from the named phase to this one, so that no earlier approval counts any more."""
        for key in session.checkpoints.stages():
            if target <= key < f"phase-{self.phase.number}":
                at_target = key.startswith(target)
                why = f"{by} went back from {self.key} to {target}"
                session.checkpoints.reopen(key, why, by=by, feedback=(feedback or why) if at_target else None)
                session.mark(key, "running")

    def _ask(self, session: Session, summary: str, sha256: str, gaps: list[CoverageGap], *, wholly: bool) -> None:
        """Put a new question on record unless the newest one asks the same of the same content."""
        rounds = session.checkpoints.rounds(self.key)
        newest = rounds[-1] if rounds else None
        answer = session.checkpoints.get(self.key, newest.round) if newest else None
        revised = answer is not None and (answer.status == "revision_requested" or bool(newest and newest.more and answer.status == "approved"))
        if newest and newest.sha256 == sha256 and not revised:
            return
        if newest and answer is None:
            session.checkpoints.record(self.key, newest.round, "superseded", by="a newer round")
        epoch = session.checkpoints.epoch(self.key)
        rest = [d for d in session.checkpoints.decisions(self.key) if d.approve_rest and d.epoch == epoch]
        waiting = self._waiting(session)
        number = newest.round + 1 if newest else 1
        session.checkpoints.ask(
            Round(
                stage=self.key,
                round=number,
                subject=self._subject(number, len(gaps), waiting),
                body=self._body(session, [WHOLLY] if wholly else [], summary, gaps, waiting),
                options=(APPROVE, APPROVE_REST, REVISE, STOP) if self.severity and not wholly else (APPROVE, REVISE, STOP),
                sha256=sha256,
                gaps=len(gaps),
                more=waiting,
                asked=not rest or bool(gaps),
            )
        )
        session.mark(self.key, "waiting")
        if rest and not gaps:
            self.decide(session, number, APPROVE, by=f"{rest[-1].by} (approve rest, round {rest[-1].round})")

    def _waiting(self, session: Session) -> int:
        every = list(self.phase.assign(session, self))
        return len(every) - len(self._due(session, every))

    def _subject(self, number: int, gaps: int, waiting: int) -> str:
        severity = f" {self.severity.value}" if self.severity else ""
        more = f", {waiting} more to come" if waiting else ""
        failed = f", {gaps} agent(s) failed" if gaps else ""
        return f"Phase {self.phase.number} {self.phase.title}{severity}: round {number}{more}{failed}"

    def _body(self, session: Session, head: list[str], summary: str, gaps: list[CoverageGap], waiting: int) -> str:
        asked = [d for d in session.checkpoints.decisions(self.key) if d.status == "revision_requested" and d.by != RECOVERY]
        told = [handoff.told(d) for d in asked]
        failed = [f"**Failed:** {handoff.escaped(g.label)}: {handoff.escaped(g.reason)}\n" for g in gaps]
        head = [*head, *failed, *(f"{line}\n" for line in (*handoff.news(session), *told))]
        if self.phase.number == 1:
            head += [f"**Previous session of this target:** {handoff.escaped(text, 500)}\n" for _, text in session.notes("previous")]
        if self.phase.number > 1:  # whose summary tells them itself
            kept = [text for stage, text in session.notes("open") if stage == self.key]
            head += [f"**Not acted on, kept as an open point of the report:** {handoff.escaped(text, 300)}\n" for text in kept[-MOST_KEPT:]]
        if waiting:
            head.append(f"**{waiting} more** concern(s) of this severity follow in further rounds.\n")
        if seen := [r.body for r in session.checkpoints.rounds(self.key) if r.asked]:
            head += changes(seen[-1], summary)
        body = "\n".join([*head, summary])
        if len(body) <= MAX_BODY:
            return body
        cut = body[:MAX_BODY].rsplit("\n", 1)[0]
        return f"{cut}\n\nThe rest stands in `phase-{self.phase.number}/summary.md` of session `{session.id}`."
