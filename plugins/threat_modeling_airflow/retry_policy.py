"""The seed's recovery guide as data: which error of the product is worth another try."""

from __future__ import annotations

from airflow.sdk import ExceptionRetryPolicy, RetryAction, RetryRule

AGENT_RETRIES = ExceptionRetryPolicy(
    rules=[
        RetryRule(exception="threat_modeling.errors.AgentTimeout", action=RetryAction.FAIL, reason="the same work would time out again"),
        RetryRule(exception="threat_modeling.errors.ThreatModelingError", action=RetryAction.FAIL, reason="permanent"),
    ]
)
