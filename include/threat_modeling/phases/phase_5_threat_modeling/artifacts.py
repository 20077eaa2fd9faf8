"""The files of phase 5: threats that rest on evidence, what they would be abused for, and the picture they live in."""

from __future__ import annotations

from typing import ClassVar, Literal, Self

from pydantic import Field, model_validator

from threat_modeling.artifact import Artifact
from threat_modeling.codebase.observations import Confidence
from threat_modeling.model import Cwe, Evidence, Model, Provenance, Sensitivity, Severity, Stride

ThreatStatus = Literal["open", "mitigated", "accepted", "false-positive"]
CvssVersion = Literal["4.0", "3.1"]


class CvssScore(Model):
    """One vector and the score that the `cvss` library computes from it, 0.0 to 10.0."""

    vector: str
    score: float = Field(ge=0, le=10)
    severity: Severity


class Cvss(Model):
    """Base, threat (3.1: temporal) and environmental assessment. `severity` is the environmental one: what the report sorts by."""

    version: CvssVersion
    base: CvssScore
    threat: CvssScore
    environmental: CvssScore
    severity: Severity
    rationale: tuple[str, ...]
    """Why each metric that is not obvious has its value, "AV: ..." in vector order."""


class Actor(Model):
    """Who would do it: a profile of phase 1, and why this one."""

    profile: str
    why: str
    provenance: Provenance = Provenance.INFERRED


class AttackStep(Model):
    """One step of an attack; evidence where the code shows it."""

    order: int = Field(ge=1)
    action: str
    evidence: Evidence | None = None


class ExistingControl(Model):
    """A control of phase 4 in the way of the threat."""

    id: str
    implementation: str
    strength: Literal["strong", "partial", "weak"]
    effectiveness: str


class Mitigation(Model):
    """What reduces the threat."""

    action: str
    type: Literal["prevent", "detect", "respond"]
    effort: Literal["low", "medium", "high"]
    residual_risk: Severity
    """The severity that is expected to remain once it is done."""


class Threat(Model):
    """One weakness in one file that somebody can use. A threat without a place or without a gap or flow it rests on is refused."""

    id: str = Field(pattern=r"^T-\d{3,}$")
    fingerprint: str = Field(pattern=r"^[0-9a-f]{32}$")
    """Of weakness class, CWE and file: the same when lines move, when code around it changes, and on every run."""
    stride: tuple[Stride, ...] = Field(min_length=1)
    title: str
    description: str
    component: str
    entry_points: tuple[str, ...] = ()
    data_flows: tuple[str, ...] = ()
    trust_boundaries: tuple[str, ...] = ()
    concerns: tuple[str, ...] = ()
    actor: Actor
    attack_vector: str
    steps: tuple[AttackStep, ...] = Field(min_length=1)
    cwe: Cwe
    cwe_name: str
    weakness_class: str
    capec: tuple[str, ...] = ()
    existing_controls: tuple[ExistingControl, ...] = ()
    control_gaps: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = Field(min_length=1)
    """The primary place first; then further places of the same file, `places` in all; then the way there."""
    places: int = Field(default=1, ge=1)
    """How many pieces of evidence, from the first on, are places of the weakness itself."""
    confidence: Confidence
    attacker_reached: bool = False
    cvss: Cvss
    sensitivity: Sensitivity
    crown_jewels: tuple[str, ...] = ()
    compliance: tuple[str, ...] = ()
    """`framework requirement`, and the catalog's standard ids ("OWASP A03:2021", "ASVS 5 V1.2.4")."""
    mitigations: tuple[Mitigation, ...] = Field(min_length=1)
    status: ThreatStatus = "open"
    status_reason: str = ""
    status_by: Provenance = Provenance.INFERRED

    @model_validator(mode="after")
    def _rests_on_something(self) -> Self:
        """Refuse what nobody could check (the seed's row "Generic Threats")."""
        if not self.control_gaps and not self.data_flows:
            raise ValueError("a threat rests on at least one control gap or data flow")
        if self.status in {"accepted", "false-positive"} and not self.status_reason:
            raise ValueError("an accepted threat or a false positive states its reason")
        return self

    @property
    def severity(self) -> Severity:
        """The environmental severity."""
        return self.cvss.severity


