"""Handoffs: what one phase tells the next, made again from files whenever the next phase opens."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from threat_modeling.artifact import canonical
from threat_modeling.text import md_escape as escaped

if TYPE_CHECKING:
    from threat_modeling.checkpoints import Decision
    from threat_modeling.session import NoteKind, Session

__all__ = ["escaped", "news", "told", "write"]

NEWS: Final[tuple[NoteKind, ...]] = ("recovery", "corruption", "target")
"""Kinds of notes that a person sees at the next question."""
MOST_NEWS = 10
"""Lines of them in one question; what it leaves out is in the next one."""


def write(session: Session, source: int, target: int) -> None:
    """Write handoffs/phase-N-to-M.json; phase 1 has no one before it."""
    if source < 1:
        return
    summary = session.path / f"phase-{source}" / "summary.md"
    lines = summary.read_text("utf-8", "replace").splitlines() if summary.exists() else []
    bullets = [re.sub(r"^[-*] ", "", line) for line in lines if re.match(r"^[-*] ", line)]
    document: dict[str, Any] = {
        "from_phase": source,
        "to_phase": target,
        "key_findings": bullets[:20],
        "critical_risks": [b for b in bullets if "CRITICAL" in b][:10],
        "decisions": _decisions(session, source),
        "assumptions": _assumptions(session),
        "crown_jewels": _phase_1(session, "data-classification.json", "crown_jewels"),
        "compliance": _phase_1(session, "compliance-requirements.json", "requirements"),
        "feedback": [{"stage": s, "text": t} for s, t in session.notes("open")],
        "overrides": [{"stage": s, "text": t} for s, t in session.notes("override")],
        "gaps": [{"stage": s, "text": t} for s, t in session.notes("gap")],
        "recoveries": [{"stage": s, "text": t} for kind in NEWS for s, t in session.notes(kind)],
        "artifacts": {
            p: session.sha256(p)
            for p in sorted(f.relative_to(session.path).as_posix() for f in (session.path / f"phase-{source}").rglob("*"))
            if (session.path / p).is_file() and "/." not in p
        },
    }
    session.write(f"handoffs/phase-{source}-to-{target}.json", canonical(document))


def told(decision: Decision) -> str:
    """One line of Markdown for an earlier round's answer: who asked for what."""
    fields = ", ".join(f"{escaped(k)} = {escaped(str(v))}" for k, v in decision.form.items())
    said = escaped(decision.feedback, 500) if decision.feedback else "no words"
    said += f" (back to {decision.back_to})" if decision.back_to else ""
    return f"**Round {decision.round}, {escaped(decision.by)} asked for a revision:** {said}" + (f" ({fields})" if fields else "")


def news(session: Session) -> list[str]:
    """Lines of Markdown for what no question has shown yet: recoveries, corruption, a changed target, overrides where nobody is asked."""
    shown = session.checkpoints.shown()
    unasked = [("override", stage, text) for stage, text in session.notes("override") if stage == "phase-2"]
    found = [*((kind, stage, text) for kind in NEWS for stage, text in session.notes(kind)), *unasked]
    lines = [f"**{kind.capitalize()} ({stage}):** {escaped(text, 500)}" for kind, stage, text in found]
    fresh = [line for line in lines if line not in shown]
    return fresh if len(fresh) <= MOST_NEWS else [*fresh[:MOST_NEWS], f"and {len(fresh) - MOST_NEWS} more in `notes.md`"]


def _decisions(session: Session, phase: int) -> list[dict[str, Any]]:
    stages = sorted({r.name.split("-round-")[0] for r in (session.path / "checkpoints").glob(f"phase-{phase}*-round-*.request.json")})
    answers = [d for stage in stages for d in session.checkpoints.decisions(stage)]
    return [{"stage": d.stage, "round": d.round, "status": d.status, "by": d.by, "feedback": d.feedback, "form": d.form} for d in answers]


def _assumptions(session: Session) -> list[str]:
    """Statements of phase 1 that nobody stated and nothing showed."""
    found = []
    for file in sorted((session.path / "phase-1").glob("*.json")):
        stack: list[Any] = [session.json(f"phase-1/{file.name}")]
        while stack:
            value = stack.pop()
            if isinstance(value, dict):
                if value.get("provenance") == "assumed":
                    label = value.get("name") or value.get("value") or value.get("description") or value.get("profile") or ""
                    found.append(f"{file.stem}: {label} {value.get('reason', '')}".strip())
                stack.extend(value.values())
            elif isinstance(value, list):
                stack.extend(value)
    return sorted(found)


def _phase_1(session: Session, file: str, key: str) -> list[Any]:
    try:
        document = session.json(f"phase-1/{file}")
    except (OSError, ValueError):
        return []
    values = document.get(key, []) if isinstance(document, dict) else []
    return [{k: v for k, v in value.items() if k != "evidence"} for value in values if isinstance(value, dict)]
