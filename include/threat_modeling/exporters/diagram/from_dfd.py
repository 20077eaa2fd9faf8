"""The data-flow diagram of phase 5 as a graph to draw."""

from __future__ import annotations

from typing import TYPE_CHECKING

from threat_modeling.exporters.diagram.graph import Edge, Graph, Node, NodeKind, collapse, merged

if TYPE_CHECKING:
    from threat_modeling.phases.phase_5_threat_modeling.artifacts import Dfd, Threat

MAX_NODES = 60
OUTSIDE, BEYOND = "outside", "beyond"
"""Zones of what lies in no boundary: who calls the application, and what it only calls."""
_KINDS: dict[str, NodeKind] = {"external-entity": "external", "process": "process", "store": "store"}


def graph_of(dfd: Dfd, threats: tuple[Threat, ...]) -> Graph:
    """Nodes in their boundaries, badged with their open threats, and flows; at most about `MAX_NODES` nodes."""
    severity = {threat.id: threat.severity for threat in threats}
    known = {node.id for node in dfd.nodes}
    zones = {OUTSIDE: "Outside, not trusted"} | {b.id: b.name for b in dfd.boundaries} | {BEYOND: "Other systems"}
    calling = {flow.source for flow in dfd.flows}
    nodes = []
    for node in sorted(dfd.nodes, key=lambda n: n.id):
        ranked = sorted((severity[t] for t in node.threats if t in severity), key=lambda s: s.rank)
        nodes.append(
            Node(
                id=node.id,
                label=node.name,
                kind=_KINDS[node.kind],
                zone=node.boundary if node.boundary in zones else OUTSIDE if node.id in calling else BEYOND,
                note=node.detail,
                link=f"#{ranked_threat(node.threats, threats)}" if ranked else "",
                badge=str(len(ranked)) if ranked else "",
                tone=ranked[0].value.lower() if ranked else "",
                weight=(5 - ranked[0].rank) * 1000 + len(ranked) if ranked else 0,
            )
        )
    edges = [
        Edge(
            flow.source,
            flow.target,
            flow.flows or ((flow.label,) if flow.label else ()),
            crosses=bool(flow.crosses),
            exposed=flow.attacker_controlled,
        )
        for flow in dfd.flows
        if {flow.source, flow.target} <= known
    ]
    return collapse(Graph(tuple(nodes), merged(edges), zones), MAX_NODES)


def ranked_threat(ids: tuple[str, ...], threats: tuple[Threat, ...]) -> str:
    """The first of the model's threats that is among `ids`: the model is sorted, so it is the worst."""
    return next((threat.id for threat in threats if threat.id in ids), "")
