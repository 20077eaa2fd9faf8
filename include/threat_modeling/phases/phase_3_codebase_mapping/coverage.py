"""What was read of the target and what was not, summed over components."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from threat_modeling.phases.phase_3_codebase_mapping.artifacts import ComponentCoverage, Coverage, FileCoverage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from threat_modeling.codebase.observations import Skip, ToolReport
    from threat_modeling.model import CoverageGap
    from threat_modeling.phases.phase_3_codebase_mapping.artifacts import ComponentMap


def coverage(maps: Sequence[ComponentMap], excluded: Sequence[Skip], gaps: Sequence[CoverageGap]) -> Coverage:
    """Coverage of each component and in total."""
    parts = [m.coverage for m in maps]
    unsupported: Counter[str] = Counter()
    for part in parts:
        unsupported.update(part.unsupported)
    total = FileCoverage(
        files=sum(p.files for p in parts),
        analyzed=sum(p.analyzed for p in parts),
        lines=sum(p.lines for p in parts),
        sampled_out=sum(p.sampled_out for p in parts),
        unsupported=dict(sorted(unsupported.items())),
        not_code=sum(p.not_code for p in parts),
        skipped=tuple(s for p in parts for s in p.skipped),
        test_code=sum(p.test_code for p in parts),
    )
    return Coverage(
        total=total,
        components=tuple(ComponentCoverage(component=m.component, coverage=m.coverage) for m in maps),
        excluded=tuple(excluded),
        gaps=tuple(gaps),
        quarantined=tuple(q for m in maps for q in m.quarantined),
        tools=_tools(maps),
    )


def _tools(maps: Sequence[ComponentMap]) -> tuple[ToolReport, ...]:
    """Each report once, in the order given, with what the components used of it added up."""
    found: dict[tuple[str, str], ToolReport] = {}
    for report in (report for m in maps for report in m.tools):
        known = found.get((report.file, report.tool))
        found[report.file, report.tool] = report if known is None else known.model_copy(update={"used": known.used + report.used})
    return tuple(found.values())


def told(total: FileCoverage) -> str:
    """Coverage in one sentence; it stands beside every count of findings."""
    parts = [f"{total.analyzed} of {total.files} files analyzed ({total.lines} lines)"]
    if total.sampled_out:
        parts.append(f"{total.sampled_out} left out by sampling")
    if total.unsupported:
        parts.append("not analyzed: " + ", ".join(f"{n} {language}" for language, n in total.unsupported.items()))
    if total.not_code:
        parts.append(f"{total.not_code} without code")
    if total.skipped:
        parts.append(f"{sum(s.files for s in total.skipped)} skipped with a reason")
    return "; ".join(parts)
