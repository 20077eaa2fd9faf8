"""The figures of the summary, computed from the artifacts, so that they agree with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from threat_modeling.exporters.material.document import ControlsSection, Counts, MappingSection, TestsSection, ThreatsSection
from threat_modeling.model import Severity
from threat_modeling.phases.phase_3_codebase_mapping.artifacts import FileCoverage

if TYPE_CHECKING:
    from threat_modeling.phases.phase_5_threat_modeling.artifacts import Threat


def count(mapping: MappingSection, controls: ControlsSection, threats: ThreatsSection, tests: TestsSection) -> Counts:
    """All figures; 0 where the phase that makes them left no file."""
    found = open_threats(threats)
    routes = mapping.entry_points.entry_points if mapping.entry_points else ()
    coverage = mapping.coverage.total if mapping.coverage else FileCoverage(files=0, analyzed=0, lines=0)
    return Counts(
        threats=len(found),
        threats_by_severity={severity: sum(1 for t in found if t.severity is severity) for severity in Severity},
        concerns=len(mapping.concerns.concerns) if mapping.concerns else 0,
        control_gaps=len(controls.control_gaps.control_gaps) if controls.control_gaps else 0,
        entry_points=len(routes),
        entry_points_open=sum(1 for r in routes if r.exposure == "external-unauthenticated"),
        files=coverage.files,
        files_analyzed=coverage.analyzed,
        lines_analyzed=coverage.lines,
        files_unsupported=sum(coverage.unsupported.values()),
        files_sampled_out=coverage.sampled_out,
        files_skipped=sum(skip.files for skip in coverage.skipped),
        tests=_tests(tests),
    )


def open_threats(threats: ThreatsSection) -> tuple[Threat, ...]:
    """Threats nobody closed, in the model's order."""
    return tuple(t for t in threats.threat_model.threats if t.status == "open") if threats.threat_model else ()


def _tests(tests: TestsSection) -> int:
    manual = len(tests.manual_test_cases.test_cases) if tests.manual_test_cases else 0
    reviews = len(tests.code_review_plan.reviews) if tests.code_review_plan else 0
    static = len(tests.sast_recommendations.rules) if tests.sast_recommendations else 0
    dynamic = len(tests.dast_recommendations.scenarios) if tests.dast_recommendations else 0
    packages = len(tests.sca_recommendations.checks) if tests.sca_recommendations else 0
    return manual + reviews + static + dynamic + packages
