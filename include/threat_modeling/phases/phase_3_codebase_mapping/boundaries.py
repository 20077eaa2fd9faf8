"""Trust boundaries: where the network, an identity, a permission, a data store or another process begins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from threat_modeling.model import ControlCategory
from threat_modeling.phases.phase_3_codebase_mapping.artifacts import BoundaryControls, DataFlow, TrustBoundary

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from threat_modeling.model import Evidence
    from threat_modeling.phases.phase_3_codebase_mapping.artifacts import ComponentMap, DataStore, EntryPoint, ExternalIntegration

C = ControlCategory
MAX_LOCATIONS = 5
REQUIRED = {
    "network": (C.AUTHENTICATION, C.INPUT_VALIDATION, C.RATE_LIMITING, C.CORS_CSP, C.LOGGING_AUDIT),
    "authentication": (C.AUTHENTICATION, C.RATE_LIMITING, C.LOGGING_AUDIT),
    "authorization": (C.AUTHORIZATION, C.LOGGING_AUDIT),
    "data": (C.INPUT_VALIDATION, C.SECRETS_MANAGEMENT, C.CRYPTOGRAPHY),
    "process": (C.INPUT_VALIDATION, C.CRYPTOGRAPHY, C.SECRETS_MANAGEMENT),
}


def trust_boundaries(
    maps: Sequence[ComponentMap],
    points: Sequence[EntryPoint],
    stores: Mapping[tuple[str, str], DataStore],
    systems: Mapping[tuple[str, str], ExternalIntegration],
) -> tuple[TrustBoundary, ...]:
    """Every boundary, one record for each pair of sides; ids follow the order network, authentication, authorization, data, process."""
    found = [_network(m, points) for m in maps]
    found += [_access(points, "authentication", "anonymous callers", "authenticated callers", maps)]
    found += [_access(points, "authorization", "authenticated callers", "privileged callers", maps)]
    found += [_data(store, maps) for store in stores.values()]
    found += [_process(system, maps) for system in systems.values()]
    kept = [b for b in found if b]
    return tuple(b.model_copy(update={"id": f"TB-{n:03d}"}) for n, b in enumerate(kept, 1))


def crossed(flows: Sequence[DataFlow], boundaries: Sequence[TrustBoundary], points: Sequence[EntryPoint]) -> tuple[DataFlow, ...]:
    """The flows with the ids of the boundaries they cross."""
    by_id = {p.id: p for p in points}
    return tuple(f.model_copy(update={"crosses": tuple(_crossings(f, boundaries, by_id.get(f.entry_point or "")))}) for f in flows)


def _crossings(flow: DataFlow, boundaries: Sequence[TrustBoundary], point: EntryPoint | None) -> Iterable[str]:
    nodes = {s.node for s in flow.steps}
    for b in boundaries:
        network = b.type == "network" and point is not None and point.exposure.startswith("external") and b.target == f"component {flow.component}"
        identity = b.type == "authentication" and point is not None and point.authentication.state == "required"
        privilege = b.type == "authorization" and point is not None and point.authorization.state == "required"
        if network or identity or privilege or (b.type in {"data", "process"} and b.target.split(" ")[0] in nodes):
            yield b.id


def _network(component: ComponentMap, points: Sequence[EntryPoint]) -> TrustBoundary | None:
    here = [p for p in points if p.component == component.component and p.exposure.startswith("external")]
    if not here:
        return None
    guards = {g.category for p in here for g in p.guards}
    name = f"Network in front of {component.path if component.path != '.' else 'the application'}"
    return _boundary("network", name, "internet", f"component {component.component}", [p.registration for p in here], guards | _seen([component]))


def _access(points: Sequence[EntryPoint], kind: str, source: str, target: str, maps: Sequence[ComponentMap]) -> TrustBoundary | None:
    guarded = [p for p in points if (p.authentication if kind == "authentication" else p.authorization).state == "required"]
    evidence = [e for p in guarded for e in (p.authentication if kind == "authentication" else p.authorization).evidence]
    if not evidence:
        return None
    own = {C.AUTHENTICATION if kind == "authentication" else C.AUTHORIZATION}
    components = [m for m in maps if m.component in {p.component for p in guarded}]
    return _boundary(kind, f"{source.capitalize()} become {target}", source, target, evidence, own | _seen(components))


def _data(store: DataStore, maps: Sequence[ComponentMap]) -> TrustBoundary:
    components = [m for m in maps if m.component in store.components]
    return _boundary("data", f"Application to {store.name}", "application", f"{store.id} {store.name}", store.evidence, _seen(components))


def _process(system: ExternalIntegration, maps: Sequence[ComponentMap]) -> TrustBoundary:
    components = [m for m in maps if m.component in system.components]
    detected = _seen(components) | ({C.CRYPTOGRAPHY} if system.encrypted else set())
    return _boundary("process", f"Application to {system.name}", "application", f"{system.id} {system.name}", system.evidence, detected)


def _seen(components: Iterable[ComponentMap]) -> set[ControlCategory]:
    """Categories with at least one control that is not weak."""
    return {c.category for m in components for c in m.controls if c.strength != "weak"}


def _boundary(kind: str, name: str, source: str, target: str, places: Iterable[Evidence], seen: set[ControlCategory]) -> TrustBoundary:
    required = REQUIRED[kind]
    unique = sorted(set(places), key=lambda e: (e.path, e.start))
    return TrustBoundary.model_validate(
        {
            "id": "TB-000",
            "name": name,
            "type": kind,
            "from": source,
            "to": target,
            "location": unique[:MAX_LOCATIONS],
            "controls": BoundaryControls(
                required=required,
                detected=tuple(c for c in required if c in seen),
                missing=tuple(c for c in required if c not in seen),
            ),
        }
    )
