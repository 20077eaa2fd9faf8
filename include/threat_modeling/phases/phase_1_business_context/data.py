"""Data classification: the kinds of data that were stated or seen, and the crown jewels among them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from threat_modeling.catalog.category import snake
from threat_modeling.model import Provenance, Sensitivity
from threat_modeling.phases.phase_1_business_context.artifacts import CrownJewel, DataCategory, DataClassification, DataType, Source
from threat_modeling.text import slug

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from threat_modeling.model import Evidence
    from threat_modeling.phases.phase_1_business_context.claims import Claims
    from threat_modeling.phases.phase_1_business_context.context_file import StatedJewel
    from threat_modeling.phases.phase_1_business_context.observed import Observed

SENSITIVITY: dict[DataCategory, Sensitivity] = {
    "PCI": Sensitivity.CRITICAL,
    "PHI": Sensitivity.CRITICAL,
    "credentials": Sensitivity.RESTRICTED,
    "PII": Sensitivity.CONFIDENTIAL,
    "proprietary": Sensitivity.CONFIDENTIAL,
    "internal": Sensitivity.INTERNAL,
    "public": Sensitivity.PUBLIC,
}
"""How sensitive a kind of data is where nobody said otherwise."""
FRAMEWORKS: dict[DataCategory, tuple[str, ...]] = {"PCI": ("PCI DSS",), "PHI": ("HIPAA", "GDPR"), "PII": ("GDPR",), "credentials": ("SOC 2",)}
"""Regulations that a kind of data implies."""
_JEWEL_NAMES: dict[str, str] = {
    "PCI": "Payment card data",
    "PHI": "Health data",
    "credentials": "User credentials",
    "PII": "Personal data",
    "proprietary": "Proprietary data",
}
_WORDS: dict[DataCategory, str] = {
    "PCI": r"pay|card|checkout|billing|transaction|invoice",
    "PHI": r"health|patient|medical|clinical|diagnos",
    "credentials": r"credential|password|secret|token|session|\bkeys?\b|auth",
    "PII": r"personal|customer|user|account|profile|employee|member|contact|email",
    "proprietary": r"proprietary|source code|algorithm|model|trade|catalog",
}
_DEFINING = ("init", "schema", "mongoose", "sequelize", "define", "model", "db", "table")
_MOST_EVIDENCE = 5


def classify(claims: Claims, observed: Observed, paths: Collection[str]) -> DataClassification:
    """Data types, most sensitive first, and crown jewels; `paths` are the target's files, for jewels that a person names by path."""
    types = {kind.category: kind for kind in _seen(observed)}
    for stated, said in reversed(list(claims.every("data_types"))):
        types[stated.category] = _stated_type(stated, said, types.get(stated.category))
    if not types:
        reason = "nobody stated a kind of data and no field of a model tells one"
        types["internal"] = _type("internal", (), provenance=Provenance.ASSUMED, source=Source.DEFAULT, reason=reason)
    ordered = sorted(types.values(), key=lambda kind: (list(Sensitivity).index(kind.sensitivity), kind.category))
    return DataClassification(data_types=tuple(ordered), crown_jewels=tuple(_jewels(claims, observed, ordered, paths)))


def _type(category: DataCategory, examples: Sequence[str], **how: Any) -> DataType:
    defaults = {"sensitivity": SENSITIVITY[category], "regulatory_requirements": FRAMEWORKS.get(category, ())}
    return DataType(category=category, examples=tuple(examples), **(defaults | how))


def _seen(observed: Observed) -> list[DataType]:
    types = []
    for category, files in sorted(observed.handling.items()):
        fields = [field for field in observed.fields if field.category == category]
        names = sorted({f"{field.model}.{field.field}" for field in fields})[:10]
        quotes = _first_quotes([field.evidence for field in fields])
        reason = f"fields of data models: {', '.join(names[:5])}"
        types.append(
            _type(fields[0].category, names, provenance=Provenance.OBSERVED, source=Source.CODE, reason=reason, evidence=quotes, paths=files)
        )
    told = {"payment": "PCI", "health": "PHI", "identity": "credentials"}
    for kind, category in told.items():
        packages = [technology for technology in observed.technologies if technology.kind == kind]
        if packages and category not in observed.handling:
            quotes = _first_quotes([place for package in packages for place in package.evidence])
            reason = f"uses {kind} packages: {', '.join(package.name for package in packages[:5])}"
            types.append(
                _type(
                    category,  # type: ignore[arg-type]
                    (),
                    provenance=Provenance.INFERRED,
                    source=Source.CODE,
                    reason=reason,
                    evidence=quotes,
                    paths=tuple(sorted({quote.path for quote in quotes})),
                )
            )
    return types


