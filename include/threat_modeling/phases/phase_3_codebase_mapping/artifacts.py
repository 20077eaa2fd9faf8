"""The files of phase 3: what the code exposes, what it moves, where trust changes, and what is worth investigating."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from threat_modeling.agent import Output
from threat_modeling.artifact import Artifact
from threat_modeling.codebase.observations import (
    Confidence,
    ControlSighting,
    Dependency,
    EntryPointType,
    ExternalCall,
    Guard,
    Handler,
    Parameter,
    PersonalField,
    Route,
    Skip,
    StoreAccess,
    ToolReport,
    TraceStep,
    Weakness,
)
from threat_modeling.model import (
    ControlCategory,
    CoverageGap,
    Cwe,
    Depth,
    Evidence,
    Model,
    Provenance,
    Quarantined,
    RelativePath,
    Sensitivity,
    Severity,
)

Exposure = Literal["external-unauthenticated", "external-authenticated", "internal", "unreachable"]
AccessState = Literal["required", "none", "unknown"]


class FileCoverage(Model):
    """How much of a component was read: `files` assigned, `analyzed` parsed, the rest by reason."""

    files: int = Field(ge=0)
    analyzed: int = Field(ge=0)
    lines: int = Field(ge=0)
    sampled_out: int = Field(default=0, ge=0)
    unsupported: dict[str, int] = Field(default_factory=dict)
    """Language or extension -> files that no analyzer understands."""
    not_code: int = Field(default=0, ge=0)
    """Files without program code in them: documents, images, data."""
    skipped: tuple[Skip, ...] = ()
    test_code: int = Field(default=0, ge=0)
    """Weaknesses seen in test code, counted and not reported."""


class Reach(Model):
    """The project's functions that the handler at `file`:`line` runs, directly or through up to three calls: (file, name, line, end)."""

    file: RelativePath
    line: int
    functions: tuple[tuple[str, str, int, int], ...]


class ComponentMap(Output):
    """What one codebase-mapper delivers for one component: observations as read, before consolidation."""

    component: str
    path: str
    depth: Depth
    languages: dict[str, int]
    frameworks: tuple[str, ...]
    routes: tuple[Route, ...] = ()
    reaches: tuple[Reach, ...] = ()
    weaknesses: tuple[Weakness, ...] = ()
    controls: tuple[ControlSighting, ...] = ()
    stores: tuple[StoreAccess, ...] = ()
    external_calls: tuple[ExternalCall, ...] = ()
    personal_fields: tuple[PersonalField, ...] = ()
    dependencies: tuple[Dependency, ...] = ()
    tools: tuple[ToolReport, ...] = ()
    """Reports of other tools that it was given, as far as they concern this component."""
    coverage: FileCoverage


class ComponentSummary(Model):
    """One component of the manifest."""

    id: str
    path: str
    depth: Depth
    files: int
    analyzed: int
    delivered: bool = True
    """False where its agent failed: a coverage gap."""


class Manifest(Artifact):
    """What the target is made of."""

    path: ClassVar[str] = "phase-3/manifest.json"
    components: tuple[ComponentSummary, ...]
    languages: dict[str, int]
    """Language -> files."""
    frameworks: tuple[str, ...]
    infrastructure: tuple[str, ...]
    databases: tuple[str, ...]
    dependencies: tuple[Dependency, ...]
    personal_fields: tuple[PersonalField, ...]
    metrics: dict[str, int]
    """entry_points, data_flows, trust_boundaries, data_stores, external_integrations, concerns, weaknesses, controls."""


class Access(Model):
    """What must be proven before an entry point serves: `state`, the mechanism's name and where it stands."""

    state: AccessState
    mechanism: str = ""
    evidence: tuple[Evidence, ...] = ()
    provenance: Provenance = Provenance.OBSERVED


class EntryPoint(Model):
    """A way in. id EP-001 ..., in the order of path and method."""

    id: str
    type: EntryPointType
    method: str
    path: str
    framework: str
    handler: Handler | None
    """The function that serves; where the registration makes it by a call (`app.get("/x", show())`), that call."""
    implementation: Handler | None = None
    """The function that such a call returns, null where the handler is a function itself."""
    registration: Evidence
    parameters: tuple[Parameter, ...]
    authentication: Access
    authorization: Access
    guards: tuple[Guard, ...]
    exposure: Exposure
    risk_level: Severity
    risk_factors: tuple[str, ...]
    component: str
    documented_only: bool = False
    """True where only a specification names it."""
    undocumented: bool = False
    """True where a specification names its neighbors, but not it."""

    @property
    def code(self) -> Handler | None:
        """The lines that run for a request."""
        return self.implementation or self.handler


class EntryPoints(Artifact):
    """Every entry point found, after deduplication."""

    path: ClassVar[str] = "phase-3/entry-points.json"
    entry_points: tuple[EntryPoint, ...]


class FlowStep(Model):
    """A hop of a data flow. `node` is the DFD node it touches (EP-..., DS-..., XI-..., component id)."""

    order: int = Field(ge=1)
    type: Literal["source", "process", "store", "sink"]
    name: str
    node: str
    location: Evidence
    data_types: tuple[str, ...] = ()


