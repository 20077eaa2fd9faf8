"""Which errors are tried again."""

from airflow.sdk import RetryAction

from threat_modeling import errors
from threat_modeling_airflow.recovery import AGENT_RETRIES


def action(error):
    return AGENT_RETRIES.evaluate(error, try_number=1, max_tries=2).action


def test_a_killed_agent_is_tried_again():
    assert action(errors.AgentFailed("killed by signal 9")) is RetryAction.RETRY


def test_what_would_happen_again_is_not():
    for kind in (errors.AgentTimeout, errors.AgentRejected, errors.ArtifactMissing, errors.CheckpointInvalid):
        assert action(kind("x")) is RetryAction.FAIL


def test_other_errors_are_tried_as_the_task_says():
    assert action(OSError("disk full")) is RetryAction.DEFAULT
