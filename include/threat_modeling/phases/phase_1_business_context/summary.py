"""What a person reads at phase 1's checkpoint."""

from __future__ import annotations

from typing import TYPE_CHECKING

from threat_modeling.phases.phase_1_business_context.artifacts import Source
from threat_modeling.text import md_code, md_escape

if TYPE_CHECKING:
    from collections.abc import Sequence

    from threat_modeling.model import CoverageGap
    from threat_modeling.phases.phase_1_business_context.artifacts import FigureStatement, Statement
    from threat_modeling.phases.phase_1_business_context.compose import Files

TOP = 10
"""Rows of a table; the rest stands in the files."""
WHENCE = {
    Source.CHECKPOINT: "corrected by a person",
    Source.REQUEST: "stated by a person",
    Source.TARGET_FILE: "claimed by the target's own file",
    Source.CODE: "from the code",
    Source.DEFAULT: "assumed",
}


def summary(files: Files, gaps: Sequence[CoverageGap], remarks: Sequence[str]) -> str:
    """Markdown: what is asked, what it rests on, crown jewels, data, actors, regulations and figures."""
    data, goals = files.classification, files.objectives
    claimed = sum(statement.source is Source.TARGET_FILE for statement in _statements(files))
    lines = [
        "# Business context",
        "",
        "Is this what is at stake? Correct it in the form and choose Revise; later phases weigh every finding by it.",
        "",
        f"- Application: {md_escape(goals.application_name.value, 80)} ({WHENCE[goals.application_name.source]})",
        f"- Purpose: {md_escape(goals.primary_purpose.value, 300)} ({WHENCE[goals.primary_purpose.source]})",
        (
            f"- {len(data.crown_jewels)} crown jewels, {len(data.data_types)} kinds of data, {len(files.actors.threat_actors)} threat actors, "
            f"{len(files.compliance.requirements)} regulations"
        ),
        f"- Changed data costs {_figure(files.impact.data_modification_impact, 'US dollars')}",
        (
            f"- Downtime costs {_figure(files.impact.downtime_cost_per_hour, 'US dollars an hour')}; it has to be up again within "
            f"{_figure(files.security.rto_hours, 'hours')}; redundancy: {files.security.redundancy.value or 'not stated'}"
        ),
    ]
    if claimed:
        lines.append(
            f"- {claimed} statements are the target's own claims, from its business-context file: they may raise a severity, "
            "but lower none until a person states them"
        )
    lines += [f"- Not delivered: {md_escape(gap.label)}: {md_escape(gap.reason)}; what follows rests on statements alone" for gap in gaps]
    lines += ["", "| Crown jewel | Data | Files | Known |", "|---|---|---|---|"]
    lines += [
        f"| {md_escape(j.name, 60)} | {j.category}, {j.sensitivity.value} | {_places(j.paths)} | {WHENCE[j.source]}: {md_escape(j.reason, 80)} |"
        for j in data.crown_jewels[:TOP]
    ]
    lines += ["", "| Kind of data | Sensitivity | Examples | Known |", "|---|---|---|---|"]
    lines += [
        f"| {kind.category} | {kind.sensitivity.value} | {md_escape(', '.join(kind.examples[:4]), 80)} | {WHENCE[kind.source]} |"
        for kind in data.data_types[:TOP]
    ]
    lines += ["", "| Actor | Likelihood | Why |", "|---|---|---|"]
    lines += [f"| {a.profile} | {a.likelihood} | {md_escape(a.reason, 120)} |" for a in files.actors.threat_actors[:TOP]]
    lines += ["", *(f"- Applies: {md_escape(r.framework, 60)}, {md_escape(r.reason, 120)}" for r in files.compliance.requirements[:TOP])]
    lines += [f"- Remark: {md_escape(remark)}" for remark in remarks[:TOP]]
    return "\n".join(lines)


def _figure(statement: FigureStatement, unit: str) -> str:
    return f"… {unit} (not stated)" if statement.value is None else f"{statement.value:,.0f} {unit} ({WHENCE[statement.source]})"


def _places(paths: Sequence[str]) -> str:
    more = f" and {len(paths) - 2} more" if len(paths) > 2 else ""
    return ", ".join(md_code(path, 50) for path in paths[:2]) + more if paths else "none known"


def _statements(files: Files) -> list[Statement]:
    impact, security, goals = files.impact, files.security, files.objectives
    return [
        *files.classification.data_types,
        *files.classification.crown_jewels,
        *files.actors.threat_actors,
        *files.compliance.requirements,
        *security.cia_priority,
        *(impact.financial, impact.operational, impact.regulatory, impact.reputational, impact.strategic),
        *(impact.data_modification_impact, impact.downtime_cost_per_hour, security.rto_hours, security.rpo_hours),
        *(security.redundancy, security.risk_appetite, goals.application_name, goals.primary_purpose, goals.business_value),
        *goals.users,
        *goals.business_processes,
    ]