def _stated_type(stated: Any, said: dict[str, Any], seen: DataType | None) -> DataType:
    """A stated kind of data. What the target says of itself may raise a sensitivity that the code shows, never lower it."""
    sensitivity = stated.sensitivity or (seen.sensitivity if seen else SENSITIVITY[stated.category])
    if seen and said["source"] is Source.TARGET_FILE:
        sensitivity = min(sensitivity, seen.sensitivity, key=list(Sensitivity).index)
    elif said["source"] is Source.TARGET_FILE:
        sensitivity = min(sensitivity, SENSITIVITY[stated.category], key=list(Sensitivity).index)
    return DataType(
        **(said | {"evidence": (*said["evidence"], *(seen.evidence if seen else ()))}),
        category=stated.category,
        examples=stated.examples or (seen.examples if seen else ()),
        sensitivity=sensitivity,
        regulatory_requirements=stated.regulatory_requirements or FRAMEWORKS.get(stated.category, ()),
        paths=seen.paths if seen else (),
    )


def _jewels(claims: Claims, observed: Observed, types: Sequence[DataType], paths: Collection[str]) -> list[CrownJewel]:
    """Stated jewels, most binding first, then one for each kind of data worth stealing; an assumed one where there is neither."""
    jewels: dict[str, CrownJewel] = {}
    for stated, said in claims.every("crown_jewels"):
        jewel = stated_jewel(stated, said, types, paths)
        jewels.setdefault(jewel.id, jewel)
    for kind in types:
        if kind.category in _JEWEL_NAMES and kind.source is not Source.DEFAULT:
            jewel = _jewel_of(kind, observed)
            jewels.setdefault(jewel.id, jewel)
    if not jewels:
        jewels["CJ-service"] = assumed_jewel()
    return list(jewels.values())


def assumed_jewel() -> CrownJewel:
    """The jewel of an application of which nothing is known; it names no files, so it makes nothing more severe."""
    return CrownJewel(
        id="CJ-service",
        name="The application's integrity and availability",
        description="Control over what the application does",
        category="internal",
        sensitivity=Sensitivity.INTERNAL,
        provenance=Provenance.ASSUMED,
        source=Source.DEFAULT,
        reason="nobody named a crown jewel and the code shows no sensitive data",
    )


def stated_jewel(stated: StatedJewel, said: dict[str, Any], types: Sequence[DataType], paths: Collection[str]) -> CrownJewel:
    """A jewel that somebody named. Where its name is a path of the target, that is its place; where it tells a kind of data, the data's files are."""
    category = stated.category or _category(stated.name)
    kind = next((t for t in types if t.category == category), None)
    own = tuple(path for path in stated.paths if _there(path, paths)) or ((stated.name,) if _there(stated.name, paths) else ())
    sensitivity = stated.sensitivity or (kind.sensitivity if kind else SENSITIVITY[category])
    if said["source"] is Source.TARGET_FILE:
        sensitivity = min(sensitivity, kind.sensitivity if kind else SENSITIVITY[category], key=list(Sensitivity).index)
    missing = [path for path in stated.paths if not _there(path, paths)]
    reason = said["reason"] + (f"; not in the target: {', '.join(missing[:5])}" if missing else "")
    return CrownJewel(
        **(said | {"reason": reason}),
        id=f"CJ-{slug(stated.name)}",
        name=stated.name,
        description=stated.description or f"{stated.name}: {category} data",
        category=category,
        sensitivity=sensitivity,
        paths=own or (kind.paths if kind and not stated.patterns else ()),
        patterns=stated.patterns,
        identifiers=stated.identifiers or (_identifiers(kind.examples) if kind else ()),
    )


def _jewel_of(kind: DataType, observed: Observed) -> CrownJewel:
    name = _JEWEL_NAMES[kind.category]
    models = sorted({field.model for field in observed.fields if field.category == kind.category})
    return CrownJewel(
        id=f"CJ-{slug(name)}",
        name=name,
        description=f"{name} in {', '.join(models[:8])}" if models else f"{name} that the application handles",
        category=kind.category,
        sensitivity=kind.sensitivity,
        paths=kind.paths,
        identifiers=_identifiers([*models, *kind.examples]),
        provenance=kind.provenance,
        source=kind.source,
        reason=kind.reason,
        evidence=kind.evidence,
    )


def _identifiers(names: Sequence[str]) -> tuple[str, ...]:
    """`User.passwordHash` is `user` and `password_hash`; the call that defines a model (`mongoose.Schema`) is no name of it."""
    parts = {snake(part) for name in names for part in name.split(".")}
    return tuple(sorted(parts - {"", "?", *_DEFINING}))[:40]


def _category(name: str) -> DataCategory:
    lowered = name.lower()
    return next((category for category, words in _WORDS.items() if re.search(words, lowered)), "internal")


def _there(path: str, paths: Collection[str]) -> bool:
    folder = path.rstrip("/") + "/"
    return path in paths or any(known.startswith(folder) for known in paths)


def _first_quotes(places: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """At most five, each file's first before any file's second."""
    seen: dict[str, int] = {}
    ranked = []
    for place in sorted(places, key=lambda e: (e.path, e.start)):
        ranked.append((seen.setdefault(place.path, 0), place.path, place.start, place))
        seen[place.path] += 1
    unique = {(path, start): place for _, path, start, place in sorted(ranked, key=lambda r: r[:3])}
    return tuple(unique.values())[:_MOST_EVIDENCE]
