"""Semgrep and bandit on the same trees, each from an environment of its own, where its command is given."""

from __future__ import annotations

import json
import re
import subprocess
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, Any

from scoring import NotRun, Setup

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

TOOLS = ("semgrep", "bandit")
_SEMGREP = ("scan", "--json", "--quiet", "--metrics=off", "--disable-version-check", "--no-git-ignore")
_PATHS = {"semgrep": "path", "bandit": "filename"}
_SEVERITIES = {"ERROR": "HIGH", "WARNING": "MEDIUM", "INFO": "LOW"}
"""Semgrep's words for what bandit and we call otherwise."""


@cache
def versions(setup: Setup) -> dict[str, str]:
    """Tool -> what it says its version is, "not run" with the reason where it isn't there."""
    told = {}
    for tool in TOOLS:
        command = getattr(setup, tool)
        if not command or (tool == "semgrep" and not setup.rules):
            told[tool] = "not run: " + ("no command given" if not command else "no folder of rules given")
            continue
        told[tool] = (
            subprocess.run([command, "--version"], check=True, capture_output=True, text=True).stdout.split("\n")[0].removeprefix(tool).strip()
        )
    return told


def column(setup: Setup, figures: Callable[[str], str], tools: Iterable[str] = TOOLS) -> str:
    """The figures of each tool that is there; where one fails, the reason stands in their place, and our own figures stay."""
    told = []
    for tool in tools:
        if not versions(setup)[tool].startswith("not run"):
            try:
                told.append(f"{tool} {figures(tool)}")
            except NotRun as reason:
                told.append(f"{tool} not run: {reason}")
    return "; ".join(told)


def folder(setup: Setup, tool: str, names: list[str]) -> Path:
    """The tool's findings on each RealVuln application as NAME.json, from one run over all of them."""
    out = setup.work / tool
    apps = setup.app("realvuln")
    there = [name for name in names if (apps / name).is_dir()]
    document = found(setup, tool, apps, there, setup.work / f"{tool}-realvuln.json")
    key = _PATHS[tool]
    for name in there:
        results = [{**r, key: path[len(name) + 1 :]} for r in document["results"] if (path := r[key].removeprefix("./")).startswith(f"{name}/")]
        out.mkdir(parents=True, exist_ok=True)
        (out / f"{name}.json").write_text(json.dumps({**document, "results": results}))
    return out


def session(setup: Setup, tool: str, target: Path, name: str) -> Path:
    """A folder that the scorer reads as a session: a threat for each finding, with its first CWE at its file. No entry points."""
    out = setup.work / f"{tool}-{name}"
    document = found(setup, tool, target, ["."], setup.work / f"{tool}-{name}.json")
    threats = [{"cwe": cwe, "evidence": [{"path": path}]} for cwe, path in _claims(tool, document)]
    for path, written in (("phase-3/entry-points.json", {"entry_points": []}), ("phase-5/threat-model.json", {"threats": threats})):
        (out / path).parent.mkdir(parents=True, exist_ok=True)
        (out / path).write_text(json.dumps(written))
    return out


def severities(setup: Setup, tool: str, parent: Path, names: list[str]) -> Counter[str]:
    """How many findings of each severity the tool has on some folders of one folder; of semgrep's rules those on security count."""
    results = found(setup, tool, parent, names, setup.work / f"{tool}-{'-'.join(names).replace('/', '-')}.json")["results"]
    if tool == "bandit":
        return Counter(result["issue_severity"] for result in results)
    told = [result["extra"] for result in results if result["extra"].get("metadata", {}).get("category", "security") == "security"]
    return Counter(_SEVERITIES.get(extra["severity"], extra["severity"]) for extra in told)


def found(setup: Setup, tool: str, parent: Path, names: list[str], file: Path) -> dict[str, Any]:
    """The tool's JSON on some folders of one folder, run inside it so that paths are relative; kept in a file. NotRun where the tool fails.

    Both tools exit with 1 where they find something.
    """
    if not file.exists():
        arguments = {"semgrep": [*_SEMGREP, "--config", setup.rules], "bandit": ["-q", "-r", "-f", "json"]}[tool]
        done = subprocess.run([getattr(setup, tool), *arguments, *names], check=False, capture_output=True, text=True, cwd=parent)
        if done.returncode not in {0, 1}:
            raise NotRun(f"ended with {done.returncode} on {parent.name}: {_reason(done)}")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(done.stdout)
    document: dict[str, Any] = json.loads(file.read_text())
    return document


def _reason(done: subprocess.CompletedProcess[str]) -> str:
    """What a tool says of its failure: semgrep in its JSON, bandit on its standard error."""
    said = re.search(r'"(?:long_msg|message)": ?"([^"]+)"', done.stdout)
    return (said[1] if said else done.stderr).strip()[-200:]


def _claims(tool: str, document: dict[str, Any]) -> list[tuple[str, str]]:
    """The first CWE and the file of each finding that names one."""
    claims = []
    for result in document["results"]:
        said = result.get("issue_cwe", {}).get("id") if tool == "bandit" else result["extra"].get("metadata", {}).get("cwe")
        number = re.search(r"\d{1,4}", json.dumps(said)) if said else None
        if number is not None:
            claims.append((f"CWE-{number[0]}", result[_PATHS[tool]].removeprefix("./")))
    return sorted(set(claims))
