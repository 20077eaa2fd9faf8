"""What can go wrong: one exception per row of the seed's recovery guide, and a few for bad input.

Each docstring says symptom, cause and recovery; each message names the file or field and the remedy. docs/recovery.md tells the same
to the person at the Airflow UI, and tests/faults/ injects the fault of each row.
"""

from __future__ import annotations

from typing import ClassVar


class ThreatModelingError(Exception):
    """Anything this product refuses or fails at; its message is for the person who reads it."""

    row: ClassVar[str | None] = None
    """The row of the recovery guide that this is, the name of its fault test and, in words, of its section in docs/recovery.md."""


class RequestInvalid(ThreatModelingError):
    """Symptom: a session does not start. Cause: a field of the request is wrong. Recovery: correct the named field."""


class SettingsInvalid(ThreatModelingError):
    """Symptom: nothing starts. Cause: a THREAT_MODELING_ variable has a wrong value. Recovery: correct it, restart the components."""


class TargetFileInvalid(ThreatModelingError):
    """Symptom: a target has no DAG. Cause: its target file is wrong. Recovery: correct the named field; the file is read again by itself."""


class SourceFailed(ThreatModelingError):
    """Symptom: a git target is not cloned. Cause: told in the message (network, credentials, limits).

    Recovery: correct what the message names and clear the task setup.
    """


class TargetUnchanged(ThreatModelingError):
    """Symptom: a scheduled run is skipped. Cause: its target file says so while nothing has changed.

    Recovery: none is needed; a run that a person triggers scans all the same.
    """


class TargetUnreadable(ThreatModelingError):
    """Symptom: no code is read. Cause: the target is missing, empty or unreadable. Recovery: name a readable folder with files."""


class SessionMissing(ThreatModelingError):
    """Symptom: a session can't be opened. Cause: the folder is gone or is no session. Recovery: name a folder below the sessions root."""


class ArtifactMissing(ThreatModelingError):
    """Symptom: a phase lacks its input. Cause: an earlier phase did not write it, or it was deleted.

    Recovery: made again from what agents delivered before the next phase opens; else clear the phase that makes it.
    """


class ArtifactInvalid(ThreatModelingError):
    """Symptom: a file of the session does not fit its schema. Cause: an agent's output or an edit by hand.

    Recovery: made again before the next phase opens; else clear the phase that makes it, or undo the edit.
    """


class AgentFailed(ThreatModelingError):
    """Symptom: an agent ends without a result. Cause: told in the message. Recovery: retried by itself, then clear this agent alone.

    `partial` is what it had written when it ended; it is kept in the agent's ERROR file.
    """

    again: ClassVar[bool] = True
    """Whether the same agent on the same task may end better."""

    def __init__(self, message: str, partial: str = "") -> None:
        super().__init__(message)
        self.partial = partial


class AgentEnded(AgentFailed):
    """Symptom: an agent is asked to end (SIGTERM). Cause: Airflow or the machine shuts down. Recovery: it runs again, and no try is counted."""


class AgentRejected(AgentFailed):
    """Symptom: an agent's output is refused. Cause: it breaks its schema or quotes code that is not there.

    Recovery: where the target changed in mid-session, start a new session; retrying does not help. `fields` are the places that
    break the schema, each with the reason.
    """

    again: ClassVar[bool] = False

    def __init__(self, message: str, partial: str = "", fields: tuple[str, ...] = ()) -> None:
        super().__init__(message, partial)
        self.fields = fields


class SizingReportMissing(AgentFailed):
    """Symptom: phase 2 ends without sizing-report.json. Cause: the sizer died or ran out of time.

    Recovery: tried again by itself with a reduced scope, what it had written being kept; then the minimal strategy, one agent for
    everything with the real number of files, stands in, recorded as an override and shown at the next checkpoint.
    """

    row = "sizing report missing"
    again: ClassVar[bool] = False


class SizingInvalid(AgentRejected):
    """Symptom: the sizing report lacks a field, such as strategy.tier, or is no JSON. Cause: the sizer's output is unstructured.

    Recovery: tried again by itself with the broken fields named to the sizer; then the minimal strategy, as an override.
    """

    row = "invalid sizing schema"


class NoComponents(AgentRejected):
    """Symptom: components_to_spawn is empty. Cause: the code's structure fits no heuristic.

    Recovery: by itself: one agent below 1,000 files, else one for each of the 2 to 3 largest top-level folders and one for the rest,
    as an override. Components may be given in the form.
    """

    row = "no components"


class AgentTimeout(AgentFailed):
    """Symptom: an agent is killed at its limit. Cause: the component is too large or a file too hard.

    Recovery: by itself: a component is split by folder into parts of less than 3,000 files, or sampled where it has no folders, the
    sizing report is updated and only the parts run. What still fails is a gap that a person sees.
    """

    row = "agent timeout"
    again: ClassVar[bool] = False


class MissingArtifacts(AgentFailed):
    """Symptom: an output that was delivered is gone, empty or broken. Cause: it was deleted, or a disk lost it.

    Recovery: found when the phase is consolidated; that agent alone runs again, by itself.
    """

    row = "missing artifacts"


class BatchFailure(AgentFailed):
    """Symptom: concerns of a batch are not investigated. Cause: agents died, ran out of time or delivered nonsense.

    Recovery: each failed concern is tried again alone, three times in all, then it is a gap of type investigation-blocked and the
    next batch runs. Where the whole batch failed, a person decides: retry, go on, stop.
    """

    row = "batch failure"


class GenericThreats(AgentRejected):
    """Symptom: a threat names no place, gap or flow. Cause: the threat modeler worked without data flows or control gaps.

    Recovery: the missing inputs are made again by the phase that makes them, then the threat modeler runs again, told what each
    threat must cite.
    """

    row = "generic threats"


class MissingPriorities(ThreatModelingError):
    """Symptom: tests can't be ordered. Cause: a threat has no CVSS score, or the threat model is missing.

    Recovery: phase 6 refuses, the scores of phase 5 are computed again with the business context of phase 1, then phase 6 runs.
    """

    row = "tests without priorities"


class CheckpointRejected(ThreatModelingError):
    """Symptom: a later phase finds an earlier one not approved. Cause: a person asked for a revision, or an answer is gone.

    Recovery: the phase runs again with the feedback and asks anew; nothing goes on without its approval.
    """

    row = "checkpoint rejected"


class SessionCorrupted(ThreatModelingError):
    """Symptom: files of the session are missing, broken or edited. Cause: the file system, a person, a killed process.

    Recovery: what can be made again from what stands is made again before the next phase, edited files being kept beside it, and
    noted; else resume from the last approved phase.
    """

    row = "session corrupted"


class SessionBusy(ThreatModelingError):
    """Symptom: a session can't be resumed. Cause: another process works on it. Recovery: wait until that has ended, or end it."""


class CheckpointInvalid(ThreatModelingError):
    """Symptom: an answer is refused. Cause: unknown round or option. Recovery: answer the newest round with one of its options."""
