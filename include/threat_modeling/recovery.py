"""What is checked and mended before a phase opens, so that it never works on damaged files or without an approval."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from threat_modeling import handoff
from threat_modeling.artifact import canonical
from threat_modeling.checkpoints import STOP
from threat_modeling.clock import stamp
from threat_modeling.delivery import Delivery
from threat_modeling.errors import AgentFailed, ArtifactInvalid, ArtifactMissing, RequestInvalid, SessionMissing
from threat_modeling.integrity import UNFINISHED
from threat_modeling.model import Severity
from threat_modeling.phases.order import PHASES, STAGES
from threat_modeling.session import CONFIG, CONFIG_COPY, Metadata, Session, scope_of
from threat_modeling.target_files import PATH as TARGET_FILES
from threat_modeling.target_files import notice_changes

if TYPE_CHECKING:
    from typing import Any

    from threat_modeling.request import SessionRequest
    from threat_modeling.stage import Stage

NOTES = "notes.md"


def prepare(session: Session, stage: Stage | None) -> Stage | None:
    """Check the target and every file of the phases before a stage, mend what can be made again, and note it.

    Returns the stage to run next: this one, or an earlier one that is not approved, because an answer is gone, or because what was
    approved could not be made again as it was. None stands for the report, which comes after all stages.
    """
    before = STAGES[: STAGES.index(stage)] if stage else STAGES
    earlier = [s for s in before if Delivery(session, s).known()]
    every = session.integrity.damage()
    damage = {path: reason for path, reason in every.items() if not _is_of(path, stage)}
    _mend_records(session, damage)
    damaged = {owner.key for path in damage if (owner := _owner(path, earlier))}
    for one in earlier:
        if one.key in damaged or NOTES in damage:
            _make_again(session, one)
    for number in range(2, stage.phase.number if stage else len(PHASES) + 1):
        if f"handoffs/phase-{number - 1}-to-{number}.json" in damage:
            handoff.write(session, number - 1, number)
    notice_changes(session)
    for path, reason in every.items():
        owner = _owner(path, earlier)
        outcome = _outcome(session, path) if path in damage else "its phase writes it again"
        session.note("recovery" if reason == UNFINISHED else "corruption", owner.key if owner else "session", f"{path}: {reason}; {outcome}")
    return unapproved_before(session, stage) or stage


def close_round(session: Session, stage: Stage) -> list[dict[str, Any]]:
    """Close a round of a stage; what changed of the target while its agents worked is told in the question that this asks.

    TargetUnreadable where the target is gone: its agents failed for that, and nobody is to decide on what they left.
    """
    notice_changes(session)
    return stage.close_round(session)


def unapproved_before(session: Session, stage: Stage | None) -> Stage | None:
    """The first stage before this one that is not approved; None where all are."""
    return next((s for s in (STAGES[: STAGES.index(stage)] if stage else STAGES) if not _passed(session, s)), None)


def last_approved(session: Session) -> Stage | None:
    """The last stage of which it and all before it are approved; None where not even the first is."""
    passed = None
    for stage in STAGES:
        if not _passed(session, stage):
            break
        passed = stage
    return passed


def resume(request: SessionRequest, run: dict[str, str]) -> Session:
    """The session that a request names, taken over by this run; a stop is taken back, and asked again. RequestInvalid names what is wrong."""
    name = request.resume or ""
    try:
        session = Session.open(Path(request.out) / name.replace("/", "-").lstrip("."))  # a name, never a way out of the root
    except (SessionMissing, ArtifactInvalid) as error:
        raise RequestInvalid(f"resume: {error}; give the name of a session below {request.out}") from None
    if session.request.target != request.target:
        raise RequestInvalid(f"resume: {session.id} is a session on {session.request.target}, not on {request.target}; give its target")
    if session.config.run != run:
        runs = (*session.config.earlier_runs, session.config.run)
        session.configure(session.config.model_copy(update={"run": run, "earlier_runs": runs}))
        passed = last_approved(session)
        session.note("recovery", "session", f"resumed after {passed.key if passed else 'no phase'} by {run.get('run_id', 'a new process')}")
    for stage in STAGES:
        with suppress(ArtifactInvalid):
            if stage.state(session) == "stopped":
                session.checkpoints.reopen(stage.key, f"resumed after {STOP}", by="resume")
    return Session.open(session.path)


def _passed(session: Session, stage: Stage) -> bool:
    return Delivery(session, stage).opened() and stage.state(session) == "approved"


def _is_of(path: str, stage: Stage | None) -> bool:
    """Whether the stage that is about to open, or one after it, writes the file anyway."""
    folder = path.split("/", maxsplit=1)[0]
    if stage is None or folder == "final-report":
        return folder == "final-report"
    number = f"phase-{stage.phase.number}"
    if folder == "handoffs":
        return path >= f"handoffs/phase-{stage.phase.number - 1}"
    if folder == number and stage.severity:
        return any(_is_own(path, s) for s in Severity if s.rank >= stage.severity.rank)
    return folder.startswith("phase-") and folder >= number


def _is_own(path: str, severity: Severity) -> bool:
    """Whether a file of phase 4 belongs to one batch alone."""
    name = severity.value.lower()
    return f"/{name}/" in path or path.endswith(f"assignments-{name}.json")


def _owner(path: str, earlier: list[Stage]) -> Stage | None:
    """The stage that writes a file; what phase 4 writes again with each batch is that of the last one."""
    mine = [s for s in earlier if path.startswith(f"phase-{s.phase.number}/")]
    own = [s for s in mine if s.severity and _is_own(path, s.severity)]
    return next(reversed([*mine, *own]), None)


def _make_again(session: Session, stage: Stage) -> None:
    """Run the round that stands once more: outputs that still hold are used as they are, only lost ones are made by their agents."""
    for assignment in stage.open_round(session, same_code=Delivery(session, stage).opened()):
        try:
            stage.run_agent(session, assignment["id"], session.request.agent_timeout_minutes * 60)
        except AgentFailed as error:
            session.note("gap", stage.key, str(error))
    stage.close_round(session)
    session.mark(stage.key, "approved" if stage.state(session) == "approved" else "waiting")


def _mend_records(session: Session, damage: dict[str, str]) -> None:
    """Mend what belongs to no phase, and put aside what nobody can trust: strange files, and answers that are not as they were given."""
    for path, reason in damage.items():
        folder = path.split("/")[0]
        if folder == "checkpoints" or (reason.startswith("was not") and folder != "final-report"):
            session.integrity.put_aside(path)
    for path in [p for p in damage if p.startswith("checkpoints/") and p.endswith(".request.json")]:
        session.integrity.put_aside(path.replace(".request.json", ".json"))  # an answer to a question that nobody knows
    if damage.keys() & {CONFIG, CONFIG_COPY}:
        session.configure(session.config)
    if "scope.json" in damage:
        session.write("scope.json", canonical(scope_of(session.request)))
    if "metadata.json" in damage:
        session.write("metadata.json", canonical(_metadata(session).dump()))
    if TARGET_FILES in damage:
        session.integrity.put_aside(TARGET_FILES)


def _metadata(session: Session) -> Metadata:
    """The file as it stands where it can be read, else with what the folder tells."""
    with suppress(ArtifactMissing, ArtifactInvalid):
        return session.metadata()
    return Metadata(id=session.id, created=stamp(), target_revision="", versions={})


def _outcome(session: Session, path: str) -> str:
    return "made again" if session.integrity.holds(path) else "stands as it is" if (session.path / path).exists() else "put aside"
