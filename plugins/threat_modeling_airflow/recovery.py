"""The seed's recovery guide as data: which error of the product is worth another try of the task."""

from __future__ import annotations

from datetime import timedelta

from airflow.sdk import ExceptionRetryPolicy, RetryAction, RetryRule

RETRIES = 6
"""How often a task is tried again. A kill of Airflow costs a try each time, even of a task that had not begun; an agent that fails by itself
is given up after three tries, which the product counts."""

_ERRORS = "threat_modeling.errors"

AGENT_RETRIES = ExceptionRetryPolicy(
    rules=[
        RetryRule(f"{_ERRORS}.AgentTimeout", RetryAction.FAIL, reason="the same component would take as long again: it is split when the phase ends"),
        RetryRule(f"{_ERRORS}.SizingReportMissing", RetryAction.FAIL, reason="it was tried with a reduced scope: the minimal strategy stands in"),
        RetryRule(f"{_ERRORS}.AgentRejected", RetryAction.FAIL, reason="the same code would give the same output"),
        RetryRule(f"{_ERRORS}.AgentFailed", RetryAction.RETRY, timedelta(seconds=10), "a killed process is often one short of memory"),
        RetryRule(f"{_ERRORS}.ThreatModelingError", RetryAction.FAIL, reason="the message names what to correct before clearing the task"),
    ]
)
"""The first rule that matches wins. Anything else (a full disk, a lost database) is retried as the task says."""
