"""What a person reads of the sizing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from threat_modeling.text import md_code, md_escape

if TYPE_CHECKING:
    from threat_modeling.phases.phase_2_codebase_sizing.artifacts import SizingReport

TOP = 10
"""Rows of a table; the rest stands in the report."""


def summary(report: SizingReport) -> str:
    """Markdown: the counts as bullets, the components that agents map, what is sampled, left out or overridden."""
    strategy, metrics = report.strategy, report.metrics
    scope = "the whole target" if report.scope.kind == "full" else ", ".join(md_code(path, 60) for path in report.scope.paths[:TOP])
    extensions = ", ".join(f"{md_code(name or '(none)', 20)} {count}" for name, count in list(metrics.files_by_extension.items())[:6])
    left_out = sum(skip.files for skip in report.excluded)
    lines = [
        "# Codebase sizing",
        "",
        f"- {metrics.total_files} files in {metrics.total_directories} folders, about {metrics.estimated_loc} lines of code; scope: {scope}",
        f"- tier {strategy.tier}: {strategy.estimated_agents} agent(s), {strategy.parallelization}",
        f"- sampling: {'required, see below' if strategy.sampling_required else 'not needed, every file is mapped'}",
        f"- most files: {extensions}",
        f"- {left_out} files in {len(report.excluded)} excluded trees do not count",
        "",
        "| component | files | depth | crown jewels |",
        "|---|---|---|---|",
    ]
    for c in strategy.components_to_spawn[:TOP]:
        jewels = {jewel for found in report.components if c.owns(found.path) for jewel in found.crown_jewels}
        lines.append(f"| {md_code(c.path, 60)} | {c.files} | {c.recommended_depth.value} | {len(jewels)} |")
    lines += ["", *(f"- {md_escape(text)}" for text in (*report.overrides[:TOP], *report.notes[:TOP]))]
    shown = sorted(report.excluded, key=lambda skip: (-skip.files, skip.path))[:TOP]
    lines += [f"- excluded: {md_code(skip.path, 80)}, {skip.files} files, {md_escape(skip.reason)}" for skip in shown]
    return "\n".join(lines)
