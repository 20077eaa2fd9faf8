"""The note in a run's header: where the session stands, what waits, and the links. Written by the API server."""

from __future__ import annotations

from datetime import timedelta
from typing import Final
from urllib.parse import urlsplit

import pendulum
from airflow.configuration import conf
from airflow.models.dag import DagTag
from airflow.models.dagrun import DagRun
from airflow.utils.session import create_session
from airflow.utils.state import DagRunState
from sqlalchemy import or_, select

from threat_modeling.model import Severity
from threat_modeling.text import md_escape
from threat_modeling_airflow.names import TAG
from threat_modeling_airflow.pages import addresses, overview, sessions

OURS: Final = "**Threat model:** "
"""How a note of ours begins; one that a person wrote is never touched."""
JUST_ENDED: Final = timedelta(minutes=10)


def note(row: overview.Row) -> str:
    """A run as a few lines of Markdown."""
    base = urlsplit(conf.get("api", "base_url", fallback="") or "").path.rstrip("/")
    run = row.run
    page = base + addresses.session_page(run.dag_id, run.run_id)
    lines = [f"{OURS}{row.status}{f', {md_escape(row.stage)}' if row.stage else ''} · [open]({base}{row.address}) · [full page]({page})"]
    for one in run.questions:
        answer = base + addresses.question(run.dag_id, run.run_id, one.task_id, one.map_index)
        lines.append(f"**Waits for an answer:** [{md_escape(one.subject)}]({answer})")
    if row.threats:
        counted = ", ".join(f"{row.threats[severity]} {severity}" for severity in Severity if row.threats.get(severity))
        lines.append(f"{row.total} threats{f' ({counted})' if counted else ''}, {row.covered} % of the code files analyzed")
    lines += [f"**Failed:** {md_escape(task)}" for task in run.failed[:5]]
    return "\n\n".join(lines)


def write_note(dag_id: str, run_id: str) -> bool:
    """Bring the note of one run up to date; returns whether it changed."""
    run = sessions.run(dag_id, run_id)
    if run is None:
        return False
    text = note(overview.rows([run])[0])
    with create_session() as session:
        row = session.scalar(select(DagRun).where(DagRun.dag_id == dag_id, DagRun.run_id == run_id))
        known = row.note if row else None
        if row is None or known == text or not (known or OURS).startswith(OURS):
            return False
        row.note = text
        return True


def write_notes() -> int:
    """Bring the notes of all sessions up to date that run or just ended; returns how many changed."""
    with create_session() as session:
        ours = select(DagTag.dag_id).where(DagTag.name == TAG)
        moving = or_(DagRun.state == DagRunState.RUNNING, DagRun.end_date > pendulum.now("UTC") - JUST_ENDED)
        found = session.execute(select(DagRun.dag_id, DagRun.run_id).where(DagRun.dag_id.in_(ours), moving)).all()
    return sum(write_note(*row) for row in found)
