"""The report as one document: every artifact of a session in the order of its phases. All formats are views of it; JSON is it."""

from __future__ import annotations

from typing import Any, ClassVar

from pydantic import Field

from threat_modeling.artifact import Artifact
from threat_modeling.model import CoverageGap, Model, Severity
from threat_modeling.phases.phase_1_business_context.artifacts import (
    BusinessImpact,
    BusinessObjectives,
    ComplianceRequirements,
    DataClassification,
    SecurityObjectives,
    ThreatActors,
)
from threat_modeling.phases.phase_2_codebase_sizing.artifacts import SizingReport
from threat_modeling.phases.phase_3_codebase_mapping.artifacts import (
    Concerns,
    ControlSightings,
    Coverage,
    DataFlows,
    EntryPoints,
    Manifest,
    TrustBoundaries,
)
from threat_modeling.phases.phase_4_security_controls.artifacts import (
    BatchSummary,
    CategoryControls,
    ComplianceStatus,
    ControlGaps,
    Investigation,
)
from threat_modeling.phases.phase_5_threat_modeling.artifacts import AbuseCases, AttackTrees, Dfd, RiskMatrix, ThreatModel
from threat_modeling.phases.phase_6_test_planning.artifacts import (
    CodeReviewPlan,
    DastRecommendations,
    ManualTestCases,
    SastRecommendations,
    ScaRecommendations,
    TestPriorities,
)


class ContextSection(Model):
    """Phase 1; None where a file is missing, here and below."""

    business_objectives: BusinessObjectives | None = None
    data_classification: DataClassification | None = None
    threat_actors: ThreatActors | None = None
    business_impact: BusinessImpact | None = None
    compliance_requirements: ComplianceRequirements | None = None
    security_objectives: SecurityObjectives | None = None


class MappingSection(Model):
    """Phase 3."""

    manifest: Manifest | None = None
    entry_points: EntryPoints | None = None
    data_flows: DataFlows | None = None
    trust_boundaries: TrustBoundaries | None = None
    concerns: Concerns | None = None
    coverage: Coverage | None = None
    controls: ControlSightings | None = None


class ControlsSection(Model):
    """Phase 4, over all batches that were done."""

    batch_summary: BatchSummary | None = None
    categories: tuple[CategoryControls, ...] = ()
    control_gaps: ControlGaps | None = None
    compliance_status: ComplianceStatus | None = None
    investigations: tuple[Investigation, ...] = ()


class ThreatsSection(Model):
    """Phase 5."""

    threat_model: ThreatModel | None = None
    abuse_cases: AbuseCases | None = None
    attack_trees: AttackTrees | None = None
    dfd: Dfd | None = None
    risk_matrix: RiskMatrix | None = None


class TestsSection(Model):
    """Phase 6."""

    __test__ = False  # not a pytest class

    code_review_plan: CodeReviewPlan | None = None
    sast_recommendations: SastRecommendations | None = None
    dast_recommendations: DastRecommendations | None = None
    sca_recommendations: ScaRecommendations | None = None
    manual_test_cases: ManualTestCases | None = None
    test_priorities: TestPriorities | None = None


class DecisionLine(Model):
    """One round of a checkpoint and its answer. Times stand in checkpoints/, so that the report is the same on the same target."""

    stage: str
    round: int
    subject: str
    status: str
    """approved, revision_requested, stopped, superseded, or waiting where nobody answered."""
    by: str = ""
    feedback: str | None = None
    corrections: dict[str, Any] = Field(default_factory=dict)
    sha256: str = ""
    """Of all that was approved."""


class Note(Model):
    """A line of notes.md: a manual override, feedback that no agent could act on, what was recovered or damaged, a target that changed."""

    kind: str
    stage: str
    text: str


class Outcome(Model):
    """Whether the session is whole. `reasons` say in words why not; `gaps` are agents that did not deliver."""

    complete: bool
    reasons: tuple[str, ...] = ()
    gaps: tuple[CoverageGap, ...] = ()
    stopped: bool = False
    """A person ended it at a checkpoint."""


class Counts(Model):
    """What the summary prints; threats are counted where they are open."""

    threats: int
    threats_by_severity: dict[Severity, int]
    concerns: int
    control_gaps: int
    entry_points: int
    entry_points_open: int
    """Reachable from outside without authentication."""
    files: int
    files_analyzed: int
    lines_analyzed: int
    files_unsupported: int
    files_sampled_out: int
    files_skipped: int
    tests: int

    @property
    def code_files(self) -> int:
        """Files with program code: analyzed or not understood or left out."""
        return self.files_analyzed + self.files_unsupported + self.files_sampled_out + self.files_skipped

    @property
    def percent_analyzed(self) -> int:
        """Analyzed code files of all code files, rounded down, 0 to 100; 0 where there is no code."""
        return self.files_analyzed * 100 // self.code_files if self.code_files else 0


class ReportDocument(Artifact):
    """Everything a session found, in one file."""

    path: ClassVar[str] = "final-report/threat-model-data.json"
    application: str
    revision: str = ""
    """The commit of the target, "" where it is no git work tree."""
    generator: str
    outcome: Outcome
    counts: Counts
    context: ContextSection
    sizing: SizingReport | None = None
    mapping: MappingSection
    controls: ControlsSection
    threats: ThreatsSection
    tests: TestsSection
    decisions: tuple[DecisionLine, ...] = ()
    notes: tuple[Note, ...] = ()
