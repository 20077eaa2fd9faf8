"""Data stores and external systems of the whole target: one record for each thing, whoever mentions it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from threat_modeling.consolidation import canonical_term
from threat_modeling.model import Sensitivity
from threat_modeling.phases.phase_3_codebase_mapping.artifacts import DataStore, ExternalIntegration

if TYPE_CHECKING:
    from collections.abc import Sequence

    from threat_modeling.codebase.observations import ExternalCall, PersonalField, StoreAccess
    from threat_modeling.phases.phase_3_codebase_mapping.artifacts import ComponentMap
    from threat_modeling.phases.phase_3_codebase_mapping.corrections import Corrections

CATEGORY_SENSITIVITY = {
    "PHI": Sensitivity.RESTRICTED,
    "PCI": Sensitivity.RESTRICTED,
    "credentials": Sensitivity.RESTRICTED,
    "PII": Sensitivity.CONFIDENTIAL,
    "proprietary": Sensitivity.CONFIDENTIAL,
}
MAX_EVIDENCE = 8
_PERSISTENT = {"sql", "nosql", "search"}


def store_key(access: StoreAccess) -> tuple[str, str]:
    """What makes two accesses the same store: its kind and technology under one name."""
    return access.kind, canonical_term(access.technology)


def system_key(call: ExternalCall) -> tuple[str, str]:
    """What makes two calls go to the same system: its host, or where the code computes it the technology."""
    return call.destination.lower(), "" if call.destination else canonical_term(call.technology)


def most_sensitive(values: Sequence[Sensitivity], default: Sensitivity = Sensitivity.INTERNAL) -> Sensitivity:
    """The value whose disclosure does most harm."""
    return min(values, key=list(Sensitivity).index, default=default)


def data_stores(maps: Sequence[ComponentMap], wanted: Corrections) -> dict[tuple[str, str], DataStore]:
    """Stores by key; ids follow the order of the keys. A store that keeps records holds the personal fields of its components."""
    grouped: dict[tuple[str, str], list[tuple[str, StoreAccess]]] = {}
    for m in maps:
        for access in m.stores:
            grouped.setdefault(store_key(access), []).append((m.component, access))
    corrected = dict(wanted.sensitivity)
    found = {}
    for number, (key, uses) in enumerate(sorted(grouped.items()), 1):
        components = tuple(sorted({c for c, _ in uses}))
        fields = [f for m in maps if m.component in components for f in m.personal_fields] if key[0] in _PERSISTENT else []
        evidence = sorted({a.evidence for _, a in uses}, key=lambda e: (e.path, e.start))
        name = f"{key[1]} {key[0]} store" if key[0] not in key[1].lower() else key[1]
        identity = f"DS-{number:03d}"
        found[key] = DataStore(
            id=identity,
            name=name,
            technology=key[1],
            kind=key[0],
            components=components,
            data_types=_categories(fields),
            sensitivity=corrected.get(name) or corrected.get(identity) or most_sensitive([CATEGORY_SENSITIVITY[f.category] for f in fields]),
            evidence=tuple(evidence[:MAX_EVIDENCE]),
        )
    return found


def integrations(maps: Sequence[ComponentMap]) -> dict[tuple[str, str], ExternalIntegration]:
    """External systems by key; encrypted is False as soon as one call is in clear text."""
    grouped: dict[tuple[str, str], list[tuple[str, ExternalCall]]] = {}
    for m in maps:
        for call in m.external_calls:
            grouped.setdefault(system_key(call), []).append((m.component, call))
    found = {}
    for number, (key, uses) in enumerate(sorted(grouped.items()), 1):
        states = {c.encrypted for _, c in uses}
        evidence = sorted({c.evidence for _, c in uses}, key=lambda e: (e.path, e.start))
        found[key] = ExternalIntegration(
            id=f"XI-{number:03d}",
            name=key[0] or f"systems that the code chooses ({key[1]})",
            technology=", ".join(sorted({canonical_term(c.technology) for _, c in uses})),
            encrypted=False if False in states else None if None in states else True,
            components=tuple(sorted({c for c, _ in uses})),
            evidence=tuple(evidence[:MAX_EVIDENCE]),
        )
    return found


def _categories(fields: Sequence[PersonalField]) -> tuple[str, ...]:
    return tuple(sorted({f.category for f in fields}))
