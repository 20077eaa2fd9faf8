"""Threat actors: each archetype is chosen for a reason that this application gives."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from threat_modeling.model import Provenance
from threat_modeling.phases.phase_1_business_context.artifacts import ActorProfile, Level, Source, ThreatActor, ThreatActors

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.phases.phase_1_business_context.artifacts import DataClassification
    from threat_modeling.phases.phase_1_business_context.claims import Claims
    from threat_modeling.phases.phase_1_business_context.observed import Observed


class _Archetype(NamedTuple):
    motivation: str
    capability: Level
    likelihood: Level
    vectors: tuple[str, ...]


_ARCHETYPES: dict[ActorProfile, _Archetype] = {
    "opportunistic": _Archetype(
        "quick gain or reputation with ready-made tools",
        "low",
        "high",
        ("known weaknesses of packages", "default or leaked credentials", "injection"),
    ),
    "financially-motivated": _Archetype(
        "money: fraud, sale of data, extortion", "high", "high", ("account takeover", "payment manipulation", "bulk theft of data", "ransomware")
    ),
    "nation-state": _Archetype("intelligence or disruption", "critical", "low", ("supply chain", "zero-day weaknesses", "long-lived access")),
    "malicious-insider": _Archetype(
        "grievance or gain, with legitimate access", "medium", "medium", ("misuse of privileges", "export of data", "tampering with records")
    ),
    "negligent-insider": _Archetype(
        "none: mistakes in setup and operation", "low", "medium", ("misconfiguration", "secrets in code or logs", "excessive permissions")
    ),
    "hacktivist": _Archetype("publicity for a cause", "medium", "low", ("defacement", "leak of data", "denial of service")),
    "competitor": _Archetype("trade secrets and customers", "medium", "low", ("scraping", "theft of proprietary data", "abuse of interfaces")),
    "supply-chain": _Archetype(
        "access to many victims through one package", "high", "medium", ("compromised dependency", "build or update tampering")
    ),
}
_PUBLIC_CAUSES = ("government", "public sector", "election", "police", "military", "defense", "energy", "oil", "bank", "media")
_TARGETS: dict[ActorProfile, frozenset[str]] = {
    "financially-motivated": frozenset({"PCI", "PII", "credentials", "PHI"}),
    "malicious-insider": frozenset({"PII", "PHI", "PCI", "credentials", "proprietary"}),
    "negligent-insider": frozenset({"credentials", "PII", "PHI"}),
    "nation-state": frozenset({"PHI", "PII", "proprietary"}),
    "competitor": frozenset({"proprietary", "internal"}),
}


def choose(claims: Claims, observed: Observed, classification: DataClassification) -> ThreatActors:
    """Stated actors and those the application gives a reason for, likeliest first; only the stated ones where a checkpoint's form names them."""
    chosen: dict[ActorProfile, ThreatActor] = {}
    levels: list[Level] = ["critical", "high", "medium", "low"]
    for stated, said in claims.every("threat_actors"):
        base = _ARCHETYPES[stated.profile]
        given = {"motivation": stated.motivation or base.motivation, "capability": stated.capability or base.capability}
        actor = _actor(stated.profile, classification, **given, likelihood=stated.likelihood or base.likelihood, **said)
        chosen.setdefault(stated.profile, actor)
    for profile, reason in _reasons(observed, classification):
        base = _ARCHETYPES[profile]
        how = {"provenance": Provenance.INFERRED, "source": Source.CODE, "reason": reason}
        actor = _actor(profile, classification, motivation=base.motivation, capability=base.capability, likelihood=base.likelihood, **how)
        chosen.setdefault(profile, actor)
    return ThreatActors(threat_actors=tuple(sorted(chosen.values(), key=lambda a: (levels.index(a.likelihood), list(_ARCHETYPES).index(a.profile)))))


def _actor(profile: ActorProfile, classification: DataClassification, **fields: object) -> ThreatActor:
    wanted = _TARGETS.get(profile)
    jewels = classification.crown_jewels
    targets = tuple(j.id for j in jewels if wanted is None or j.category in wanted) or tuple(j.id for j in jewels)
    return ThreatActor.model_validate({"profile": profile, "likely_targets": targets, "attack_vectors": _ARCHETYPES[profile].vectors, **fields})


def _reasons(observed: Observed, classification: DataClassification) -> Iterator[tuple[ActorProfile, str]]:
    held = {kind.category for kind in classification.data_types} | {jewel.category for jewel in classification.crown_jewels}
    web = [technology.name for technology in observed.kind("web")]
    yield "opportunistic", f"it serves the network ({', '.join(web[:3])})" if web else "code that others can reach or obtain is probed by tools"
    sold = sorted(held & {"PCI", "PHI", "PII", "credentials"})
    if sold:
        yield "financially-motivated", f"it holds data that can be sold or abused: {', '.join(sold)}"
        yield "malicious-insider", f"whoever operates it has access to {', '.join(sold)}"
    if observed.setup_files:
        yield "negligent-insider", f"its setup is kept with the code, where a mistake reaches production ({observed.setup_files[0]})"
    if observed.technologies:
        yield "supply-chain", f"it is built on packages of others, among them {', '.join(t.name for t in observed.technologies[:3])}"
    if "proprietary" in held:
        yield "competitor", "it holds proprietary data"
    purpose = observed.purpose.text.lower() if observed.purpose else ""
    cause = next((word for word in _PUBLIC_CAUSES if word in purpose), None)
    if "PHI" in held or cause in {"government", "military", "defense", "energy"}:
        yield "nation-state", "health data and public services are targets of states" if "PHI" in held else f"its purpose concerns {cause}"
    if cause:
        yield "hacktivist", f"its purpose concerns {cause}"
