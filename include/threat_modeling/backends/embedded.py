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

from pydantic import ValidationError

from threat_modeling.errors import AgentFailed, AgentRejected, AgentTimeout

if TYPE_CHECKING:
    from threat_modeling.agent import Output, Role, Task
    from threat_modeling.session import Session

MEMORY_LIMIT = 4 * 1024**3
"""Bytes of address space an agent may use."""
_KEPT = ("PATH", "LANG", "LC_ALL", "HOME", "TMPDIR", "PYTHONPATH", "VIRTUAL_ENV")

_RUNNING: set[subprocess.Popen[bytes]] = set()


class Embedded:
    """Runs a role's own `analyze` in a child process."""

    name = "embedded"

    def run(self, role: Role[Any, Any], session: Session, stage_key: str, task: Task, timeout_seconds: float) -> Output:
        """The role's output; AgentTimeout when the limit ends the child, AgentFailed when it dies."""
        with tempfile.TemporaryDirectory(prefix="threat-modeling-agent-") as folder:
            result = Path(folder) / "output.json"
            command = [sys.executable, "-P", "-m", "threat_modeling.agent_process", str(session.path), stage_key, task.id, str(result)]
            environment = {name: os.environ[name] for name in _KEPT if name in os.environ} | {"PYTHONHASHSEED": "0"}
            package = str(Path(__file__).resolve().parents[2])
            environment["PYTHONPATH"] = os.pathsep.join(p for p in (package, environment.get("PYTHONPATH", "")) if p)
            child = subprocess.Popen(
                command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True
            )
            _RUNNING.add(child)
            stderr = _wait(child, timeout_seconds, task)
            return _output(role, child.returncode, stderr, result, task)


def _wait(child: subprocess.Popen[bytes], timeout_seconds: float, task: Task) -> bytes:
    try:
        return child.communicate(timeout=timeout_seconds)[1]
    except subprocess.TimeoutExpired:
        raise AgentTimeout(
            f"{task.label}: ended after {timeout_seconds / 60:.1f} minutes; split the component (form field components) or raise the limit"
        ) from None
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


def _output(role: Role[Any, Any], returncode: int, stderr: bytes, result: Path, task: Task) -> Output:
    if returncode != 0:
        lines = [line for line in stderr.decode("utf-8", "replace").splitlines() if line.strip() and not line.startswith((" ", "~", "^"))]
        how = f"killed by signal {-returncode}" if returncode < 0 else f"exit code {returncode}"
        raise AgentFailed(f"{task.label}: the agent's process ended ({how}): {lines[-1][:500] if lines else 'no message'}")
    try:
        output: Output = role.output_type.model_validate_json(result.read_bytes())
        return output
    except (OSError, ValidationError) as error:
        raise AgentRejected(f"{task.label}: the agent's output is invalid: {str(error).splitlines()[0]}") from None
