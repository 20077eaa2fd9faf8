"""Data flows: from an entry point through its handler to a store, another system, or a sink that attacker input reaches."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from threat_modeling.model import ControlCategory, Evidence, Sensitivity
from threat_modeling.phases.phase_3_codebase_mapping.artifacts import DataFlow, FlowControls, FlowStep
from threat_modeling.phases.phase_3_codebase_mapping.stores import most_sensitive, store_key, system_key

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from threat_modeling.phases.phase_3_codebase_mapping.artifacts import ComponentMap, DataStore, EntryPoint, ExternalIntegration
    from threat_modeling.phases.phase_3_codebase_mapping.links import Links

MAX_STEPS = 12


def data_flows(
    maps: Sequence[ComponentMap],
    points: Sequence[EntryPoint],
    links: Links,
    stores: Mapping[tuple[str, str], DataStore],
    systems: Mapping[tuple[str, str], ExternalIntegration],
) -> tuple[DataFlow, ...]:
    """One flow for each entry point and each store, system or sink it ends in; overlapping ones are merged, ids follow their names."""
    by_id = {p.id: p for p in points}
    merged: dict[tuple[str, str, str], list[tuple[EntryPoint | None, Any, ComponentMap]]] = {}
    for m in maps:
        for access in m.stores:
            for point in links.at(access.evidence.path, access.evidence.start) or ("",):
                merged.setdefault((point or m.component, stores[store_key(access)].id, access.operation), []).append((by_id.get(point), access, m))
        for call in m.external_calls:
            for point in links.at(call.evidence.path, call.evidence.start) or ("",):
                merged.setdefault((point or m.component, systems[system_key(call)].id, "call"), []).append((by_id.get(point), call, m))
        for weakness in m.weaknesses:
            if weakness.attacker_reached and weakness.trace:
                for point in links.of(weakness)[:1] or ("",):
                    merged.setdefault((point or m.component, f"sink:{weakness.weakness_class}", weakness.function), []).append(
                        (by_id.get(point), weakness, m)
                    )
    targets = {s.id: (s.name, s.sensitivity, "store", s.data_types) for s in stores.values()}
    targets |= {s.id: (s.name, Sensitivity.INTERNAL, "sink", ()) for s in systems.values()}
    flows = [_flow(key, uses, targets) for key, uses in sorted(merged.items(), key=lambda item: item[0])]
    return tuple(flow.model_copy(update={"id": f"DF-{n:03d}"}) for n, flow in enumerate(flows, 1))


def _flow(
    key: tuple[str, str, str], uses: Sequence[tuple[EntryPoint | None, Any, ComponentMap]], targets: Mapping[str, tuple[str, Sensitivity, Any, Any]]
) -> DataFlow:
    point, first, component = uses[0]
    start = f"{point.method} {point.path}" if point else component.path
    tainted = key[1].startswith("sink:")
    name, sensitivity, kind, types = targets.get(key[1], (first.title if tainted else key[1], Sensitivity.INTERNAL, "sink", ()))
    steps = _trace(point, first, component) if tainted else _direct(point, uses, component, key, name, kind, types)
    return DataFlow(
        id="DF-000",
        name=f"{start} to {name}" + (f" ({key[2]})" if key[2] in {"read", "write", "connect"} else ""),
        sensitivity=most_sensitive([sensitivity, *([Sensitivity.CONFIDENTIAL] if tainted else [])]),
        steps=tuple(steps[:MAX_STEPS]),
        controls=_controls(point, first, component),
        component=component.component,
        entry_point=point.id if point else None,
        attacker_controlled=tainted,
    )


def _entry(point: EntryPoint | None, component: ComponentMap, order: int, place: Evidence) -> FlowStep:
    if point:
        return FlowStep(order=order, type="source", name=f"{point.method} {point.path}", node=point.id, location=point.registration)
    return FlowStep(order=order, type="process", name=component.path, node=component.component, location=place)


def _direct(
    point: EntryPoint | None,
    uses: Sequence[tuple[EntryPoint | None, Any, ComponentMap]],
    component: ComponentMap,
    key: tuple[str, str, str],
    name: str,
    kind: Any,
    types: Any,
) -> list[FlowStep]:
    places = sorted({use.evidence for _, use, _ in uses}, key=lambda e: (e.path, e.start))
    steps = [_entry(point, component, 1, places[0])]
    if point and point.code:
        steps.append(FlowStep(order=2, type="process", name=point.code.function, node=component.component, location=places[0]))
    for place in places:
        steps.append(FlowStep(order=len(steps) + 1, type=kind, name=name, node=key[1], location=place, data_types=types))
    return steps


def _trace(point: EntryPoint | None, weakness: Any, component: ComponentMap) -> list[FlowStep]:
    steps = [_entry(point, component, 1, weakness.trace[0].evidence)]
    steps += [
        FlowStep(order=n, type="process" if step.kind == "source" else step.kind, name=step.name, node=component.component, location=step.evidence)
        for n, step in enumerate(weakness.trace, 2)
    ]
    return steps


def _controls(point: EntryPoint | None, use: Any, component: ComponentMap) -> FlowControls:
    near = [c for c in component.controls if c.evidence.path == use.evidence.path and c.function in {"", use.function}]
    found = {c.category for c in near} | {g.category for g in (point.guards if point else ())}
    return FlowControls(
        encryption=getattr(use, "encrypted", None),
        validation=ControlCategory.INPUT_VALIDATION in found,
        logging=ControlCategory.LOGGING_AUDIT in found,
    )
