"""Processes that end when we end: each started in a session of its own, found again by descent and, after a kill, by that session."""

from __future__ import annotations

import ctypes
import fcntl
import os
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

SESSIONS = "sessions"
"""File in Airflow's home: the session of each process that was started and when, in seconds since 1970."""
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
        with suppress(FileNotFoundError):
            (home / SESSIONS).unlink()
        yield


def start(name: str, command: Sequence[str], environment: Mapping[str, str], home: Path) -> subprocess.Popen[bytes]:
    """Start a Python command in a session of its own, so that Ctrl-C in the terminal does not reach it; its output goes to a log."""
    file = log_of(home, name)
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, *command], env=dict(environment), stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT, start_new_session=True
        )
    with (home / SESSIONS).open("a") as sessions:
        sessions.write(f"{process.pid} {time.time()}\n")
    return process


def log_of(home: Path, name: str) -> Path:
    """The file that holds what a started command wrote."""
    return home / "logs" / "components" / f"{name}.log"


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
    """Processes of the sessions that an earlier start left, with what they started, and agents whose Airflow is gone.

    The environment can't tell them: Airflow overwrites it with the title of the process.
    """
    sessions = _recorded(home)
    found = {}
    for process in psutil.process_iter():
        with suppress(psutil.Error, OSError):
            begun = sessions.get(os.getsid(process.pid))
            # a session's number is not given again while it has members, but it is after a restart of the machine
            ours = begun is not None and process.create_time() > begun - 5
            orphan = process.ppid() == 1 and _AGENT in process.cmdline()
            if ours or orphan:
                found.update({one.pid: one for one in (process, *_children(process))})
    return list(found.values())


def _recorded(home: Path) -> dict[int, float]:
    try:
        rows = [line.split() for line in (home / SESSIONS).read_text().splitlines()]
        return {int(pid): float(begun) for pid, begun in rows}
    except (FileNotFoundError, ValueError):
        return {}
