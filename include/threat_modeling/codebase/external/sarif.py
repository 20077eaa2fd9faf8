"""SARIF 2.1.0 of any scanner: each open result with a CWE and a line of the target is a weakness."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from threat_modeling.catalog.weakness import weakness as kind_of
from threat_modeling.codebase.observations import Confidence, ToolReport, Weakness
from threat_modeling.codebase.rule import WeaknessRule
from threat_modeling.codebase.rulebook import load
from threat_modeling.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from threat_modeling.codebase.observations import Dependency
    from threat_modeling.codebase.project import Project

MAX_RESULTS = 20_000
_CWE = re.compile(r"\bcwe[-_/: ]{0,2}0*(\d{1,5})\b", re.IGNORECASE)


def reads(document: Any) -> bool:
    """Whether a document is a SARIF log."""
    return isinstance(document, dict) and isinstance(document.get("runs"), list)


def findings(
    file: str, documents: Sequence[Any], project: Project, dependencies: Sequence[Dependency]
) -> Iterator[tuple[ToolReport, list[Weakness]]]:
    """For each run what became of it, and its weaknesses."""
    del dependencies
    for run in (run for document in documents for run in document["runs"]):
        driver = run.get("tool", {}).get("driver", {})
        tool = one_line(str(driver.get("name") or "unnamed tool"), 60)
        rules = {rule.get("id"): rule for rule in driver.get("rules") or ()}
        results = (run.get("results") or [])[:MAX_RESULTS]
        found = [weakness for result in results if (weakness := _weakness(tool, result, rules, project)) is not None]
        failed = any(invocation.get("executionSuccessful") is False for invocation in run.get("invocations") or ())
        reason = "the tool says that it failed; what it found before is used" if failed else ""
        yield ToolReport(file=file, tool=tool, run=not failed, reason=reason, results=len(results), used=len(found)), found


def _weakness(tool: str, result: dict[str, Any], rules: dict[Any, Any], project: Project) -> Weakness | None:
    if result.get("suppressions") or result.get("kind", "fail") not in {"fail", "open", "review"}:
        return None
    rule_id = str(result.get("ruleId") or (result.get("rule") or {}).get("id") or "")
    cwe = _cwe(result) or _cwe(rules.get(rule_id) or {})
    physical = next((place.get("physicalLocation") or {} for place in result.get("locations") or ()), {})
    path = _path(str((physical.get("artifactLocation") or {}).get("uri") or ""), project)
    line = (physical.get("region") or {}).get("startLine")
    if cwe is None or path is None or not isinstance(line, int) or line < 1 or project.text(path) is None:
        return None
    kind = kind_of(cwe)
    said = one_line(str((result.get("message") or {}).get("text") or kind.name), 300)
    return Weakness(
        rule=f"{tool}/{one_line(rule_id, 120)}",
        title=kind.name,
        message=f"Reported by {tool}: {said}",
        cwe=cwe,
        weakness_class=_classes().get(cwe, cwe.lower()),
        category=kind.controls[0],
        confidence=Confidence.LOW if result.get("level") in {"note", "none"} else Confidence.MEDIUM,
        evidence=project.evidence(path, line, line),
    )


def _cwe(holder: dict[str, Any]) -> str | None:
    """The first CWE that a result or rule names: in its tags, its properties or its relations."""
    properties = holder.get("properties") or {}
    told = [*(properties.get("tags") or ()), properties.get("cwe"), properties.get("cwes")]
    told += [f"CWE-{taxon.get('id')}" for taxon in holder.get("taxa") or ()]
    told += [f"CWE-{(relation.get('target') or {}).get('id')}" for relation in holder.get("relationships") or ()]
    match = next((match for text in told if text and (match := _CWE.search(str(text)))), None)
    return f"CWE-{match[1]}" if match else None


def _path(uri: str, project: Project) -> str | None:
    """The target's file that a URI names: relative, or absolute below the target."""
    path = unquote(uri).removeprefix("file://").replace("\\", "/").removeprefix(f"{project.root.resolve()}/")
    while path.startswith("./"):
        path = path[2:]
    return path if path in project.paths else None


@cache
def _classes() -> dict[str, str]:
    """CWE -> our class of weakness, so that what both see is one."""
    rules = [rule for _, rule in load("weaknesses") if isinstance(rule, WeaknessRule)]
    return {rule.cwe: rule.weakness_class for rule in reversed(rules)}
