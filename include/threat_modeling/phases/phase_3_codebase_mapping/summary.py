"""summary.md of phase 3: what a person needs to decide whether the map is right."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from threat_modeling.model import Severity
from threat_modeling.phases.phase_3_codebase_mapping.artifacts import (
    Concern,
    Concerns,
    Coverage,
    DataFlows,
    EntryPoint,
    EntryPoints,
    Manifest,
    TrustBoundaries,
)
from threat_modeling.phases.phase_3_codebase_mapping.coverage import told
from threat_modeling.text import md_code, md_escape

if TYPE_CHECKING:
    from collections.abc import Sequence

    from threat_modeling.codebase.observations import ToolReport
    from threat_modeling.model import CoverageGap
    from threat_modeling.session import Session

TOP = 10


def summarize(session: Session, gaps: Sequence[CoverageGap]) -> str:
    """Markdown: counts, coverage, the ten gravest concerns, the most exposed entry points."""
    manifest, points = session.load(Manifest), session.load(EntryPoints).entry_points
    flows, boundaries = session.load(DataFlows), session.load(TrustBoundaries).trust_boundaries
    concerns, coverage = session.load(Concerns).concerns, session.load(Coverage)
    by_severity = Counter(c.severity for c in concerns)
    counts = ", ".join(f"{by_severity[s]} {s.value}" for s in Severity if by_severity[s]) or "none"
    open_points = [p for p in points if p.exposure == "external-unauthenticated"]
    lines = [
        "## Code map",
        "",
        "Is this what the application exposes, stores and risks? Approve to investigate the concerns below.",
        "",
        f"- Entry points: {len(points)}, of which {len(open_points)} without authentication",
        f"- Data flows: {len(flows.data_flows)}; data stores: {len(flows.data_stores)}; external systems: {len(flows.external_integrations)}",
        f"- Trust boundaries: {len(boundaries)}",
        f"- Concerns: {len(concerns)} ({counts})",
        f"- Coverage: {md_escape(told(coverage.total), 500)}",
        f"- Agents: {sum(c.delivered for c in manifest.components)} of {len(manifest.components)} delivered"
        + (f", {len(gaps)} failed" if gaps else ""),
    ]
    lines += [_tool_line(report) for report in coverage.tools]
    if coverage.quarantined:
        lines.append(f"- Quarantined: {len(coverage.quarantined)} statements whose quotes the code does not hold")
    lines += ["", *_concern_table(concerns), "", *_component_table(manifest)]
    lines += ["", *_open_table(open_points)] if open_points else []
    return "\n".join(lines)


def _tool_line(report: ToolReport) -> str:
    """One report of another tool: what came of it, or why it counts as not run."""
    name = md_escape(report.tool or report.file.rpartition("/")[2], 80)
    told = f"{report.used} of {report.results} results have a place in what was read" if report.run else f"not run: {md_escape(report.reason, 200)}"
    return f"- Other tool {name}: {told}"


def _concern_table(concerns: Sequence[Concern]) -> list[str]:
    if not concerns:
        return ["No concern was found in what was analyzed; see the coverage above for what was not."]
    rows = ["| Concern | Severity | Weakness | First place |", "|---|---|---|---|"]
    for c in list(concerns)[:TOP]:
        place = md_code(c.locations[0].evidence.place, 80)
        rows.append(f"| {c.id} {md_escape(c.title, 90)} | {c.severity.value} | {c.weakness.cwe} | {place} |")
    if len(concerns) > TOP:
        rows.append(f"| and {len(concerns) - TOP} more | | | |")
    return rows


def _component_table(manifest: Manifest) -> list[str]:
    rows = ["| Component | Files | Analyzed | Depth |", "|---|---|---|---|"]
    for c in manifest.components[:TOP]:
        state = c.depth.value if c.delivered else "agent failed"
        rows.append(f"| {md_code(c.path, 60)} | {c.files} | {c.analyzed} | {state} |")
    if len(manifest.components) > TOP:
        rows.append(f"| and {len(manifest.components) - TOP} more | | | |")
    return rows


def _open_table(points: Sequence[EntryPoint]) -> list[str]:
    ranked = sorted(points, key=lambda p: (p.risk_level.rank, p.id))[:TOP]
    rows = ["| Entry point without authentication | Risk | Handler | Why |", "|---|---|---|---|"]
    for p in ranked:
        handler = md_code(f"{p.code.file}:{p.code.line}", 70) if p.code else "unknown"
        rows.append(
            f"| {p.id} {md_code(f'{p.method} {p.path}', 70)} | {p.risk_level.value} | {handler} | {md_escape('; '.join(p.risk_factors[:2]), 90)} |"
        )
    return rows
