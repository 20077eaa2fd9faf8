"""One session as its page shows it: where it stands, what failed and what to do about it, what waits, what can be downloaded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from threat_modeling.errors import ThreatModelingError
from threat_modeling.exporters import FOLDER, exporters
from threat_modeling.progress import AgentProgress, StageProgress, progress
from threat_modeling_airflow.names import group_id
from threat_modeling_airflow.pages import addresses

if TYPE_CHECKING:
    from threat_modeling.session import NoteKind, Session
    from threat_modeling_airflow.pages.sessions import Run

TONES = {"not started": "", "running": "low", "waiting": "medium", "approved": "good", "stopped": "info"}
NOTES: tuple[NoteKind, ...] = ("override", "recovery", "corruption")
REPORT_PAGE = "threat-model-report.html"


@dataclass(frozen=True, slots=True)
class Failure:
    """An agent that failed, and the page where it is cleared."""

    agent: AgentProgress
    address: str


@dataclass(frozen=True, slots=True)
class Step:
    """A stage with its failures."""

    stage: StageProgress
    failures: tuple[Failure, ...]

    @property
    def tone(self) -> str:
        """Red where an agent failed, else the color of the stage's state."""
        return "critical" if self.failures else TONES[self.stage.state]


@dataclass(frozen=True, slots=True)
class Download:
    """A file of the final report."""

    filename: str
    format: str
    bytes: int


def steps(run: Run, session: Session) -> list[Step]:
    """Every stage of a session."""
    return [Step(stage, _failures(run, stage)) for stage in progress(session)]


def downloads(session: Session) -> list[Download]:
    """The report's files that there are, by name of the format."""
    found = []
    for exporter in exporters():
        file = session.path / FOLDER / exporter.filename
        if file.is_file():
            found.append(Download(exporter.filename, exporter.name, file.stat().st_size))
    return found


def live(run: Run) -> bool:
    """Whether something may still change by itself."""
    return run.state in {"running", "queued"}


def has_report(session: Session) -> bool:
    """Whether there is a report to read."""
    return (session.path / FOLDER / REPORT_PAGE).is_file()


def notes(session: Session) -> list[str]:
    """What people overrode and what was recovered, in the order it happened."""
    try:
        return [f"{stage}: {text}" for kind in NOTES for stage, text in session.notes(kind)]
    except (ThreatModelingError, OSError):
        return []


def _failures(run: Run, stage: StageProgress) -> tuple[Failure, ...]:
    group = group_id(stage.key)
    return tuple(
        Failure(agent, addresses.agent(run.dag_id, run.run_id, group, index)) for index, agent in enumerate(stage.agents) if agent.state == "failed"
    )
