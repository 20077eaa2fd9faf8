"""The files of phase 4: which controls protect each concern, which are missing, and how it was searched."""

from __future__ import annotations

from typing import ClassVar, Final, Literal

from pydantic import Field

from threat_modeling.agent import Output
from threat_modeling.artifact import Artifact
from threat_modeling.model import ControlCategory, Cwe, Evidence, Model, Provenance, Severity

Strength = Literal["strong", "partial", "weak"]
GapType = Literal["missing", "weak", "incomplete", "misconfigured", "investigation-blocked"]
ConcernStatus = Literal["open", "partial", "mitigated", "blocked"]
SearchScope = Literal["entry-point", "function", "file", "application"]

MAX_EVIDENCE: Final = 25
"""Places that one gap or control quotes at most; the concern holds them all."""


class ControlFound(Model):
    """A control that protects a concern. `id` is the concern's with `-K1` ...; evidence is empty only where a person stated it."""

    id: str
    category: ControlCategory
    implementation: str
    """What it is, as the code or the person names it: `@jwt_required`, "rate limit at the gateway"."""
    scope: Literal["application", "router", "route", "handler", "function", "file", "stated"]
    strength: Strength
    effectiveness: str
    """What it does for the concern and what it leaves open, in one sentence."""
    provenance: Provenance = Provenance.OBSERVED
    evidence: tuple[Evidence, ...] = ()


class ControlGap(Model):
    """A control that a concern needs and does not have. `id` is the concern's with `-G1` ..."""

    id: str
    concern: str
    also: tuple[str, ...] = ()
    """Further concerns with the same gap, where several agents found it."""
    category: ControlCategory | None = None
    """None only where the investigation was blocked."""
    type: GapType
    severity: Severity
    title: str
    description: str
    affected: tuple[str, ...] = ()
    """Entry points (EP-...) and components it leaves open, sorted."""
    attack_vector: str
    cwe: Cwe | None = None
    provenance: Provenance = Provenance.OBSERVED
    evidence: tuple[Evidence, ...] = ()
    """The places left open, first place first."""
    score: int = Field(default=0, ge=0, le=9)
    """The concern's score (crown jewel + exposure + sensitivity): orders gaps of one severity."""


class Recommendation(Model):
    """What closes a gap."""

    priority: Severity
    action: str
    rationale: str
    effort: Literal["low", "medium", "high"]
    files: tuple[str, ...]


class ComplianceImpact(Model):
    """A requirement that an open gap touches."""

    framework: str
    requirement: str
    reason: str
    provenance: Provenance = Provenance.INFERRED


class Search(Model):
    """One search that was made: absence is shown by what was looked for, where, and what came of it."""

    category: ControlCategory
    looked_for: str
    scope: SearchScope
    files: int = Field(ge=0)
    places: int = Field(ge=0)
    """Entry points, functions, files or sightings that were examined."""
    found: int = Field(ge=0)


class Investigation(Output):
    """What one security-controls-mapper delivers for one concern."""

    concern: str
    name: str
    title: str
    severity: Severity
    status: ConcernStatus
    summary: str
    locations_investigated: tuple[str, ...]
    """`path:line`, in order."""
    locations_mitigated: tuple[str, ...] = ()
    """Those of them that a control covers: no threat rests on them."""
    controls_found: tuple[ControlFound, ...]
    control_gaps: tuple[ControlGap, ...]
    recommendations: tuple[Recommendation, ...]
    compliance_impact: tuple[ComplianceImpact, ...]
    searches: tuple[Search, ...]
    evidence: tuple[Evidence, ...]


class ConcernAccount(Model):
    """One concern and what became of it."""

    concern: str
    name: str
    title: str
    severity: Severity
    status: ConcernStatus
    controls: int = Field(ge=0)
    gaps: int = Field(ge=0)
    error: str = ""
    locations_mitigated: tuple[str, ...] = ()


class Batch(Model):
    """One severity's investigations."""

    severity: Severity
    assigned: int = Field(ge=0)
    investigated: int = Field(ge=0)
    failed: int = Field(ge=0)
    blocked: tuple[str, ...]
    """Concern ids."""
    controls_by_category: dict[ControlCategory, int]
    gaps_by_severity: dict[Severity, int]
    concerns: tuple[ConcernAccount, ...]


class BatchSummary(Artifact):
    """Every batch done so far; the seed's place to find failed concerns. Every concern assigned is in it."""

    path: ClassVar[str] = "phase-4/batch-summary.json"
    batches: tuple[Batch, ...]
    waiting: tuple[str, ...] = ()
    """Concerns that no batch has taken up yet, or that were left when a person stopped the session."""


class CategoryControl(Model):
    """A control of one category, with the concerns it bears on; `id` is that of its first finding."""

    id: str
    implementation: str
    scope: str
    strength: Strength
    effectiveness: str
    provenance: Provenance
    concerns: tuple[str, ...]
    evidence: tuple[Evidence, ...]


class CategoryControls(Artifact):
    """Controls, gaps and searches of one of the ten categories, over all batches so far."""

    category: ControlCategory
    assessment: Literal["protected", "partial", "exposed", "nothing-found"]
    controls: tuple[CategoryControl, ...]
    gaps: tuple[str, ...]
    """Ids in control-gaps.json, same order."""
    searches: tuple[Search, ...]


class AuthenticationControls(CategoryControls):
    """Who a caller is (spoofing)."""

    path: ClassVar[str] = "phase-4/authentication.json"


class AuthorizationControls(CategoryControls):
    """What a caller may do (elevation of privilege)."""

    path: ClassVar[str] = "phase-4/authorization.json"


class InputValidationControls(CategoryControls):
    """What a caller may send (tampering)."""

    path: ClassVar[str] = "phase-4/input-validation.json"


class OutputEncodingControls(CategoryControls):
    """How data leaves without becoming code (tampering, information disclosure)."""

    path: ClassVar[str] = "phase-4/output-encoding.json"


class CryptographyControls(CategoryControls):
    """How data stays secret and whole (information disclosure)."""

    path: ClassVar[str] = "phase-4/cryptography.json"


class SecretsManagementControls(CategoryControls):
    """Where keys and passwords live (spoofing, information disclosure)."""

    path: ClassVar[str] = "phase-4/secrets-management.json"


class LoggingAuditControls(CategoryControls):
    """What can be proven afterwards (repudiation)."""

    path: ClassVar[str] = "phase-4/logging-audit.json"


class RateLimitingControls(CategoryControls):
    """How often a caller may ask (denial of service)."""

    path: ClassVar[str] = "phase-4/rate-limiting.json"


class CorsCspControls(CategoryControls):
    """What a browser is told to allow."""

    path: ClassVar[str] = "phase-4/cors-csp.json"


class DependencySecurityControls(CategoryControls):
    """Which third-party code is trusted."""

    path: ClassVar[str] = "phase-4/dependency-security.json"


class ControlGaps(Artifact):
    """Every gap over all batches so far, by severity, then score, then id."""

    path: ClassVar[str] = "phase-4/control-gaps.json"
    control_gaps: tuple[ControlGap, ...]


class ComplianceState(Model):
    """One requirement and the gaps that touch it; unknown while a concern is blocked or waits and no gap is known."""

    framework: str
    requirement: str
    status: Literal["no-gap-found", "at-risk", "unknown"]
    gaps: tuple[str, ...]


class ComplianceStatus(Artifact):
    """Requirements of phase 1 against the gaps found so far."""

    path: ClassVar[str] = "phase-4/compliance-status.json"
    requirements: tuple[ComplianceState, ...]
