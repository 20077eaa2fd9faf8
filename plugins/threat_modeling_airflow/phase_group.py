"""One stage of a session as a task group: assign, agents, consolidate, checkpoint, approval."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from airflow.sdk import TaskGroup, get_current_context, task
from airflow.sdk.exceptions import AirflowFailException, AirflowSkipException
from airflow.sdk.execution_time.hitl import HITLUser

from threat_modeling_airflow.approval_sensor import ApprovalSensor
from threat_modeling_airflow.checkpoint import DECISIONS, Checkpoint
from threat_modeling_airflow.current_session import current_session, stage_of
from threat_modeling_airflow.names import AGENT_POOL, group_id
from threat_modeling_airflow.recovery import AGENT_RETRIES, RETRIES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from threat_modeling.stage import Stage

AGENT_BACKSTOP = timedelta(minutes=32)
"""Airflow's own limit on an agent task. The product ends an agent at 30 minutes; this is for the case that it does not."""


def phase_group(stage: Stage, approvers: Sequence[str] = (), notifications: Mapping[str, Any] | None = None) -> tuple[Any, Any]:
    """Add the task group of a stage to the current DAG; `approvers` are the only users who may answer its checkpoint.

    Returns its first and its last task: once the last one succeeded, the next stage may start.
    """
    with TaskGroup(group_id(stage.key), tooltip=stage.title):
        assigned = _assign(stage.key)
        rounds = _consolidate(stage.key, f"{group_id(stage.key)}.assign")
        _agent.partial(stage_key=stage.key).expand_kwargs(assigned) >> rounds
        assigned >> rounds
        if not stage.gated:
            return assigned, rounds
        checkpoint = Checkpoint.partial(
            task_id="checkpoint",
            stage_key=stage.key,
            notifications=notifications,
            options=["Approve"],  # each round brings its own
            assigned_users=[HITLUser(id=name, name=name) for name in approvers] or None,
            map_index_template="{{ task.subject }}",
            outlets=[DECISIONS],
            retries=RETRIES,
            retry_delay=timedelta(seconds=5),
        ).expand_kwargs(rounds)
        approval = ApprovalSensor(task_id="approval", stage_key=stage.key)
        [rounds, checkpoint] >> approval
        return assigned, approval


@task(task_id="assign", retries=RETRIES, retry_delay=timedelta(seconds=5), retry_policy=AGENT_RETRIES)
def _assign(stage_key: str) -> list[dict[str, str]]:
    """Check and mend what the phases before left, then decide which agents this round needs."""
    from threat_modeling.errors import CheckpointRejected  # noqa: PLC0415 - loaded when the task runs, not when the DAG is parsed
    from threat_modeling.recovery import prepare  # noqa: PLC0415

    session, stage = current_session(get_current_context()), stage_of(stage_key)
    due = prepare(session, stage)
    if due is not None and due is not stage:
        raise CheckpointRejected(
            f"{due.key} is not approved any more (see notes.md of {session.path}); clear {group_id(due.key)}.assign with its downstream: "
            "what was delivered is used again, and you are asked"
        )
    assignments = stage.open_round(session)
    return [{"assignment_id": one["id"], "label": one["label"]} for one in assignments]


@task(
    task_id="agent",
    pool=AGENT_POOL,
    map_index_template="{{ task.op_kwargs['label'] }}",
    retries=RETRIES,
    retry_delay=timedelta(seconds=10),
    retry_policy=AGENT_RETRIES,
    execution_timeout=AGENT_BACKSTOP,
)
def _agent(stage_key: str, assignment_id: str, label: str) -> dict[str, Any]:
    """Run one agent in a child process. Clearing one failed instance runs that agent again, and no sibling."""
    from threat_modeling.errors import AgentFailed  # noqa: PLC0415

    session = current_session(get_current_context())
    print(f"Agent: {label}")
    stage = stage_of(stage_key)
    try:
        return stage.run_agent(session, assignment_id, session.request.agent_timeout_minutes * 60)
    except AgentFailed as error:
        if stage.given_up(session, assignment_id):
            raise AirflowFailException(str(error)) from error
        raise


@task(task_id="consolidate", trigger_rule="all_done", retries=RETRIES, retry_delay=timedelta(seconds=5), retry_policy=AGENT_RETRIES)
def _consolidate(stage_key: str, assign_task: str) -> list[dict[str, Any]]:
    """Make the stage's artifacts from what was delivered, and put the question on record. Returns one row per round asked so far."""
    from threat_modeling.recovery import close_round  # noqa: PLC0415

    context = get_current_context()
    _require_success(context, assign_task)
    rounds = close_round(current_session(context), stage_of(stage_key))
    return [{"round_number": one["round"], "subject": one["subject"]} for one in rounds]


def _require_success(context: Mapping[str, Any], task_id: str) -> None:
    """Skip unless that task succeeded in this round: all_done also lets through what a stop or a failure left out."""
    ti = context["ti"]
    states = ti.get_task_states(dag_id=ti.dag_id, task_ids=[task_id], run_ids=[ti.run_id])
    state = states.get(ti.run_id, {}).get(task_id)
    if state != "success":
        raise AirflowSkipException(f"Nothing to consolidate: {task_id} is {state}.")
