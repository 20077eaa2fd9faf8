"""Joins what was observed, stated and corrected into the files of phase 1."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from threat_modeling.model import Model, Provenance
from threat_modeling.phases.phase_1_business_context import actors, corrections, data, stakes
from threat_modeling.phases.phase_1_business_context.artifacts import (
    BusinessImpact,
    BusinessObjectives,
    ComplianceRequirements,
    CrownJewel,
    DataClassification,
    DataType,
    FigureStatement,
    RedundancyStatement,
    SecurityObjectives,
    Source,
    TextStatement,
    ThreatActors,
)
from threat_modeling.phases.phase_1_business_context.claims import Claim, Claims
from threat_modeling.text import slug

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from threat_modeling.phases.phase_1_business_context.context_file import Context
    from threat_modeling.phases.phase_1_business_context.introduction import Introduction
    from threat_modeling.phases.phase_1_business_context.observed import Observed

T = TypeVar("T", BusinessImpact, SecurityObjectives)
_LISTS = ("crown_jewels", "data_types", "threat_actors", "compliance")


class Files(Model):
    """The six files of phase 1."""

    objectives: BusinessObjectives
    classification: DataClassification
    actors: ThreatActors
    impact: BusinessImpact
    compliance: ComplianceRequirements
    security: SecurityObjectives


def compose(
    observed: Observed, stated: Sequence[Claim], corrected: Mapping[str, Any], paths: Collection[str], fallback_name: str
) -> tuple[Files, list[str]]:
    """The files, and a line for each correction that can't be used.

    A corrected list replaces what was found; its unchanged lines keep their evidence. A corrected value outweighs every other.
    """
    context, unusable = corrections.as_context(corrected)
    single = context.model_copy(update=dict.fromkeys(_LISTS, ()))
    claims = Claims(Claim(Source.CHECKPOINT, single), *stated)
    classification = _classification(data.classify(claims, observed, paths), context, corrected, paths)
    impact = stakes.impact(claims, classification)
    security = stakes.objectives(claims, classification)
    files = Files(
        objectives=_objectives(claims, observed, fallback_name),
        classification=classification,
        actors=_actors(actors.choose(claims, observed, classification), context, corrected, classification, observed),
        impact=_cleared(impact, corrected),
        compliance=_compliance(stakes.compliance(claims, classification), context, corrected, classification),
        security=_cleared(security, corrected),
    )
    return files, unusable


def _objectives(claims: Claims, observed: Observed, fallback_name: str) -> BusinessObjectives:
    name = _text(claims, "application_name", observed.name, fallback_name, "the folder's name")
    unknown = "unknown: nobody stated it"
    users = tuple(TextStatement(value=value, **said) for value, said in claims.every("users"))
    processes = tuple(TextStatement(value=value, **said) for value, said in claims.every("business_processes"))
    payments = observed.kind("payment")
    if not processes and payments:
        reason = f"uses {payments[0].name}"
        processes = (
            TextStatement(value="taking payments", provenance=Provenance.INFERRED, source=Source.CODE, reason=reason, evidence=payments[0].evidence),
        )
    return BusinessObjectives(
        application_name=name,
        primary_purpose=_text(claims, "primary_purpose", observed.purpose, unknown, "no README tells it"),
        users=users,
        business_processes=processes,
        business_value=_text(claims, "business_value", None, unknown, "nobody stated it"),
    )


def _text(claims: Claims, name: str, introduced: Introduction | None, fallback: str, why: str) -> TextStatement:
    found = claims.first(name)
    if found:
        return TextStatement(value=found[0], **found[1])
    if introduced:
        return TextStatement(
            value=introduced.text,
            provenance=Provenance.OBSERVED,
            source=Source.CODE,
            reason=f"{introduced.evidence.path} says so",
            evidence=(introduced.evidence,),
        )
    return TextStatement(value=fallback, provenance=Provenance.ASSUMED, source=Source.DEFAULT, reason=why)


def _classification(found: DataClassification, context: Context, corrected: Mapping[str, Any], paths: Collection[str]) -> DataClassification:
    said = Claim(Source.CHECKPOINT, context)
    types: tuple[DataType, ...] = found.data_types
    if "data_classes" in corrected:
        earlier = {kind.category: kind for kind in types}
        types = tuple(_retyped(stated, earlier.get(stated.category), said) for stated in {s.category: s for s in context.data_types}.values())
    jewels: tuple[CrownJewel, ...] = found.crown_jewels
    if "crown_jewels" in corrected:
        known = {jewel.id: jewel for jewel in jewels}
        kept: dict[str, CrownJewel] = {}
        for stated in context.crown_jewels:
            before = known.get(f"CJ-{slug(stated.name)}")
            if before is None or tuple(stated.paths) != before.paths:
                told = said.said("crown_jewels") | {"evidence": before.evidence if before else ()}
                stated_again = stated.model_copy(update={"category": before.category, "sensitivity": before.sensitivity}) if before else stated
                before = data.stated_jewel(stated_again, told, types, paths)
            kept.setdefault(before.id, before)
        jewels = tuple(kept.values()) or (data.assumed_jewel(),)
    return DataClassification(data_types=types, crown_jewels=jewels)


def _retyped(stated: Any, earlier: DataType | None, said: Claim) -> DataType:
    if earlier and stated.sensitivity in {None, earlier.sensitivity}:
        return earlier
    return DataType(
        **(said.said("data_types") | {"evidence": earlier.evidence if earlier else ()}),
        category=stated.category,
        examples=earlier.examples if earlier else (),
        sensitivity=stated.sensitivity or data.SENSITIVITY[stated.category],
        regulatory_requirements=data.FRAMEWORKS.get(stated.category, ()),
        paths=earlier.paths if earlier else (),
    )


def _actors(
    found: ThreatActors, context: Context, corrected: Mapping[str, Any], classification: DataClassification, observed: Observed
) -> ThreatActors:
    if not context.threat_actors or "threat_actors" not in corrected:
        return found
    wanted = {actor.profile for actor in context.threat_actors}
    known = {actor.profile for actor in found.threat_actors}
    added = context.model_copy(update={"threat_actors": tuple(a for a in context.threat_actors if a.profile not in known)})
    every = actors.choose(Claims(Claim(Source.CHECKPOINT, added)), observed, classification).threat_actors
    news = [actor for actor in every if actor.profile in wanted - known]
    return ThreatActors(threat_actors=tuple([a for a in found.threat_actors if a.profile in wanted] + news))


def _compliance(
    found: ComplianceRequirements, context: Context, corrected: Mapping[str, Any], classification: DataClassification
) -> ComplianceRequirements:
    if "compliance" not in corrected:
        return found
    wanted = {name.lower() for name in context.compliance}
    stated = stakes.compliance(Claims(Claim(Source.CHECKPOINT, context)), classification).requirements
    every = {r.framework.lower(): r for r in (*stated, *found.requirements)}
    return ComplianceRequirements(requirements=tuple(every[name] for name in sorted(every) if name in wanted))


def _cleared(artifact: T, corrected: Mapping[str, Any]) -> T:
    """The artifact without the values that a person emptied in the form: unknown, as a statement of that person."""
    emptied = [name for name in type(artifact).model_fields if name in corrected and corrected[name] in (None, "")]
    how: dict[str, Any] = {"provenance": Provenance.STATED, "source": Source.CHECKPOINT, "reason": "a person says that it is unknown"}
    blank = {name: RedundancyStatement(**how) if name == "redundancy" else FigureStatement(**how) for name in emptied}
    return artifact.model_copy(update=blank)
