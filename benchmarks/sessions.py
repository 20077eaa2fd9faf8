"""Sessions for measuring: the command line's own, and, for hundreds of tiny projects, the same stages in this process up to the map."""

from __future__ import annotations

import json
import resource
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from threat_modeling.artifact import canonical
from threat_modeling.codebase.project import Project
from threat_modeling.phases.order import STAGES
from threat_modeling.request_check import accept
from threat_modeling.session import Session

if TYPE_CHECKING:
    from threat_modeling.agent import Role, Task

SARIF = "final-report/threat-model.sarif"


@dataclass(frozen=True)
class Cost:
    """CPU seconds of this process and its children, wall seconds, and the most memory a child held (bytes)."""

    cpu: float
    wall: float
    memory: int


class InProcess:
    """A backend without a child process: starting three for each of hundreds of tiny projects would be most of the time."""

    name = "in process"

    def run(self, role: Role[Any, Any], session: Session, stage_key: str, task: Task, timeout_seconds: float) -> bytes:  # noqa: ARG002
        """The role's output as JSON."""
        return canonical(role.analyze(task, session, Project(session.target)).dump())


def session_of(target: Path, out: Path) -> Path:
    """Run a whole session on a folder with the command line; the folder of the session. A finished one in `out` is used again."""
    if not list(out.glob(f"*/{SARIF}")):
        shutil.rmtree(out, ignore_errors=True)
        command = [sys.executable, "-m", "threat_modeling", "run", str(target), "--approve", "auto", "--quiet", "--out", str(out)]
        done = subprocess.run(command, check=False, capture_output=True, text=True)
        if done.returncode:
            raise RuntimeError(f"{target}: exit code {done.returncode}: {done.stderr.strip()}")
    return next(out.glob(f"*/{SARIF}")).parents[1]


def mapped(target: Path, out: Path) -> Path:
    """Run phases 1 to 3 in this process; the folder of the session."""
    return _run(target, out, ("phase-1", "phase-2", "phase-3"), InProcess())[0]


def timed(target: Path, out: Path) -> tuple[Path, Cost]:
    """Phases 1 to 4 on a folder with agents as child processes, and what phases 2 to 4 cost."""
    return _run(target, out, tuple(stage.key for stage in STAGES if stage.phase.number <= 4), None)


def _run(target: Path, out: Path, keys: tuple[str, ...], backend: InProcess | None) -> tuple[Path, Cost]:
    shutil.rmtree(out, ignore_errors=True)
    request = accept({"target": str(target), "out": str(out), "approval": "auto"})
    session = Session.create(request, Path(request.out), {"kind": "process"}, {})
    started = 0.0, 0.0
    for stage in STAGES:
        if stage.key not in keys:
            continue
        if stage.key == "phase-2":
            started = _cpu(), time.monotonic()
        _agents(session, stage, backend)
        rounds = stage.close_round(session)
        if rounds:
            stage.answer_by_policy(session, rounds[-1]["round"])
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
    return session.path, Cost(_cpu() - started[0], time.monotonic() - started[1], memory)


def _agents(session: Session, stage: Any, backend: InProcess | None) -> None:
    """The agents of a round, two at a time where they are processes of their own."""
    from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415

    tasks = stage.open_round(session)
    if backend is not None:
        for task in tasks:
            stage.run_agent(session, task["id"], 1800, backend)
        return
    with ThreadPoolExecutor(max_workers=2) as pool:
        list(pool.map(lambda task: stage.run_agent(session, task["id"], 1800), tasks))


def _cpu() -> float:
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(u.ru_utime + u.ru_stime for u in used)


def weaknesses_of(session: Path) -> list[dict[str, Any]]:
    """Every result of a session's SARIF."""
    results: list[dict[str, Any]] = json.loads((session / SARIF).read_text())["runs"][0]["results"]
    return results
