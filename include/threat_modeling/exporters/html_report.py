"""HTML: one self-contained file that opens from disk and says nothing to any server.

Jinja escapes every value, `visible()` shows control and bidirectional characters as escapes, and a strict content security policy
lets nothing run but the two inline blocks whose hashes it names. Inline style attributes would be refused: templates have none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from threat_modeling.exporters.diagram.from_dfd import graph_of
from threat_modeling.exporters.diagram.shapes import picture
from threat_modeling.exporters.material.counts import open_threats
from threat_modeling.exporters.material.page import environment, inline, policy, token
from threat_modeling.exporters.material.view import MOST_ROWS, view
from threat_modeling.exporters.material.wording import human
from threat_modeling.model import Severity, Stride

if TYPE_CHECKING:
    from collections.abc import Sequence

    from threat_modeling.exporters.material.document import ReportDocument
    from threat_modeling.exporters.material.threat_view import ThreatView
    from threat_modeling.phases.phase_5_threat_modeling.artifacts import Dfd

FILENAME = "threat-model-report.html"
MEDIA_TYPE = "text/html"
MOST_SHOWN = 200
"""Threats and tests that are shown at once: the page keeps the others apart until they are asked for."""
_PACKAGE, _TEMPLATES = "threat_modeling", "exporters/templates"


def export(document: ReportDocument) -> str:
    """The page."""
    style, script = inline(_PACKAGE, f"{_TEMPLATES}/report.css"), inline(_PACKAGE, f"{_TEMPLATES}/report.js")
    page = environment(_PACKAGE, _TEMPLATES).get_template("report.html.j2")
    return page.render(document=document, style=style, script=script, policy=policy(style, script), **_parts(document))


def _parts(document: ReportDocument) -> dict[str, Any]:
    seen = view(document)
    dfd = document.threats.dfd
    graph = graph_of(dfd, open_threats(document.threats)) if dfd and dfd.nodes else None
    return {
        "view": seen,
        "picture": picture(graph) if graph else None,
        "collapsed": graph.collapsed if graph else 0,
        "names": {node.id: node.name for node in dfd.nodes} if dfd else {},
        "filters": _filters(seen.threats, dfd),
        "elements": _elements(dfd),
        "most_rows": MOST_ROWS,
        "most_shown": MOST_SHOWN,
        "tones": {"exposed": "critical", "partial": "medium", "protected": "good", "nothing-found": "info"},
        "anchors": _anchors(document),
        "threat_ids": {shown.threat.id for shown in seen.threats},
        "sections": _sections(document, len(seen.threats), sum(len(listed) for _, listed in seen.roadmap)),
    }


def _anchors(document: ReportDocument) -> set[str]:
    """Ids of tests that the page shows, so that no link leads nowhere."""
    tests = document.tests
    lists: list[Sequence[Any]] = [
        tests.manual_test_cases.test_cases if tests.manual_test_cases else (),
        tests.code_review_plan.reviews if tests.code_review_plan else (),
        tests.dast_recommendations.scenarios if tests.dast_recommendations else (),
        tests.sast_recommendations.rules if tests.sast_recommendations else (),
        tests.sca_recommendations.checks if tests.sca_recommendations else (),
    ]
    return {entry.id for entries in lists for entry in entries}


def _sections(document: ReportDocument, threats: int, measures: int) -> list[dict[str, Any]]:
    """The page's sections in reading order: first what a board reads, then what a developer does."""
    trees = document.threats.attack_trees
    rows: list[tuple[str, str, int | None]] = [
        ("summary", "Summary", None),
        ("matrix", "Risk matrix", None),
        ("diagram", "Data-flow diagram", None),
        ("roadmap", "Remediation roadmap", measures),
        ("threats", "Threats", threats),
        ("trees", "Attack trees", len(trees.attack_trees) if trees else 0),
        ("surface", "Attack surface", document.counts.entry_points),
        ("controls", "Security controls", document.counts.control_gaps),
        ("tests", "Test plan", document.counts.tests),
        ("compliance", "Compliance", None),
        ("context", "Business context", None),
        ("coverage", "Coverage", None),
        ("decisions", "Decisions and notes", len(document.decisions)),
        ("legend", "How to read this", None),
    ]
    return [{"id": id_, "title": title, "number": number, "template": f"sections/{id_}.html.j2"} for id_, title, number in rows]


def _elements(dfd: Dfd | None) -> dict[str, list[str]]:
    """Threat -> the elements of the diagram that it touches, as words of an attribute."""
    found: dict[str, list[str]] = {}
    for node in dfd.nodes if dfd else ():
        for threat in node.threats:
            found.setdefault(threat, []).append(token(node.id))
    return found


def _filters(views: tuple[ThreatView, ...], dfd: Dfd | None) -> list[dict[str, Any]]:
    """What threats can be filtered by, with the values that occur."""
    threats = [shown.threat for shown in views]
    severities = {t.severity for t in threats}
    letters = {letter for t in threats for letter in t.stride}
    weaknesses = {t.cwe: t.cwe_name for t in threats}
    return [
        {"name": "severity", "title": "Severity", "choices": [(s.value, s.value) for s in Severity if s in severities]},
        {"name": "stride", "title": "STRIDE", "choices": [(s.value, human(s)) for s in Stride if s in letters]},
        {"name": "component", "title": "Component", "choices": [(token(c), c) for c in sorted({t.component for t in threats})]},
        {"name": "element", "title": "Element", "choices": [(token(n.id), n.name) for n in (dfd.nodes if dfd else ()) if n.threats]},
        {"name": "cwe", "title": "CWE", "choices": [(c, f"{c} {n}") for c, n in sorted(weaknesses.items(), key=lambda w: int(w[0][4:]))]},
    ]
