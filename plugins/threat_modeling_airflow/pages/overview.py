"""The page "Threats": every session a person may see, what waits for them first, and how each target develops."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from threat_modeling.errors import ArtifactInvalid
from threat_modeling.model import Severity
from threat_modeling.phases.order import STAGES
from threat_modeling_airflow.pages import addresses
from threat_modeling_airflow.pages.trend import Trend, trend

if TYPE_CHECKING:
    from collections.abc import Sequence

    from threat_modeling.checkpoints import Decision
    from threat_modeling.session import Session
    from threat_modeling_airflow.pages.sessions import Run

MOST = 200
"""Runs that the page shows; older ones are found on Airflow's own pages."""


@dataclass(frozen=True, slots=True)
class Row:
    """One session as a line of the table."""

    run: Run
    target: str
    status: str
    tone: str
    stage: str
    approvers: tuple[str, ...]
    threats: dict[str, int] = field(default_factory=dict)
    """By severity, empty before the report is written."""
    covered: int | None = None
    """Percent of the code files that were analyzed."""
    trend: Trend | None = None

    @property
    def total(self) -> int:
        """All threats."""
        return sum(self.threats.values())

    @property
    def worst_first(self) -> str:
        """A key that sorts by the most severe threats."""
        return ".".join(f"{self.threats.get(severity, 0):06d}" for severity in Severity)

    @property
    def address(self) -> str:
        """Our tab of the run."""
        return addresses.tab(self.run.dag_id, self.run.run_id)

    @property
    def answer(self) -> str:
        """Where its open question is answered, "" where there is none."""
        waiting = self.run.questions[:1]
        return "".join(addresses.question(self.run.dag_id, self.run.run_id, one.task_id, one.map_index) for one in waiting)


def rows(found: Sequence[Run]) -> list[Row]:
    """Lines for runs, given and returned newest first, but those that wait for a person before all others."""
    histories: dict[str, list[dict[str, int]]] = defaultdict(list)
    told = []
    for row in map(_row, reversed(found)):
        if row.threats:
            histories[row.target].append(row.threats)
        told.append(replace(row, trend=trend(histories[row.target])) if row.threats else row)
    told.reverse()
    return sorted(told, key=lambda row: not row.run.questions)


def _row(run: Run) -> Row:
    session = run.session()
    status, tone = _status(run)
    return Row(
        run=run,
        target=session.request.target if session else "",
        status=status,
        tone=tone,
        stage=_stage(session) if session else "",
        approvers=_approvers(session) if session else (),
        threats=run.published.get("threats_by_severity") or {},
        covered=run.published.get("percent_analyzed"),
    )


def _status(run: Run) -> tuple[str, str]:
    """What the state of a run means to a person, and its tone."""
    if run.questions:
        return "waits for review", "medium"
    if run.state in {"running", "queued"}:
        return ("running, an agent failed", "high") if run.failed else ("running", "low")
    if run.published.get("status") == "stopped":
        return "stopped, partial", "info"
    if run.state == "success":
        return "complete", "good"
    return ("incomplete", "high") if run.published else ("failed", "critical")


def _stage(session: Session) -> str:
    """The newest stage that was begun."""
    marks = session.metadata().stages
    begun = [stage for stage in STAGES if stage.key in marks]
    return f"{begun[-1].phase.number} {begun[-1].phase.title}" if begun else ""


def _approvers(session: Session) -> tuple[str, ...]:
    """Who approved anything, in the order of the stages."""
    found: list[Decision] = []
    for stage in STAGES:
        try:
            found += session.checkpoints.decisions(stage.key)
        except ArtifactInvalid:
            continue
    return tuple(dict.fromkeys(decision.by for decision in found if decision.status == "approved"))