class ThreatModel(Artifact):
    """Every threat, by severity; in one severity what is unsure last, then by environmental score, highest first, and fingerprint."""

    path: ClassVar[str] = "phase-5/threat-model.json"
    cvss_version: CvssVersion
    threats: tuple[Threat, ...]


class AbuseCase(Model):
    """A threat told as what an actor does to the business."""

    id: str = Field(pattern=r"^AC-\d{3,}$")
    threat: str
    title: str
    actor: str
    goal: str
    preconditions: tuple[str, ...]
    steps: tuple[str, ...] = Field(min_length=1)
    outcome: str
    business_impact: str
    detection: str


class AbuseCases(Artifact):
    """One abuse case per threat of HIGH and above that is open."""

    path: ClassVar[str] = "phase-5/abuse-cases/abuse-cases.json"
    abuse_cases: tuple[AbuseCase, ...]


class TreeNode(Model):
    """A goal and what achieves it: `any` one of its children, or `all` of them; a leaf names the threat it is, or a step."""

    id: str
    label: str
    gate: Literal["any", "all", "leaf"]
    threat: str | None = None
    children: tuple[TreeNode, ...] = ()


class AttackTree(Model):
    """How one goal is reached through the open threats of HIGH and above of one component or against one crown jewel."""

    id: str = Field(pattern=r"^AT-\d{3,}$")
    goal: str
    threats: tuple[str, ...] = Field(min_length=1)
    root: TreeNode


class AttackTrees(Artifact):
    """Attack trees, by goal."""

    path: ClassVar[str] = "phase-5/attack-trees/attack-trees.json"
    attack_trees: tuple[AttackTree, ...]


class DfdNode(Model):
    """An element of the diagram. Ids are phase 3's (DS-..., XI-..., component ids) or EE-... for people outside."""

    id: str
    kind: Literal["external-entity", "process", "store"]
    name: str
    detail: str = ""
    boundary: str | None = None
    """The DfdBoundary it lies in; None is outside of all."""
    threats: tuple[str, ...] = ()
    provenance: Provenance = Provenance.OBSERVED


class DfdFlow(Model):
    """An arrow; flows between the same two nodes are one, `flows` lists phase 3's."""

    id: str
    source: str = Field(alias="from")
    target: str = Field(alias="to")
    label: str
    sensitivity: Sensitivity
    encrypted: bool | None = None
    attacker_controlled: bool = False
    flows: tuple[str, ...] = ()
    crosses: tuple[str, ...] = ()
    """Trust boundaries of phase 3."""
    threats: tuple[str, ...] = ()


class DfdBoundary(Model):
    """A zone of trust with the nodes inside it. id ZB-..."""

    id: str
    name: str
    type: Literal["network", "authentication", "data", "authorization", "process"]
    nodes: tuple[str, ...]
    trust_boundaries: tuple[str, ...] = ()


class Dfd(Artifact):
    """The data flow diagram."""

    path: ClassVar[str] = "phase-5/dfd.json"
    nodes: tuple[DfdNode, ...]
    flows: tuple[DfdFlow, ...]
    boundaries: tuple[DfdBoundary, ...]


Likelihood = Literal["rare", "unlikely", "possible", "likely", "almost-certain"]
Impact = Literal["negligible", "minor", "moderate", "major", "severe"]


class RiskCell(Model):
    """A cell of the matrix with the open threats in it."""

    likelihood: Likelihood
    impact: Impact
    rating: Severity
    threats: tuple[str, ...]


class RiskMatrix(Artifact):
    """All 25 cells, likelihood by impact, with how each axis is derived; counts are of open threats."""

    path: ClassVar[str] = "phase-5/risk-matrix.json"
    likelihood_from: str
    impact_from: str
    cells: tuple[RiskCell, ...]
    by_severity: dict[Severity, int]
    by_stride: dict[Stride, int]
    by_component: dict[str, int]
    by_status: dict[ThreatStatus, int]
