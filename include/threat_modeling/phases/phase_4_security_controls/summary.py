"""summary.md of phase 4: what a person needs to decide on a batch."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from threat_modeling.model import ControlCategory, Severity
from threat_modeling.phases.phase_4_security_controls.artifacts import BatchSummary, ComplianceStatus, ControlGaps
from threat_modeling.phases.phase_4_security_controls.categories import CATEGORY_FILES
from threat_modeling.text import md_code, md_escape

if TYPE_CHECKING:
    from collections.abc import Sequence

    from threat_modeling.phases.phase_4_security_controls.artifacts import Batch, ControlGap
    from threat_modeling.session import Session
    from threat_modeling.stage import Stage

TOP = 10


def summarize(session: Session, stage: Stage) -> str:
    """Markdown: this batch, its gravest gaps, the batches before, the ten categories."""
    summary, gaps = session.load(BatchSummary), session.load(ControlGaps).control_gaps
    current = next((b for b in summary.batches if b.severity is stage.severity), None)
    title = stage.severity.value if stage.severity else "all"
    asked = {one.concern for one in current.concerns} if current else set()
    ours = [gap for gap in gaps if asked.intersection((gap.concern, *gap.also))]
    by_severity = Counter(g.severity for g in gaps)
    counts = ", ".join(f"{by_severity[s]} {s.value}" for s in Severity if by_severity[s]) or "none"
    at_risk = [r for r in session.load(ComplianceStatus).requirements if r.status == "at-risk"]
    lines = [
        f"## Security controls: {title} concerns",
        "",
        "Are these controls and gaps right? Add a control that the code cannot show (a gateway, a network rule) in the form and ask for a revision.",
        "",
        *(_batch(current) if current else []),
        f"- Control gaps over all batches so far: {len(gaps)} ({counts})",
        f"- Concerns that wait for a later batch or round: {len(summary.waiting)}",
        f"- Requirements at risk: {md_escape(', '.join(f'{r.framework} {r.requirement}' for r in at_risk[:TOP]), 300) or 'none'}",
        "",
        *(_accounts(current) if current and current.concerns else ["No concern has this severity."]),
        "",
        *_gaps(ours),
        "",
        *_batches(summary),
        "",
        *_categories(session),
    ]
    return "\n".join(lines)


def _batch(batch: Batch) -> list[str]:
    status = Counter(c.status for c in batch.concerns)
    told = ", ".join(f"{status[s]} {s}" for s in ("open", "partial", "mitigated", "blocked") if status[s]) or "none"
    lines = [f"- Investigated: {batch.investigated} of {batch.assigned} concerns ({told})"]
    if batch.blocked:
        lines.append(f"- **Blocked:** {', '.join(batch.blocked)}: not investigated, so not known to be safe")
    return lines


def _accounts(batch: Batch) -> list[str]:
    order = {"blocked": 0, "open": 1, "partial": 2, "mitigated": 3}
    ranked = sorted(batch.concerns, key=lambda c: (order[c.status], c.concern))
    rows = ["| Concern | Status | Controls | Gaps |", "|---|---|---|---|"]
    rows += [f"| {c.concern} {md_escape(c.title, 90)} | {c.status} | {c.controls} | {c.gaps} |" for c in ranked[:TOP]]
    if len(ranked) > TOP:
        rows.append(f"| and {len(ranked) - TOP} more | | | |")
    return rows


def _batches(summary: BatchSummary) -> list[str]:
    rows = ["| Batch | Investigated | Open or partial | Blocked |", "|---|---|---|---|"]
    for batch in summary.batches:
        unresolved = sum(c.status in {"open", "partial"} for c in batch.concerns)
        rows.append(f"| {batch.severity.value} | {batch.investigated} of {batch.assigned} | {unresolved} | {len(batch.blocked)} |")
    return rows


def _gaps(gaps: Sequence[ControlGap]) -> list[str]:
    if not gaps:
        return ["No gap was found in what this batch investigated."]
    rows = ["| Gap of this batch | Severity | What is missing | First place |", "|---|---|---|---|"]
    for gap in gaps[:TOP]:
        place = md_code(gap.evidence[0].place, 80) if gap.evidence else ""
        rows.append(f"| {gap.id} | {gap.severity.value} | {md_escape(gap.title, 90)} | {place} |")
    if len(gaps) > TOP:
        rows.append(f"| and {len(gaps) - TOP} more | | | |")
    return rows


def _categories(session: Session) -> list[str]:
    rows = ["| Category | Assessment | Controls | Gaps |", "|---|---|---|---|"]
    for category in ControlCategory:
        found = session.load(CATEGORY_FILES[category])
        rows.append(f"| {category.value} | {found.assessment} | {len(found.controls)} | {len(found.gaps)} |")
    return rows
