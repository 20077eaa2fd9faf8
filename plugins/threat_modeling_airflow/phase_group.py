"""One stage of a session as a task group: assign, agents, consolidate, checkpoint, approval."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from airflow.sdk import TaskGroup, get_current_context, task
from airflow.sdk.exceptions import AirflowSkipException

from threat_modeling_airflow.approval_sensor import ApprovalSensor
from threat_modeling_airflow.checkpoint import DECISIONS, Checkpoint
from threat_modeling_airflow.current_session import current_session
from threat_modeling_airflow.retry_policy import AGENT_RETRIES

if TYPE_CHECKING:
    from airflow.sdk.types import Operator
    from threat_modeling.phases import Stage

AGENT_POOL = "threat_modeling_agents"
AGENT_LIMIT = timedelta(minutes=30)
"""The seed's limit for one agent; the product ends the agent's process when it is reached."""
BACKSTOP = timedelta(minutes=2)
"""How much later Airflow ends an agent task whose own limit did not work."""


def group_id(stage_key: str) -> str:
    """The id of a stage's task group: "phase-4-critical" is "phase_4_critical"."""
    return stage_key.replace("-", "_")


def phase_group(stage: Stage) -> tuple[Operator, Operator]:
    """Add the task group of a stage to the current DAG.

    Returns its first and its last task: the last one succeeds when the next stage may start.
    """
    with TaskGroup(group_id(stage.key), tooltip=title(stage)):
        assigned = _assign(stage)
        agents = _agent(stage, assigned)
        rounds = _consolidate(stage, assigned)
        agents >> rounds
        if not stage.gated:
            return assigned.operator, rounds.operator
        checkpoint = Checkpoint.partial(
            task_id="checkpoint",
            stage_key=stage.key,
            map_index_template="{{ task.subject }}",
            outlets=[DECISIONS],
            retries=3,
            retry_delay=timedelta(seconds=5),
            max_active_tis_per_dagrun=1,
        ).expand_kwargs(rounds)
        approval = ApprovalSensor(task_id="approval", stage_key=stage.key)
        [rounds.operator, checkpoint] >> approval
        return assigned.operator, approval


def title(stage: Stage) -> str:
    """What a person calls a stage: "Phase 4, security controls, CRITICAL"."""
    words = [f"Phase {stage.phase.number}", stage.phase.name.replace("-", " ")]
    if stage.severity:
        words.append(str(stage.severity).upper())
    return ", ".join(words)


def _assign(stage: Stage) -> Any:
    @task(task_id="assign", retries=2, retry_delay=timedelta(seconds=5), retry_policy=AGENT_RETRIES, doc_md="Says what agents the round needs.")
    def assign(stage_key: str) -> list[dict[str, str]]:
        session = current_session(get_current_context())
        return [
            {"assignment_id": str(one["id"]), "label": str(one["label"])} for one in stage_of(stage_key).open_round(session)
        ]

    return assign(stage.key)


def _agent(stage: Stage, assigned: Any) -> Any:
    @task(
        task_id="agent",
        pool=AGENT_POOL,
        map_index_template="{{ task.op_kwargs['label'] }}",
        retries=2,
        retry_delay=timedelta(seconds=10),
        retry_policy=AGENT_RETRIES,
        execution_timeout=AGENT_LIMIT + BACKSTOP,
        doc_md="Runs one agent in a child process. Clearing one failed instance runs that agent again, and no other.",
    )
    def agent(stage_key: str, assignment_id: str, label: str) -> dict[str, Any]:
        session = current_session(get_current_context())
        print(f"Agent {label}")
        return dict(stage_of(stage_key).run_agent(session, assignment_id, AGENT_LIMIT.total_seconds()))

    return agent.partial(stage_key=stage.key).expand_kwargs(assigned)


def _consolidate(stage: Stage, assigned: Any) -> Any:
    @task(task_id="consolidate", trigger_rule="all_done", retries=2, retry_delay=timedelta(seconds=5), retry_policy=AGENT_RETRIES)
    def consolidate(stage_key: str, assign_task_id: str) -> list[dict[str, Any]]:
        context = get_current_context()
        _require_success(context, assign_task_id)
        rounds = stage_of(stage_key).close_round(current_session(context))
        return [_question(one, newest=len(rounds) == place) for place, one in enumerate(rounds, 1)]

    rounds = consolidate(stage.key, assigned.operator.task_id)
    assigned >> rounds
    return rounds


def stage_of(stage_key: str) -> Stage:
    """The stage with that key, from the product's list."""
    from threat_modeling.phases import STAGES  # noqa: PLC0415 - as late as the task runs

    return next(stage for stage in STAGES if stage.key == stage_key)


def _require_success(context: Any, task_id: str) -> None:
    """Skip this task unless that one succeeded in this round: all_done also lets through what a stop or a failure left out."""
    ti = context["ti"]
    states = ti.get_task_states(dag_id=ti.dag_id, task_ids=[task_id], run_ids=[ti.run_id])
    state = states.get(ti.run_id, {}).get(task_id)
    if state != "success":
        raise AirflowSkipException(f"Nothing to consolidate: {task_id} is {state}.")


def _question(one: dict[str, Any], *, newest: bool) -> dict[str, Any]:
    """The arguments of one checkpoint instance. Earlier rounds are asked no more, so their text need not travel again."""
    return {
        "round_number": one["round"],
        "newest": newest,
        "gaps": one["gaps"],
        "subject": one["subject"],
        "body": one["body"] if newest else "",
        "options": one["options"],
    }
