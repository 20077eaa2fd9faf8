"""summary.md of phase 5: what a person needs to decide on the threat model."""

from __future__ import annotations

from typing import TYPE_CHECKING

from threat_modeling.model import Severity
from threat_modeling.phases.phase_3_codebase_mapping.artifacts import Coverage
from threat_modeling.phases.phase_5_threat_modeling.artifacts import AbuseCases, AttackTrees, RiskMatrix, ThreatModel
from threat_modeling.text import md_code, md_escape

if TYPE_CHECKING:
    from collections.abc import Sequence

    from threat_modeling.model import CoverageGap
    from threat_modeling.phases.phase_5_threat_modeling.artifacts import Threat
    from threat_modeling.session import Session

TOP = 10


def summarize(session: Session, gaps: Sequence[CoverageGap], unfounded: Sequence[str]) -> str:
    """Markdown: counts, coverage, the ten gravest threats, threats by STRIDE and actor."""
    model, matrix = session.load(ThreatModel), session.load(RiskMatrix)
    counts = ", ".join(f"{matrix.by_severity[s]} {s.value}" for s in Severity if matrix.by_severity.get(s)) or "none"
    status = ", ".join(f"{n} {name}" for name, n in matrix.by_status.items() if n) or "none"
    critical = sum(len(c.threats) for c in matrix.cells if c.rating is Severity.CRITICAL)
    lines = [
        "## Threat model",
        "",
        "Are these the threats, and are their scores right? Set the status of a threat or the likelihood of an actor in the form.",
        "",
        f"- Open threats: {sum(matrix.by_severity.values())} ({counts}), scored with CVSS {model.cvss_version}",
        f"- Status of all {len(model.threats)}: {status}",
        f"- Critical risks by likelihood and impact: {critical}",
        f"- Abuse cases: {len(session.load(AbuseCases).abuse_cases)}; attack trees: {len(session.load(AttackTrees).attack_trees)}",
        *_coverage(session, gaps, unfounded),
        "",
        *_table(model.threats),
        "",
        *_stride(matrix),
    ]
    return "\n".join(lines)


def _coverage(session: Session, gaps: Sequence[CoverageGap], unfounded: Sequence[str]) -> list[str]:
    lines = []
    if session.exists(Coverage):
        total = session.load(Coverage).total
        lines.append(f"- Coverage: {total.analyzed} of {total.files} files analyzed; {sum(total.unsupported.values())} in languages not analyzed")
    if gaps:
        lines.append(f"- **Failed:** {len(gaps)} agent(s); the model is not complete")
    if unfounded:
        lines.append(f"- Weaknesses that neither a gap nor a flow carries, so not told as threats: {md_escape('; '.join(unfounded[:5]), 300)}")
    return lines


def _table(threats: Sequence[Threat]) -> list[str]:
    if not threats:
        return ["No threat was found in what was analyzed; see the coverage above for what was not."]
    rows = ["| Threat | Score | Actor | First place |", "|---|---|---|---|"]
    for t in threats[:TOP]:
        mark = "" if t.status == "open" else f" ({t.status})"
        score = f"{t.cvss.environmental.score:.1f} {t.severity.value}"
        rows.append(f"| {t.id} {md_escape(t.title, 100)}{mark} | {score} | {t.actor.profile} | {md_code(t.evidence[0].place, 80)} |")
    if len(threats) > TOP:
        rows.append(f"| and {len(threats) - TOP} more | | | |")
    return rows


def _stride(matrix: RiskMatrix) -> list[str]:
    rows = ["| STRIDE | Open threats |", "|---|---|"]
    return rows + [f"| {stride.value} | {n} |" for stride, n in matrix.by_stride.items()]
