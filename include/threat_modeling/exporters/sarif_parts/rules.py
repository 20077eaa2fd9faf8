"""One rule for each weakness class that was found: SARIF's reportingDescriptor, as code scanning services read it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from threat_modeling.text import md_escape, one_line, slug

if TYPE_CHECKING:
    from threat_modeling.exporters.sarif_parts.findings import Finding

_ACRONYMS = {"sql", "xss", "csrf", "ssrf", "xxe", "jwt", "cors", "csp", "tls", "ldap", "nosql", "html", "http", "url", "id", "idor", "xml", "os"}


def rules(findings: tuple[Finding, ...]) -> list[dict[str, Any]]:
    """Rules in the order of their ids. `security-severity` is the highest score among the rule's open findings, of all if none is open."""
    classes: dict[str, list[Finding]] = {}
    for finding in findings:
        classes.setdefault(rule_id(finding), []).append(finding)
    return [_rule(id_, found) for id_, found in sorted(classes.items())]


def rule_id(finding: Finding) -> str:
    """The rule of a finding: its weakness class."""
    return slug(finding.rule, 100)


def _rule(id_: str, found: list[Finding]) -> dict[str, Any]:
    counted = [f for f in found if not f.closed] or found
    worst = max(f.score for f in counted)
    weaknesses = sorted({f.cwe for f in found}, key=lambda c: int(c[4:]))
    words = " ".join(w.upper() if w in _ACRONYMS else w for w in id_.split("-"))
    title = words[:1].upper() + words[1:]
    names = sorted({one_line(f.cwe_name, 120) for f in found if f.cwe_name})
    about = f"{title}: {', '.join(names) or 'a weakness'} ({', '.join(weaknesses)})."
    measures = sorted({one_line(measure, 300) for f in counted for measure in f.measures})[:10]
    name = "".join(part[:1].upper() + part[1:] for part in re.split(r"[^A-Za-z0-9]+", id_))
    return {
        "id": id_,
        "name": f"{name}Weakness" if name.lower() == id_ else name,
        "shortDescription": {"text": f"{title}."},
        "fullDescription": {"text": about},
        "helpUri": f"https://cwe.mitre.org/data/definitions/{weaknesses[0][4:]}.html",
        "help": {"text": _help(about, measures), "markdown": _help_markdown(title, about, weaknesses, measures)},
        "defaultConfiguration": {"level": level(worst)},
        "properties": {
            "precision": "high" if all(dict(f.properties).get("confidence") == "high" for f in found) else "medium",
            "problem.severity": {"error": "error", "warning": "warning"}.get(level(worst), "recommendation"),
            "security-severity": f"{worst:.1f}",
            "tags": ["security", *(f"external/cwe/{c.lower()}" for c in weaknesses)],
        },
    }


def level(score: float) -> str:
    """SARIF's level for a CVSS score: error from 7.0, warning from 4.0, note below."""
    return "error" if score >= 7 else "warning" if score >= 4 else "note"


def _help(about: str, measures: list[str]) -> str:
    return about + (" What to do: " + "; ".join(measures) + "." if measures else "")


def _help_markdown(title: str, about: str, weaknesses: list[str], measures: list[str]) -> str:
    links = ", ".join(f"[{c}](https://cwe.mitre.org/data/definitions/{c[4:]}.html)" for c in weaknesses)
    listed = "\n".join(f"- {md_escape(measure, 300)}" for measure in measures)
    return f"# {md_escape(title)}\n\n{md_escape(about, 500)}\n\nWeaknesses: {links}\n" + (f"\n## What to do\n\n{listed}\n" if measures else "")
