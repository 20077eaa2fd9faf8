"""Semgrep and bandit on the same trees, each from an environment of its own, where its command is given."""

from __future__ import annotations

import json
import subprocess
from collections import Counter
from typing import TYPE_CHECKING, Any

from scoring import NotRun, Setup

if TYPE_CHECKING:
    from pathlib import Path

TOOLS = ("semgrep", "bandit")
_SEVERITIES = {"ERROR": "HIGH", "WARNING": "MEDIUM", "INFO": "LOW"}
"""Semgrep's words for what bandit and we call otherwise."""


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


def folder(setup: Setup, tool: str, names: list[str]) -> Path | None:
    """The tool's findings on each RealVuln application as NAME.json; None where the tool isn't there."""
    if versions(setup)[tool].startswith("not run"):
        return None
    out = setup.work / tool
    out.mkdir(parents=True, exist_ok=True)
    for name in names:
        try:
            target = setup.app(f"realvuln/{name}")
        except NotRun:
            continue
        file = out / f"{name}.json"
        if not file.exists():
            file.write_text(json.dumps(_run(setup, tool, target)))
    return out


def severities(setup: Setup, tool: str, targets: list[Path]) -> Counter[str] | None:
    """How many findings of each severity the tool has on some folders; None where the tool isn't there."""
    if versions(setup)[tool].startswith("not run"):
        return None
    results = [result for target in targets for result in _run(setup, tool, target)["results"]]
    if tool == "bandit":
        return Counter(result["issue_severity"] for result in results)
    return Counter(_SEVERITIES.get(result["extra"]["severity"], result["extra"]["severity"]) for result in results)


def _run(setup: Setup, tool: str, target: Path) -> dict[str, Any]:
    """The tool's JSON on a folder, run inside it so that paths are relative. Both tools exit with 1 where they find something."""
    if tool == "bandit":
        command = [setup.bandit, "-q", "-r", "-f", "json", "."]
    else:
        command = [
            setup.semgrep,
            "scan",
            "--config",
            setup.rules,
            "--json",
            "--quiet",
            "--metrics=off",
            "--disable-version-check",
            "--no-git-ignore",
            ".",
        ]
    done = subprocess.run(command, check=False, capture_output=True, text=True, cwd=target)
    if done.returncode not in {0, 1}:
        raise NotRun(f"{tool} ended with {done.returncode}: {done.stderr.strip()[-200:]}")
    found: dict[str, Any] = json.loads(done.stdout)
    return found
