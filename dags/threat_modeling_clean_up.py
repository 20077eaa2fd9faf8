"""The DAG `threat_modeling_clean_up`: removes old sessions and clones once a day, when it is unpaused."""

from __future__ import annotations

from typing import Any

from airflow.sdk import DAG, CronTriggerTimetable, Param, get_current_context, task

DOC = """
### Clean-up

Removes sessions that are older than `THREAT_MODELING_KEEP_DAYS`, or beyond `THREAT_MODELING_KEEP_SESSIONS` of their target, and clones that
no session needs. Never one that is unfinished, that holds a risk a person accepted, in whose folder a file `keep` lies, or that is the newest of
its target. Trigger it with **dry run** to see what it would remove.
"""

with DAG(
    "threat_modeling_clean_up",
    schedule=CronTriggerTimetable("40 3 * * *", timezone="UTC"),
    catchup=False,
    max_active_runs=1,
    is_paused_upon_creation=True,
    params={"dry_run": Param(default=False, type="boolean", title="Dry run", description="Only say what would be removed.")},
    doc_md=DOC,
    description="Removes old sessions and clones.",
    default_args={"owner": "security"},
    tags=["security"],
):

    @task
    def prune() -> list[str]:
        """Clean up below the root of sessions; returns what was removed and what was kept although it is due."""
        from pathlib import Path  # noqa: PLC0415 - loaded when the task runs, not when the DAG is parsed

        from threat_modeling.prune import prune as clean_up  # noqa: PLC0415
        from threat_modeling.settings import settings  # noqa: PLC0415

        rules = settings()
        dry_run: Any = get_current_context()["params"]["dry_run"]
        found = clean_up(Path(rules.sessions_root), days=rules.keep_days, sessions=rules.keep_sessions, dry_run=dry_run)
        told = [f"{one.told(dry_run=dry_run)}" for one in found] or ["nothing is due"]
        print("\n".join(told))
        return told[:1000]

    prune()
