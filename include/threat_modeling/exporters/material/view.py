"""What pages print beside the document: its files joined and put in the order in which they are read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from threat_modeling.exporters.material.matrix import Grid, grid
from threat_modeling.exporters.material.roadmap import Measure, roadmap
from threat_modeling.exporters.material.threat_view import ThreatView, threat_views

if TYPE_CHECKING:
    from threat_modeling.exporters.material.document import ReportDocument
    from threat_modeling.phases.phase_3_codebase_mapping.artifacts import EntryPoint
    from threat_modeling.phases.phase_4_security_controls.artifacts import CategoryControls, ControlGap

MOST_ROWS = 1000
"""Entry points in the attack surface table; phase-3/entry-points.json and the JSON report have all."""


@dataclass(frozen=True, slots=True)
class Category:
    """One of the ten categories of controls with its gaps."""

    section: CategoryControls
    gaps: tuple[ControlGap, ...]


@dataclass(frozen=True, slots=True)
class View:
    """Everything that is derived. `surface` is the riskiest entry points first; `investigated` counts concerns."""

    threats: tuple[ThreatView, ...]
    roadmap: tuple[tuple[str, tuple[Measure, ...]], ...]
    matrix: Grid | None
    categories: tuple[Category, ...]
    blocked: tuple[ControlGap, ...]
    investigated: int
    surface: tuple[EntryPoint, ...]


def view(document: ReportDocument) -> View:
    """The view of a document, whole or partial."""
    controls, mapping = document.controls, document.mapping
    gaps = {gap.id: gap for gap in controls.control_gaps.control_gaps} if controls.control_gaps else {}
    routes = mapping.entry_points.entry_points if mapping.entry_points else ()
    return View(
        threats=threat_views(document),
        roadmap=roadmap(document),
        matrix=grid(document.threats.risk_matrix) if document.threats.risk_matrix else None,
        categories=tuple(Category(c, tuple(gaps[g] for g in c.gaps if g in gaps)) for c in controls.categories),
        blocked=tuple(gap for gap in gaps.values() if gap.type == "investigation-blocked"),
        investigated=sum(batch.investigated for batch in controls.batch_summary.batches) if controls.batch_summary else 0,
        surface=tuple(sorted(routes, key=lambda r: (r.risk_level.rank, r.id))[:MOST_ROWS]),
    )
