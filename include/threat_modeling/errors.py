"""What can go wrong, one exception per row of the seed's recovery guide and a few for bad input.

Each docstring says symptom, cause and recovery; each message names the file or field and the remedy.
"""

from __future__ import annotations


class ThreatModelingError(Exception):
    """Anything this product refuses or fails at; its message is for the person who reads it."""


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

    Recovery: clear the phase that makes it; it and everything after it run again.
    """


class ArtifactInvalid(ThreatModelingError):
    """Symptom: a file of the session does not fit its schema. Cause: an agent's output or an edit by hand.

    Recovery: clear the phase that makes it, or undo the edit.
    """


class SizingInvalid(ArtifactInvalid):
    """Symptom: the sizing report lacks a strategy. Cause: the sizer's output is unstructured.

    Recovery: the sizer runs again; components may be given by hand in the form.
    """


class AgentFailed(ThreatModelingError):
    """Symptom: an agent ends without a result. Cause: told in the message. Recovery: retried by itself, then clear this agent alone."""


class AgentTimeout(AgentFailed):
    """Symptom: an agent is killed at its limit. Cause: the component is too large or a file too hard.

    Recovery: split the component (form field components) and run again; it is a coverage gap until then.
    """


class AgentRejected(AgentFailed):
    """Symptom: an agent's output is refused. Cause: it breaks its schema or quotes code that is not there.

    Recovery: where the target changed in mid-session, start a new session; retrying does not help.
    """


class MissingPriorities(ThreatModelingError):
    """Symptom: tests can't be ordered. Cause: a threat has no CVSS score. Recovery: clear phase 5, then phase 6 runs again."""


class CheckpointInvalid(ThreatModelingError):
    """Symptom: an answer is refused. Cause: unknown round or option. Recovery: answer the newest round with one of its options."""
