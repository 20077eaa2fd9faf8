"""Processes that end when we end: started in groups of their own, found again by descent, by group and by Airflow's home."""

from __future__ import annotations

import ctypes
import fcntl
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

import psutil  # type: ignore[import-untyped]

from threat_modeling_airflow.local.options import Refused

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

MARK = "THREAT_MODELING_LOCAL_HOME"
"""Environment variable by which the processes of a start are found again; its value is Airflow's home."""
GRACE_SECONDS = 8
_PR_SET_CHILD_SUBREAPER = 36
_AGENT = "threat_modeling.agent_process"


@contextmanager
def sole_user(home: Path) -> Iterator[None]:
    """Hold Airflow's home for this process alone, and end what a killed earlier start left running. Raises Refused when it is in use."""
    home.mkdir(parents=True, exist_ok=True)
    home.chmod(0o700)
    with (home / "lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise Refused(f"Another start uses {home}. End it with Ctrl-C in its terminal, or take another home: --home DIR") from None
        _adopt_orphans()
        end(_leftovers(home))
        yield


def start(name: str, command: Sequence[str], environment: Mapping[str, str], logs: Path) -> subprocess.Popen[bytes]:
    """Start a command in a process group of its own, its output in `<logs>/<name>.log`. Ctrl-C in the terminal does not reach it."""
    logs.mkdir(parents=True, exist_ok=True)
    with (logs / f"{name}.log").open("wb") as log:
        return subprocess.Popen(
            [sys.executable, *command], env=dict(environment), stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT, start_new_session=True
        )


def end_descendants() -> None:
    """End every process that descends from this one, whatever group or session it moved to."""
    end(psutil.Process().children(recursive=True))


def end(processes: Sequence[psutil.Process]) -> None:
    """Ask the processes to end, and kill those that have not after some seconds, with all that they started."""
    for process in processes:
        with suppress(psutil.Error):
            process.terminate()
    deadline = time.monotonic() + GRACE_SECONDS
    _, alive = psutil.wait_procs(processes, timeout=GRACE_SECONDS)
    while alive and time.monotonic() < deadline + GRACE_SECONDS:
        more = [child for process in alive for child in _children(process)]
        for process in {*alive, *more}:
            with suppress(psutil.Error):
                process.kill()
        _, alive = psutil.wait_procs([*alive, *more], timeout=1)


def _children(process: psutil.Process) -> list[psutil.Process]:
    try:
        found: list[psutil.Process] = process.children(recursive=True)
    except psutil.Error:
        return []
    return found


def _adopt_orphans() -> None:
    """Have processes whose parent died become our children (Linux), so that none escapes `end_descendants`."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def _leftovers(home: Path) -> list[psutil.Process]:
    """Airflow processes of this home, with what they started, and agents whose Airflow is gone."""
    found = {}
    for process in psutil.process_iter():
        with suppress(psutil.Error):
            if process.environ().get(MARK) == str(home) or (process.ppid() == 1 and _AGENT in process.cmdline()):
                found.update({one.pid: one for one in (process, *_children(process))})
    return list(found.values())
