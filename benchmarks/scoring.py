"""The scorers, given by path: they and their truth live outside of this project. What they print is read back as figures."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


class NotRun(Exception):
    """A measure could not be taken; the message says what is missing."""


@dataclass(frozen=True)
class Row:
    """One line of the table: a measure, its bar, our figure and, where it applies, those of the other scanners."""

    measure: str
    bar: str
    ours: str
    others: str = ""


@dataclass(frozen=True)
class Setup:
    """Where everything is: checkouts, scorers, results; and the other scanners' commands with semgrep's rules, "" where absent."""

    apps: Path
    bench: Path
    work: Path
    semgrep: str = ""
    rules: str = ""
    bandit: str = ""
    tree: str = ""

    def app(self, name: str) -> Path:
        """The checkout of an application; NotRun where it is missing."""
        folder = self.apps / name
        if not folder.is_dir():
            raise NotRun(f"no checkout {name}")
        return folder

    def truth(self, name: str) -> Path:
        """A file or folder of the truth; NotRun where it is missing."""
        path = self.bench / name
        if not path.exists():
            raise NotRun(f"no truth {name}")
        return path


def score(setup: Setup, scorer: str, *arguments: object) -> str:
    """What a scorer prints."""
    command = [sys.executable, str(setup.truth(scorer)), *map(str, arguments)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def figure(text: str, pattern: str) -> float:
    """The number that a pattern's only group finds; NotRun where it finds none."""
    found = re.search(pattern, text)
    if found is None:
        raise NotRun(f"no {pattern!r} in what the scorer printed")
    return float(found[1])


def commit(truth: Path) -> str:
    """The pinned commit that a truth file is about, shortened."""
    return str(json.loads(truth.read_text()).get("commit", ""))[:10]