class FlowControls(Model):
    """Whether encryption, validation and logging were seen on a flow; null where it can't be known."""

    encryption: bool | None = None
    validation: bool | None = None
    logging: bool | None = None


class DataFlow(Model):
    """Data on its way from an entry point to a store or another system. id DF-001 ..."""

    id: str
    name: str
    sensitivity: Sensitivity
    steps: tuple[FlowStep, ...] = Field(min_length=1)
    controls: FlowControls
    crosses: tuple[str, ...] = ()
    component: str
    entry_point: str | None = None
    attacker_controlled: bool = False
    """True where taint from the entry point to the sink was seen."""


class DataStore(Model):
    """A data store the code uses. id DS-001 ..."""

    id: str
    name: str
    technology: str
    kind: str
    components: tuple[str, ...]
    data_types: tuple[str, ...] = ()
    sensitivity: Sensitivity
    evidence: tuple[Evidence, ...] = Field(min_length=1)


class ExternalIntegration(Model):
    """Another system the code talks to. id XI-001 ..."""

    id: str
    name: str
    technology: str
    encrypted: bool | None
    components: tuple[str, ...]
    evidence: tuple[Evidence, ...] = Field(min_length=1)


class DataFlows(Artifact):
    """Data flows with the stores and systems they end in."""

    path: ClassVar[str] = "phase-3/data-flows.json"
    data_flows: tuple[DataFlow, ...]
    data_stores: tuple[DataStore, ...]
    external_integrations: tuple[ExternalIntegration, ...]


class BoundaryControls(Model):
    """Control categories a boundary should have, those seen on it, those missing."""

    required: tuple[ControlCategory, ...]
    detected: tuple[ControlCategory, ...]
    missing: tuple[ControlCategory, ...]


class TrustBoundary(Model):
    """A line where trust changes. id TB-001 ...; from and to are names of what lies on each side."""

    id: str
    name: str
    type: Literal["network", "authentication", "data", "authorization", "process"]
    source: str = Field(alias="from")
    target: str = Field(alias="to")
    location: tuple[Evidence, ...]
    controls: BoundaryControls


class TrustBoundaries(Artifact):
    """Every trust boundary found."""

    path: ClassVar[str] = "phase-3/trust-boundaries.json"
    trust_boundaries: tuple[TrustBoundary, ...]


class ConcernScore(Model):
    """The three 0-3 scores behind a concern's severity; `raised` where attacker input was seen to reach a sink.

    `unsure` where no place of it has more than low confidence: the severity is MEDIUM at most, and nothing raises it.
    """

    crown_jewel: int = Field(ge=0, le=3)
    exposure: int = Field(ge=0, le=3)
    sensitivity: int = Field(ge=0, le=3)
    raised: bool = False
    unsure: bool = False

    @property
    def total(self) -> int:
        """0 to 9."""
        return self.crown_jewel + self.exposure + self.sensitivity


class ConcernWeakness(Model):
    """The kind of weakness: one CWE and the product's class name."""

    cwe: Cwe
    weakness_class: str = Field(alias="class")


class ConcernLocation(Model):
    """One place of a concern with what leads there."""

    evidence: Evidence
    rule: str
    cwe: Cwe
    title: str
    message: str
    confidence: Confidence
    function: str = ""
    trace: tuple[TraceStep, ...] = ()
    attacker_reached: bool = False
    entry_points: tuple[str, ...] = ()


class Concern(Model):
    """What phase 4 investigates: one weakness class in one component, with all its places. id C-001 ..."""

    id: str
    name: str
    """kebab-case, unique in the session."""
    title: str
    severity: Severity
    weakness: ConcernWeakness
    description: str
    locations: tuple[ConcernLocation, ...] = Field(min_length=1)
    components: tuple[str, ...]
    entry_points: tuple[str, ...] = ()
    data_flows: tuple[str, ...] = ()
    crown_jewels: tuple[str, ...] = ()
    expected_controls: tuple[ControlCategory, ...]
    score: ConcernScore
    exposure: Exposure
    sensitivity: Sensitivity
    provenance: Provenance = Provenance.OBSERVED


class Concerns(Artifact):
    """The bridge to phase 4, most severe first."""

    path: ClassVar[str] = "phase-3/concerns.json"
    concerns: tuple[Concern, ...]


class ComponentCoverage(Model):
    """Coverage of one component."""

    component: str
    coverage: FileCoverage


class Coverage(Artifact):
    """What was read and what was not. The report prints it beside every count."""

    path: ClassVar[str] = "phase-3/coverage.json"
    total: FileCoverage
    components: tuple[ComponentCoverage, ...]
    excluded: tuple[Skip, ...]
    gaps: tuple[CoverageGap, ...]
    quarantined: tuple[Quarantined, ...]
    tools: tuple[ToolReport, ...] = ()
    """Reports of other tools, those that were not run with the reason."""


class ControlSightings(Artifact):
    """Every control seen, for phase 4 to weigh; guards of routes stand with their entry points."""

    path: ClassVar[str] = "phase-3/controls.json"
    controls: tuple[ControlSighting, ...]
