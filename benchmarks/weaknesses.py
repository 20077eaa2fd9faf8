"""Weaknesses: RealVuln, the OWASP Benchmark, the applications' own lists, and packages that should be quiet."""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING, Any

import scanners
from explained import EXPLAINED
from scoring import NotRun, Row, Setup, commit, figure, score
from sessions import SARIF, session_of, weaknesses_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LISTED = {"juice-shop": ("semgrep",), "vampi": scanners.TOOLS, "railsgoat": ("semgrep",), "crapi": scanners.TOOLS}
"""The applications, and the scanners that read their languages."""
QUIET = {"requests": "2.34.2", "flask": "3.1.3", "click": "8.5.1", "httpx": "0.28.1"}
LEVELS = ("CRITICAL", "HIGH", "MEDIUM", "LOW")


def realvuln(setup: Setup) -> Iterator[Row]:
    """F1, precision and traps from the SARIF, with and without vulnpy."""
    truth = setup.truth("realvuln")
    names = sorted(path.stem for path in truth.glob("*.json"))
    found = setup.work / "realvuln"
    found.mkdir(parents=True, exist_ok=True)
    missing = []
    for name in names:
        try:
            target = setup.app(f"realvuln/{name}")
        except NotRun:
            missing.append(name)
            continue
        session = session_of(target, setup.work / "sessions" / f"realvuln-{name}")
        shutil.copy(session / SARIF, found / f"{name}.sarif")
    if len(missing) == len(names):
        raise NotRun("no checkout realvuln/NAME")
    for label, apps in (("", names), (" without vulnpy", [n for n in names if n != "vulnpy"])):
        others = scanners.column(setup, lambda tool, apps=apps: _realvuln(setup, scanners.folder(setup, tool, names), apps))
        told = f" (no checkout: {', '.join(missing)})" if missing else ""
        yield Row(f"RealVuln{label}, {len(apps)} apps{told}: F1, precision, traps", "F1 >= 55, >= .65, <= 3", _realvuln(setup, found, apps), others)


def _realvuln(setup: Setup, found: Path, apps: list[str]) -> str:
    told = score(setup, "score_realvuln.py", found, setup.truth("realvuln"), "--apps", ",".join(apps), "--quiet")
    return f"{figure(told, r'F1=([0-9.]+)')}, {figure(told, r' P=([0-9.]+)')}, {int(figure(told, r'trap ([0-9]+)'))}"


def benchmark_java(setup: Setup) -> Iterator[Row]:
    """Youden's index of the OWASP Benchmark."""
    truth = setup.truth("truth/benchmark-java.json")
    target = setup.app("benchmark-java")

    def youden(session: Path) -> str:
        return f"{figure(score(setup, 'score.py', truth, session), r'youden ([0-9.-]+)'):.3f}"

    others = scanners.column(setup, lambda tool: youden(scanners.session(setup, tool, target, "benchmark-java")), ("semgrep",))
    yield Row(
        f"OWASP Benchmark Java @ {commit(truth)}, Youden",
        ">= .85",
        youden(session_of(target, setup.work / "sessions" / "benchmark-java")),
        others,
    )


def listed(setup: Setup) -> Iterator[Row]:
    """Recall of the applications' own lists by file and CWE family."""
    for name, tools in LISTED.items():
        try:
            truth = setup.truth(f"truth/{name}.json")
            yield _listed(setup, name, truth, setup.app(name), tools)
        except NotRun as reason:
            yield Row(f"{name} weaknesses", ">= .60", f"not run: {reason}")


def _listed(setup: Setup, name: str, truth: Path, target: Path, tools: tuple[str, ...]) -> Row:
    def recall(session: Path) -> str:
        return f"{figure(score(setup, 'score.py', truth, session, '--family'), r'weaknesses: .* recall ([0-9.]+)'):.3f}"

    count = sum(found.get("real", True) for found in json.loads(truth.read_text())["vulnerabilities"])
    own = recall(session_of(target, setup.work / "sessions" / name))
    others = scanners.column(setup, lambda tool: recall(scanners.session(setup, tool, target, name)), tools)
    return Row(f"{name} weaknesses ({count}), recall by file and CWE family", ">= .60", own, others)


def quiet(setup: Setup) -> Iterator[Row]:
    """Weaknesses for each thousand lines of packages that are in order."""
    groups = ((QUIET, "CRITICAL 0, HIGH <= .07, all <= .7"), ({"datasette": "0.65.5"}, "HIGH <= .4"))
    for packages, bar in groups:
        folders = {name: setup.app(f"quiet/{name}") / name for name in packages}
        lines = sum(_lines(folder) for folder in folders.values())
        counts: Counter[str] = Counter()
        high: list[tuple[str, str, str, int]] = []
        for name, folder in folders.items():
            results = weaknesses_of(session_of(folder, setup.work / "sessions" / f"quiet-{name}"))
            counts.update(result["properties"]["severity"] for result in results)
            high += [(name, *_place(result)) for result in results if result["properties"]["severity"] in {"CRITICAL", "HIGH"}]
        others = scanners.column(
            setup,
            lambda tool, names=[f"{n}/{n}" for n in packages], lines=lines: _rates(
                scanners.severities(setup, tool, setup.app("quiet"), names), lines
            ),
        )
        told = ", ".join(f"{name} {version}" for name, version in packages.items())
        yield Row(f"quiet: {told}; {lines:,} lines, per 1,000", bar, _rates(counts, lines), others)
        for (package, rule, path), places in groupby(sorted(high), key=lambda found: found[:3]):
            where = ", ".join(str(place[3]) for place in places)
            yield Row(f"quiet, HIGH: {package} {path}:{where} {rule}", "explained", EXPLAINED.get((package, rule, path), "not explained"))


def _place(result: dict[str, Any]) -> tuple[str, str, int]:
    place = result["locations"][0]["physicalLocation"]
    return result["ruleId"], place["artifactLocation"]["uri"], place["region"]["startLine"]


def _rates(counts: Counter[str], lines: int) -> str:
    each = [f"{level} {counts[level] * 1000 / lines:.2f}" for level in LEVELS if counts[level]]
    return f"all {sum(counts.values()) * 1000 / lines:.2f}" + (f" ({', '.join(each)})" if each else "")


def _lines(folder: Path) -> int:
    return sum(len(re.findall(rb"\n", path.read_bytes())) for path in folder.rglob("*.py"))
