"""The data flow diagram: who talks to which component, which stores and systems it uses, and where trust changes."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from threat_modeling.model import Provenance, Sensitivity
from threat_modeling.phases.phase_3_codebase_mapping.artifacts import DataFlows, EntryPoints, TrustBoundaries
from threat_modeling.phases.phase_5_threat_modeling.artifacts import Dfd, DfdBoundary, DfdFlow, DfdNode

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from threat_modeling.phases.phase_3_codebase_mapping.artifacts import DataFlow, EntryPoint, Manifest, TrustBoundary
    from threat_modeling.phases.phase_5_threat_modeling.artifacts import Threat
    from threat_modeling.session import Session

_PEOPLE: Final = {
    "external-unauthenticated": ("EE-anonymous", "Anybody"),
    "external-authenticated": ("EE-users", "Signed-in users"),
    "internal": ("EE-inside", "Inner callers"),
    "unreachable": ("EE-inside", "Inner callers"),
}
APPLICATION, DATA = "ZB-application", "ZB-data"
_ORDER: Final = list(Sensitivity)


class Mapped(NamedTuple):
    """What phase 3 found, which is all that the diagram's elements are made of."""

    points: Mapping[str, EntryPoint]
    flows: DataFlows
    boundaries: Sequence[TrustBoundary]

    @classmethod
    def of(cls, session: Session) -> Mapped:
        """A session's; ArtifactMissing before phase 3."""
        points = {point.id: point for point in session.load(EntryPoints).entry_points}
        return cls(points, session.load(DataFlows), session.load(TrustBoundaries).trust_boundaries)


def dfd(manifest: Manifest, mapped: Mapped, threats: Sequence[Threat]) -> Dfd:
    """Nodes, flows and boundaries; open threats are named on what they touch."""
    told = [t for t in threats if t.status == "open"]
    flows = _flows(mapped, told)
    nodes = _nodes(manifest, mapped, told, {end for f in flows for end in (f.source, f.target)})
    return Dfd(nodes=nodes, flows=flows, boundaries=_boundaries(nodes, mapped.boundaries))


def _nodes(manifest: Manifest, mapped: Mapped, threats: Sequence[Threat], used: set[str]) -> tuple[DfdNode, ...]:
    people = {identity: name for identity, name in _PEOPLE.values() if identity in used}
    nodes = [DfdNode(id=i, kind="external-entity", name=name, provenance=Provenance.INFERRED) for i, name in sorted(people.items())]
    nodes += [DfdNode(id=s.id, kind="external-entity", name=s.name, detail=s.technology) for s in mapped.flows.external_integrations]
    nodes += [
        DfdNode(
            id=c.id,
            kind="process",
            name=c.path if c.path != "." else "application",
            detail=f"{sum(p.component == c.id for p in mapped.points.values())} entry points",
            boundary=APPLICATION,
            threats=tuple(t.id for t in threats if t.component == c.id),
        )
        for c in manifest.components
    ]
    touched = _touched(mapped, threats)
    nodes += [
        DfdNode(id=s.id, kind="store", name=s.name, detail=s.technology, boundary=DATA, threats=tuple(touched.get(s.id, ())))
        for s in mapped.flows.data_stores
    ]
    return tuple(nodes)


def _touched(mapped: Mapped, threats: Sequence[Threat]) -> dict[str, list[str]]:
    """Store -> threats whose flows end in it."""
    stores = {f.id: {step.node for step in f.steps if step.type == "store"} for f in mapped.flows.data_flows}
    found: dict[str, list[str]] = {}
    for threat in threats:
        for node in sorted({node for flow in threat.data_flows for node in stores.get(flow, ())}):
            found.setdefault(node, []).append(threat.id)
    return found


def _flows(mapped: Mapped, threats: Sequence[Threat]) -> tuple[DfdFlow, ...]:
    by_flow: dict[str, list[str]] = {}
    for threat in threats:
        for identity in threat.data_flows:
            by_flow.setdefault(identity, []).append(threat.id)
    edges: dict[tuple[str, str], list[DataFlow]] = {}
    for flow in mapped.flows.data_flows:
        for pair in pairwise(_hops(flow, mapped)):
            edges.setdefault(pair, []).append(flow)
    entries: dict[tuple[str, str], list[EntryPoint]] = {}
    for point in mapped.points.values():
        pair = (_PEOPLE[point.exposure][0], point.component)
        entries.setdefault(pair, []).append(point)
        edges.setdefault(pair, [])
    by_point = {p: t.id for t in reversed(threats) for p in t.entry_points}
    made = []
    for number, (pair, carried) in enumerate(sorted(edges.items()), 1):
        points = entries.get(pair, [])
        named = {t for flow in carried for t in by_flow.get(flow.id, ())} | {by_point[p.id] for p in points if p.id in by_point}
        made.append(
            DfdFlow.model_validate(
                {
                    "id": f"FL-{number:03d}",
                    "from": pair[0],
                    "to": pair[1],
                    "label": _label(carried, points),
                    "sensitivity": min((f.sensitivity for f in carried), key=_ORDER.index, default=Sensitivity.INTERNAL),
                    "encrypted": _agreed([f.controls.encryption for f in carried]),
                    "attacker_controlled": any(f.attacker_controlled for f in carried),
                    "flows": tuple(sorted({f.id for f in carried})),
                    "crosses": tuple(sorted({b for f in carried for b in f.crosses})),
                    "threats": tuple(sorted(named)),
                }
            )
        )
    return tuple(made)


def _hops(flow: DataFlow, mapped: Mapped) -> list[str]:
    """The nodes a flow passes, each once in a row: an entry point stands for the people who call it and its component."""
    hops: list[str] = []
    for step in flow.steps:
        point = mapped.points.get(step.node)
        for node in (_PEOPLE[point.exposure][0], point.component) if point else (step.node,):
            if not hops or hops[-1] != node:
                hops.append(node)
    return hops


def _label(flows: Sequence[DataFlow], points: Sequence[EntryPoint]) -> str:
    if points:
        return f"{points[0].method} {points[0].path}" if len(points) == 1 else f"{len(points)} entry points"
    kinds = sorted({word for f in flows for step in f.steps for word in step.data_types})
    return ", ".join(kinds[:4]) or f"{len(flows)} data flow{'s' if len(flows) != 1 else ''}"


def _agreed(values: Sequence[bool | None]) -> bool | None:
    """False where any is, True where all are, None where nobody knows."""
    if False in values:
        return False
    return True if values and all(values) else None


def _boundaries(nodes: Sequence[DfdNode], boundaries: Sequence[TrustBoundary]) -> tuple[DfdBoundary, ...]:
    made = []
    for identity, name, kinds in ((APPLICATION, "Application", {"network", "authentication", "authorization", "process"}), (DATA, "Data", {"data"})):
        inside = tuple(n.id for n in nodes if n.boundary == identity)
        if inside:
            told = tuple(b.id for b in boundaries if b.type in kinds)
            made.append(
                DfdBoundary.model_validate(
                    {"id": identity, "name": name, "type": "data" if identity == DATA else "network", "nodes": inside, "trust_boundaries": told}
                )
            )
    return tuple(made)
