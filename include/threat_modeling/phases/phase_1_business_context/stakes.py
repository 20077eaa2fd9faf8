"""What a breach would do, which regulations apply, and what the application must keep up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from threat_modeling.model import Provenance
from threat_modeling.phases.phase_1_business_context.artifacts import (
    BusinessImpact,
    ComplianceRequirements,
    FigureStatement,
    Impact,
    Level,
    LevelStatement,
    Objective,
    Property,
    RedundancyStatement,
    Requirement,
    SecurityObjectives,
    Source,
)
from threat_modeling.phases.phase_1_business_context.data import FRAMEWORKS

if TYPE_CHECKING:
    from threat_modeling.phases.phase_1_business_context.artifacts import DataClassification
    from threat_modeling.phases.phase_1_business_context.claims import Claims

_LEVELS: list[Level] = ["critical", "high", "medium", "low"]
Respect = Literal["financial", "operational", "regulatory", "reputational", "strategic"]
_WORST: dict[Respect, dict[str, Level]] = {
    "financial": {"PCI": "critical", "PHI": "high", "credentials": "high", "PII": "high", "proprietary": "high"},
    "operational": {"credentials": "medium", "PCI": "medium", "PHI": "medium"},
    "regulatory": {"PCI": "critical", "PHI": "critical", "PII": "high", "credentials": "medium"},
    "reputational": {"PHI": "critical", "PCI": "high", "PII": "high", "credentials": "high"},
    "strategic": {"proprietary": "high", "PHI": "medium", "PCI": "medium", "PII": "medium"},
}
"""The level that the loss of each kind of data implies where nobody said otherwise; low for the rest."""
_OBLIGATIONS: dict[str, tuple[str, ...]] = {
    "PCI DSS": ("protect stored card data", "encrypt card data in transit", "restrict and log access to card data", "test security regularly"),
    "GDPR": ("process lawfully and minimally", "protect by design and default", "report breaches within 72 hours", "allow access and erasure"),
    "HIPAA": ("control access to health data", "keep audit trails", "protect integrity and transmission", "notify breaches"),
    "SOC 2": ("control logical access", "monitor and log", "manage changes"),
}
_UNSTATED = {"provenance": Provenance.ASSUMED, "source": Source.DEFAULT}


def figure(claims: Claims, name: str) -> FigureStatement:
    """A stated number; None where nobody stated one, for a figure is never made up."""
    found = claims.first(name)
    if found:
        return FigureStatement(value=found[0], **found[1])
    return FigureStatement(value=None, reason="nobody stated it", **_UNSTATED)


def impact(claims: Claims, classification: DataClassification) -> BusinessImpact:
    """Levels by the worst data that would be lost; a level that the target states of itself can only raise that."""
    stated = claims.first("impact")
    respects: dict[Respect, Impact] = {respect: _impact(respect, classification, stated) for respect in _WORST}
    return BusinessImpact(
        financial=respects["financial"],
        operational=respects["operational"],
        regulatory=respects["regulatory"],
        reputational=respects["reputational"],
        strategic=respects["strategic"],
        data_modification_impact=figure(claims, "data_modification_impact"),
        downtime_cost_per_hour=figure(claims, "downtime_cost_per_hour"),
    )


def _impact(respect: Respect, classification: DataClassification, stated: tuple[Any, dict[str, Any]] | None) -> Impact:
    held = sorted({kind.category for kind in classification.data_types} | {jewel.category for jewel in classification.crown_jewels})
    worst = min(held, key=lambda category: (_LEVELS.index(_WORST[respect].get(category, "low")), category))
    level = _WORST[respect].get(worst, "low")
    inferred = {"provenance": Provenance.INFERRED, "source": Source.CODE, "reason": f"it holds {worst} data"}
    if stated and respect in stated[0]:
        claim: Level = stated[0][respect]
        if stated[1]["source"] is not Source.TARGET_FILE or _LEVELS.index(claim) <= _LEVELS.index(level):
            return Impact(level=claim, description=f"{respect} impact: {claim}", **stated[1])
    return Impact(level=level, description=f"{respect} impact of losing {worst} data", **inferred)


def compliance(claims: Claims, classification: DataClassification) -> ComplianceRequirements:
    """Regulations that were stated, and those that the data implies, by name; only the corrected ones where a checkpoint corrected them."""
    found: dict[str, Requirement] = {}
    for name, said in claims.every("compliance"):
        categories = tuple(category for category, names in FRAMEWORKS.items() if name in names)
        requirement = Requirement(framework=name, data_categories=categories, obligations=_OBLIGATIONS.get(name, ()), **said)
        found.setdefault(name.lower(), requirement)
    for kind in classification.data_types:
        for name in kind.regulatory_requirements:
            how = {
                "provenance": Provenance.INFERRED,
                "source": kind.source,
                "reason": f"{kind.category} data brings it in",
                "evidence": kind.evidence,
            }
            requirement = Requirement(framework=name, data_categories=(kind.category,), obligations=_OBLIGATIONS.get(name, ()), **how)
            found.setdefault(name.lower(), requirement)
    return ComplianceRequirements(requirements=tuple(found[key] for key in sorted(found)))


def objectives(claims: Claims, classification: DataClassification) -> SecurityObjectives:
    """The order of confidentiality, integrity and availability, and how fast the application must be back."""
    redundancy = claims.first("redundancy")
    appetite = claims.first("risk_appetite")
    risk: Level = "low" if {kind.category for kind in classification.data_types} & {"PCI", "PHI"} else "medium"
    return SecurityObjectives(
        cia_priority=_priorities(claims, classification),
        risk_appetite=LevelStatement(value=appetite[0], **appetite[1])
        if appetite
        else LevelStatement(value=risk, reason="by the most sensitive data it holds", **_UNSTATED),
        rto_hours=figure(claims, "rto_hours"),
        rpo_hours=figure(claims, "rpo_hours"),
        redundancy=RedundancyStatement(value=redundancy[0], **redundancy[1])
        if redundancy
        else RedundancyStatement(reason="nobody stated it", **_UNSTATED),
    )


def _priorities(claims: Claims, classification: DataClassification) -> tuple[Objective, ...]:
    stated = claims.first("cia_priority")
    held = {kind.category for kind in classification.data_types}
    levels: dict[Property, Level] = {
        "confidentiality": "critical" if held & {"PCI", "PHI", "credentials"} else "high" if held & {"PII", "proprietary"} else "medium",
        "integrity": "critical" if "PCI" in held else "high" if held & {"PHI", "credentials"} else "medium",
        "availability": "medium",
    }
    order: list[Property] = sorted(levels, key=lambda p: _LEVELS.index(levels[p]))
    how: dict[str, Any] = {"provenance": Provenance.INFERRED, "source": Source.CODE, "reason": f"it holds {', '.join(sorted(held))} data"}
    if stated:
        order = [*dict.fromkeys(stated[0]), *(p for p in order if p not in stated[0])]
        how = stated[1]
    return tuple(Objective(objective=name, priority=levels[name], **how) for name in order)
