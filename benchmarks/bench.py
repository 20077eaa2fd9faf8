"""Prints the table of what is measured, and writes it: `make bench APPS=<folder of checkouts> BENCH=<folder of scorers and truth>`.

APPS holds noir, crapi, railsgoat, juice-shop, vampi and benchmark-java at the commits that the truth names, realvuln/NAME for the
applications of RealVuln, and quiet/NAME for the packages. What is missing is "not run".
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import report
import routes
import scanners
import speed
import weaknesses
from scoring import NotRun, Row, Setup

if TYPE_CHECKING:
    from collections.abc import Iterator

MEASURES = {
    "noir": routes.noir,
    "routes": routes.applications,
    "realvuln": weaknesses.realvuln,
    "java": weaknesses.benchmark_java,
    "weaknesses": weaknesses.listed,
    "quiet": weaknesses.quiet,
    "speed": speed.speed,
    "report": report.report,
}


def main() -> None:
    """Take every measure, or those named."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--apps", type=Path, required=True, help="folder of the checkouts")
    parser.add_argument("--bench", type=Path, required=True, help="folder of score.py, score_noir.py, score_realvuln.py, truth/ and realvuln/")
    parser.add_argument("--only", default=",".join(MEASURES), help=f"comma-separated measures: {', '.join(MEASURES)}")
    parser.add_argument("--semgrep", default="", help="semgrep's command, from an environment of its own")
    parser.add_argument("--rules", default="", help="folder of semgrep's rules")
    parser.add_argument("--bandit", default="", help="bandit's command, from an environment of its own")
    parser.add_argument("--tree", default="", help="folder of code for the speed measure")
    parser.add_argument("--out", type=Path, help="file to write the table to, once every measure was taken")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="threat-modeling-bench-") as work:
        setup = Setup(
            options.apps.resolve(),
            options.bench.resolve(),
            Path(work),
            shutil.which(options.semgrep) or "",
            str(Path(options.rules).resolve()) if options.rules else "",
            shutil.which(options.bandit) or "",
            options.tree,
        )
        table = [_line(row) for name in options.only.split(",") if name for row in _rows(setup, name)]
        document = _document(setup, table)
    if options.out and set(options.only.split(",")) >= set(MEASURES):  # a part must not stand where the whole is expected
        options.out.write_text(document)


def _rows(setup: Setup, name: str) -> Iterator[Row]:
    try:
        yield from MEASURES[name](setup)
    except NotRun as reason:
        yield Row(name, "", f"not run: {reason}")


def _line(row: Row) -> str:
    line = f"| {row.measure} | {row.bar} | {row.ours} | {row.others} |"
    print(line, flush=True)
    return line


def _document(setup: Setup, table: list[str]) -> str:
    revision = subprocess.run(["git", "rev-parse", "--short", "HEAD"], check=False, capture_output=True, text=True).stdout.strip()
    tools = "; ".join(f"{tool} {version}" for tool, version in scanners.versions(setup).items())
    return "\n".join(
        [
            "# Benchmarks",
            "",
            f"Written by `make bench` on {datetime.now(UTC):%Y-%m-%d}, of commit {revision}, all rows in one configuration. Other scanners: {tools}.",
            "Sources are public and pinned by the truth's commits; none of them is part of this project. The lists of vulnerable applications",
            "are not exhaustive: their precision is a lower bound.",
            "",
            "| measure | bar | this project | other scanners |",
            "|---|---|---|---|",
            *table,
            "",
        ]
    )


if __name__ == "__main__":
    main()
