"""The embedded backend: an agent is a child process that reads code and nothing else, and that can be killed.

A signal handler inside the task can't interrupt a native parser, so the limit is kept by the parent: it ends the child's whole
process group. The child's memory is limited, it inherits no secrets from the environment,
it imports nothing from the current folder (which may be the target), and it hands its output over in a file.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from threat_modeling.artifact import canonical
from threat_modeling.backends import OUTPUT, TASK
from threat_modeling.errors import AgentEnded, AgentFailed, AgentTimeout

if TYPE_CHECKING:
    from threat_modeling.agent import Role, Task
    from threat_modeling.session import Session

MAX_PARTIAL = 100_000
"""Bytes of an unfinished output that are kept."""
_KEPT = ("PATH", "LANG", "LC_ALL", "HOME", "TMPDIR", "PYTHONPATH", "VIRTUAL_ENV")
_GIVEN = {"PYTHONHASHSEED": "0", "PYDANTIC_DISABLE_PLUGINS": "__all__"}
"""An agent runs the product's own code and no plugin of whoever installed pydantic beside it; looking for them takes time too."""

_RUNNING: set[subprocess.Popen[bytes]] = set()


class Embedded:
    """Runs a role's own `analyze` in a child process."""

    name = "embedded"

    def run(self, role: Role[Any, Any], session: Session, stage_key: str, task: Task, timeout_seconds: float) -> bytes:  # noqa: ARG002 - the contract
        """What the child wrote; AgentTimeout when the limit ends it, AgentFailed when it dies. Both hold what it had written."""
        with tempfile.TemporaryDirectory(prefix="threat-modeling-agent-") as name:
            folder = Path(name)
            (folder / TASK).write_bytes(canonical(task.dump()))
            kind = f"{type(role).__module__}:{type(role).__qualname__}"
            command = [sys.executable, "-P", "-m", "threat_modeling.agent_process", str(session.path), kind, task.id, name]
            environment = {name: os.environ[name] for name in _KEPT if name in os.environ} | _GIVEN
            package = str(Path(__file__).resolve().parents[2])
            environment["PYTHONPATH"] = os.pathsep.join(p for p in (package, environment.get("PYTHONPATH", "")) if p)
            child = subprocess.Popen(
                command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True
            )
            _RUNNING.add(child)
            stderr = _wait(child, timeout_seconds, task, folder)
            if child.returncode == -signal.SIGTERM:
                raise AgentEnded(f"{task.label}: the agent's process was asked to end, as when Airflow or the machine shuts down")
            if child.returncode != 0:
                raise AgentFailed(f"{task.label}: the agent's process ended ({_how(child.returncode)}): {_last(stderr)}", _partial(folder))
            return (folder / OUTPUT).read_bytes()


def _wait(child: subprocess.Popen[bytes], timeout_seconds: float, task: Task, folder: Path) -> bytes:
    try:
        return child.communicate(timeout=timeout_seconds)[1]
    except subprocess.TimeoutExpired:
        message = f"{task.label}: ended after {timeout_seconds / 60:.1f} minutes; split the component (form field components) or raise the limit"
        raise AgentTimeout(message, _partial(folder)) from None
    finally:
        _end(child)
        child.communicate()
        _RUNNING.discard(child)


def end_agents() -> None:
    """End every agent that runs on behalf of this process: who interrupts a session does not wait for them."""
    for child in tuple(_RUNNING):
        _end(child)


def _end(child: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)


def _how(returncode: int) -> str:
    return f"killed by signal {-returncode}" if returncode < 0 else f"exit code {returncode}"


def _last(stderr: bytes) -> str:
    """The line of a traceback that says what went wrong."""
    lines = [line for line in stderr.decode("utf-8", "replace").splitlines() if line.strip() and not line.startswith((" ", "~", "^"))]
    return lines[-1][:500] if lines else "no message"


def _partial(folder: Path) -> str:
    """What a child that did not end well left, its unfinished files included."""
    left = sorted(p for p in folder.iterdir() if p.name != TASK)
    return b"".join(p.read_bytes()[:MAX_PARTIAL] for p in left[:1]).decode("utf-8", "replace")
