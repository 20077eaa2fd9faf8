"""A session on the sample whose processes are killed at random moments, until nothing is left to kill it for."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import psutil

from threat_modeling.session import Session
from threat_modeling.verdict import verdict
from threat_modeling.verification import verify

if TYPE_CHECKING:
    import random

SAMPLE = Path(__file__).parents[2] / "samples" / "bookshop"


@dataclass
class Outcome:
    """How one session ended, and what was lost on the way: both counts must be 0."""

    kills: list[str]
    status: str
    problems: list[str]
    half_written: int = 0
    lost: int = 0


def whole(session: Path) -> tuple[dict[str, str], int]:
    """What each agent had delivered, by file, and how many files are no whole JSON."""
    broken, delivered = 0, {}
    for file in session.rglob("*.json"):
        if file.name.startswith("."):
            continue  # a temporary file that was never given its name
        try:
            json.loads(file.read_bytes())
        except ValueError:
            broken += 1
        except FileNotFoundError:
            continue
    for record in (session / "integrity").rglob("*.json.json"):
        with suppress(ValueError, OSError):
            one = json.loads(record.read_bytes())
            if one.get("assignment"):
                delivered[one["path"]] = one["sha256"]
    return delivered, broken


def killed_session(out: Path, numbers: random.Random, kills: int, longest: float, target: Path = SAMPLE) -> Outcome:
    """Run a session and SIGKILL it, or one of its agents, `kills` times, each within `longest` seconds of work; then let it end."""
    done: list[str] = []
    half_written = lost = 0
    while True:
        process = _start(out, target)
        if len(done) < kills:
            what = numbers.choice(("all", "all", "agent"))
            time.sleep(numbers.uniform(0.5, longest))
            if process.poll() is None and _kill(process, what, numbers):
                done.append(what)
                for session in out.glob("2*"):
                    half_written += whole(session)[1]
            if what == "agent" and process.poll() is None:
                process.wait()
        process.wait()
        sessions = [s for s in Session.all(out) if (s.path / "final-report").is_dir()]
        if sessions and (len(done) >= kills or process.returncode == 0):
            break
    session = sessions[-1]
    for path, sha256 in whole(session.path)[0].items():
        lost += session.sha256(path) != sha256
    ended = verdict(session)
    return Outcome(done, ended.status, [*ended.reasons, *verify(session, target)[1]], half_written, lost)


def _start(out: Path, target: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "threat_modeling", "run", str(target), "--approve", "auto", "--out", str(out), "--quiet"]
    earlier = [s.id for s in Session.all(out)] if out.is_dir() else []
    if earlier:
        command += ["--resume", earlier[-1]]
    return subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)


def _kill(process: subprocess.Popen[bytes], what: str, numbers: random.Random) -> bool:
    with suppress(psutil.Error):
        children = psutil.Process(process.pid).children(recursive=True)
        if what == "agent":
            if not children:
                return False
            numbers.choice(children).kill()
            return True
    with suppress(ProcessLookupError):
        os.kill(process.pid, signal.SIGKILL)
        return True
    return False
