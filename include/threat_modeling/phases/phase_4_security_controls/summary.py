"""summary.md of phase 4: what a person needs to decide on a batch."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from threat_modeling.model import ControlCategory, Severity
from threat_modeling.phases.phase_3_codebase_mapping.artifacts import Concerns
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
    """Markdown: this batch with its gravest gaps, the batches before, the categories."""
    summary, gaps = session.load(BatchSummary), session.load(ControlGaps).control_gaps
    current = next((b for b in summary.batches if b.severity is stage.severity), None)
    settled = _settled(session, stage)
    title = stage.severity.value if stage.severity else "all"
    by_severity = Counter(g.severity for g in gaps)
    counts = ", ".join(f"{by_severity[s]} {s.value}" for s in Severity if by_severity[s]) or "none"
    at_risk = [r for r in session.load(ComplianceStatus).requirements if r.status == "at-risk"]
    lines = [
        f"## Security controls: {title} concerns",
        "",
        "Are these controls and gaps right? Add a control that the code cannot show (a gateway, a network rule) in the form and ask for a revision.",
        "",
        *(_batch(current, settled) if current else []),
        f"- Control gaps over all batches so far: {len(gaps)} ({counts})",
        f"- Concerns that wait for a later batch or round: {len(summary.waiting)}",
        f"- Requirements at risk: {md_escape(', '.join(f'{r.framework} {r.requirement}' for r in at_risk[:TOP]), 300) or 'none'}",
        "",
        *(_accounts(current, gaps, settled) if current and current.concerns else ["No concern has this severity."]),
        "",
        *([*_batches(summary), ""] if len(summary.batches) > 1 else []),
        *_categories(session),
    ]
    return "\n".join(lines)


def _settled(session: Session, stage: Stage) -> set[str]:
    """The concerns of this severity that a person approved in an earlier round: so many as fit in the approved rounds, in order."""
    if session.request.approval == "auto":  # which asks about all of them at once
        return set()
    approved = sum(decision.status == "approved" for decision in session.checkpoints.decisions(stage.key))
    ours = [concern.id for concern in session.load(Concerns).concerns if concern.severity is stage.severity]
    return set(ours[: approved * (stage.phase.batch_size or 0)])


def _batch(batch: Batch, settled: set[str]) -> list[str]:
    status = Counter(c.status for c in batch.concerns)
    told = ", ".join(f"{status[s]} {s}" for s in ("open", "partial", "mitigated", "blocked") if status[s]) or "none"
    lines = [f"- Investigated: {batch.investigated} of {batch.assigned} concerns ({told})"]
    if settled and (fresh := [one.concern for one in batch.concerns if one.concern not in settled]):
        lines.append(f"- **New in this round:** {', '.join(fresh)}; the others were approved before")
    if batch.blocked:
        lines.append(f"- **Blocked:** {', '.join(batch.blocked)}: not investigated, so not known to be safe")
    return lines


def _accounts(batch: Batch, gaps: Sequence[ControlGap], settled: set[str]) -> list[str]:
    """The concerns of a batch, each with its gravest gap: those that nobody approved yet first, and of these the unresolved."""
    order = {"blocked": 0, "open": 1, "partial": 2, "mitigated": 3}
    ranked = sorted(batch.concerns, key=lambda c: (c.concern in settled, order[c.status], c.concern))
    worst = {gap.concern: gap for gap in reversed(gaps)}
    rows = ["| Concern | Status | What is missing | First place |", "|---|---|---|---|"]
    for one in ranked[:TOP]:
        gap = worst.get(one.concern)
        missing = f"{md_escape(gap.title, 90)} ({one.gaps} {_s(one.gaps, 'gap')})" if gap else "nothing was found missing"
        place = md_code(gap.evidence[0].place, 80) if gap and gap.evidence else ""
        status = f"{one.status}, {one.controls} {_s(one.controls, 'control')}"
        rows.append(f"| {one.concern} {md_escape(one.title, 90)} | {status} | {missing} | {place} |")
    if len(ranked) > TOP:
        rows.append(f"| and {len(ranked) - TOP} more | | | |")
    return rows


def _batches(summary: BatchSummary) -> list[str]:
    rows = ["| Batch | Investigated | Open or partial | Blocked |", "|---|---|---|---|"]
    for batch in summary.batches:
        unresolved = sum(c.status in {"open", "partial"} for c in batch.concerns)
        rows.append(f"| {batch.severity.value} | {batch.investigated} of {batch.assigned} | {unresolved} | {len(batch.blocked)} |")
    return rows


def _categories(session: Session) -> list[str]:
    """The categories of which anything was found; the others in one line."""
    found = {category.value: session.load(CATEGORY_FILES[category]) for category in ControlCategory}
    seen = {name: one for name, one in found.items() if one.controls or one.gaps}
    rows = ["| Category | Assessment | Controls | Gaps |", "|---|---|---|---|"]
    rows += [f"| {name} | {one.assessment} | {len(one.controls)} | {len(one.gaps)} |" for name, one in seen.items()]
    silent = [name for name in found if name not in seen]
    return [*rows, *(["", f"Neither a control nor a gap so far: {', '.join(silent)}."] if silent else [])]


def _s(number: int, noun: str) -> str:
    return noun if number == 1 else f"{noun}s"
