"""One session on the whole crowd, from the command line, watched from outside."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from tests.hostile.corpus import build, crowd
from threat_modeling.session import Session

if TYPE_CHECKING:
    from pathlib import Path

    from tests.hostile.corpus import Expected


@dataclass(frozen=True)
class Attacked:
    """A finished session on a hostile target: what it printed, its exit code, and the memory of its largest process in bytes."""

    root: Path
    expected: dict[str, Expected]
    session: Session
    printed: str
    code: int
    memory: int


@pytest.fixture(scope="session")
def attacked(tmp_path_factory) -> Attacked:
    root = tmp_path_factory.mktemp("crowd")
    target = root / "target"
    expected = build(target, crowd())
    with (root / "printed.txt").open("wb") as printed:
        command = [sys.executable, "-m", "threat_modeling", "run", str(target), "--approve", "auto", "--out", str(root / "out")]
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=printed, stderr=subprocess.STDOUT, cwd=root)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    session = Session.open(next((root / "out").glob("2*")))
    return Attacked(root, expected, session, (root / "printed.txt").read_text("utf-8", "replace"), process.returncode, usage.ru_maxrss * 1024)
