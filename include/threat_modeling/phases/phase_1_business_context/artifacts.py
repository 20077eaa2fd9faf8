"""The files of phase 1: what the application is for, what it holds, who would want it and what a loss would cost.

Every statement says how it is known (`provenance`), from whom (`source`) and why; what was observed carries its evidence.
"""

from __future__ import annotations

from enum import StrEnum
from fnmatch import fnmatchcase
from typing import ClassVar, Literal

from pydantic import Field, model_validator

from threat_modeling.artifact import Artifact
from threat_modeling.model import Evidence, Model, Provenance, RelativePath, Sensitivity

DataCategory = Literal["PII", "PHI", "PCI", "credentials", "proprietary", "internal", "public"]
Level = Literal["low", "medium", "high", "critical"]
Redundancy = Literal["none", "partial", "full"]
Property = Literal["confidentiality", "integrity", "availability"]


class Source(StrEnum):
    """Who or what a statement comes from, most binding first."""

    CHECKPOINT = "checkpoint"
    """A person's correction at the checkpoint."""
    REQUEST = "request"
    """What a person gave when the session was started: the form or a file named in it."""
    TARGET_FILE = "target-file"
    """The business-context.yaml of the target: its own claim, which no person has to have seen."""
    CODE = "code"
    """What the code shows."""
    DEFAULT = "default"
    """Nobody said and nothing showed it."""


class Statement(Model):
    """What every statement of phase 1 carries beside its content."""

    provenance: Provenance
    source: Source
    reason: str = ""
    evidence: tuple[Evidence, ...] = ()

    @property
    def by_person(self) -> bool:
        """True where a person of this session said it. Anything else may raise a severity or a score, but never lower one."""
        return self.source in {Source.CHECKPOINT, Source.REQUEST}

    @model_validator(mode="after")
    def _observed_has_evidence(self) -> Statement:
        if self.provenance is Provenance.OBSERVED and not self.evidence:
            raise ValueError("an observed statement needs evidence; use inferred or assumed where there is none")
        return self


class TextStatement(Statement):
    """A statement in words."""

    value: str = Field(min_length=1, max_length=5000)


class FigureStatement(Statement):
    """A number, in the unit its field names; None where nobody stated one: a missing figure is never made up."""

    value: float | None = Field(default=None, ge=0, allow_inf_nan=False)


class RedundancyStatement(Statement):
    """How much of the system can fail without an outage; None where nobody stated it."""

    value: Redundancy | None = None


class LevelStatement(Statement):
    """A level with its reason."""

    value: Level


class BusinessObjectives(Artifact):
    """What the application is and for whom."""

    path: ClassVar[str] = "phase-1/business-objectives.json"

    application_name: TextStatement
    primary_purpose: TextStatement
    users: tuple[TextStatement, ...]
    business_processes: tuple[TextStatement, ...]
    business_value: TextStatement


class DataType(Statement):
    """A kind of data the application handles; `examples` are field names or words for it, `paths` the files that name them."""

    category: DataCategory
    examples: tuple[str, ...]
    sensitivity: Sensitivity
    regulatory_requirements: tuple[str, ...] = ()
    paths: tuple[RelativePath, ...] = ()


class CrownJewel(Statement):
    """What an attacker wants most. `handles(path)` and `identifiers` let later phases compute how near a place of the code is to it."""

    id: str = Field(pattern=r"^CJ-[a-z0-9-]{1,40}$")
    name: str = Field(min_length=1, max_length=500)
    description: str
    category: DataCategory
    sensitivity: Sensitivity
    paths: tuple[RelativePath, ...] = ()
    """Files and folders that define or handle it."""
    patterns: tuple[str, ...] = ()
    """Globs over relative paths ("*" crosses folders), for crown jewels that a person named by path."""
    identifiers: tuple[str, ...] = ()
    """Names of classes, fields, tables or variables that hold it, in lower case with _ between words."""

    def handles(self, path: str) -> bool:
        """Whether a relative path is one of its files, below one of its folders or matches one of its globs."""
        below = any(p in {path, "."} or path.startswith(p.rstrip("/") + "/") for p in self.paths)
        return below or any(fnmatchcase(path, pattern) for pattern in self.patterns)


class DataClassification(Artifact):
    """The data the application handles, most sensitive first, and its crown jewels: at least one."""

    path: ClassVar[str] = "phase-1/data-classification.json"

    data_types: tuple[DataType, ...]
    crown_jewels: tuple[CrownJewel, ...] = Field(min_length=1)


ActorProfile = Literal[
    "opportunistic",
    "financially-motivated",
    "nation-state",
    "malicious-insider",
    "negligent-insider",
    "hacktivist",
    "competitor",
    "supply-chain",
]


class ThreatActor(Statement):
    """One archetype that has a reason to attack this application; `likely_targets` are ids of crown jewels."""

    profile: ActorProfile
    motivation: str
    capability: Level
    likely_targets: tuple[str, ...]
    attack_vectors: tuple[str, ...]
    likelihood: Level


class ThreatActors(Artifact):
    """Who would attack, likeliest first."""

    path: ClassVar[str] = "phase-1/threat-actors.json"

    threat_actors: tuple[ThreatActor, ...] = Field(min_length=1)


class Impact(Statement):
    """What a breach would do in one respect."""

    level: Level
    description: str


class BusinessImpact(Artifact):
    """What a breach would cost. Figures are US dollars; None is "nobody said", which counts as not defined in a score."""

    path: ClassVar[str] = "phase-1/business-impact.json"

    financial: Impact
    operational: Impact
    regulatory: Impact
    reputational: Impact
    strategic: Impact
    data_modification_impact: FigureStatement
    """US dollars that one unnoticed change of the data would cost."""
    downtime_cost_per_hour: FigureStatement
    """US dollars that one hour without the application costs."""


class Requirement(Statement):
    """One regulation or standard that applies, with the data that brings it in."""

    framework: str = Field(min_length=1, max_length=500)
    data_categories: tuple[DataCategory, ...] = ()
    obligations: tuple[str, ...] = ()


class ComplianceRequirements(Artifact):
    """The regulations and standards that apply, by name."""

    path: ClassVar[str] = "phase-1/compliance-requirements.json"

    requirements: tuple[Requirement, ...]


class Objective(Statement):
    """How much one security property matters here."""

    objective: Property
    priority: Level


class SecurityObjectives(Artifact):
    """What is to be protected first, how much risk is borne, and how fast the application must be back."""

    path: ClassVar[str] = "phase-1/security-objectives.json"

    cia_priority: tuple[Objective, ...] = Field(min_length=3, max_length=3)
    """All three properties, the most important first."""
    risk_appetite: LevelStatement
    rto_hours: FigureStatement
    """Recovery time objective: hours until the application must be back."""
    rpo_hours: FigureStatement
    """Recovery point objective: hours of data that may be lost."""
    redundancy: RedundancyStatement
