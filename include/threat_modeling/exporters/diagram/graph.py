"""What is drawn: nodes in zones, joined by edges. Knows nothing of sessions, so that any picture can be made of it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal

NodeKind = Literal["external", "process", "store"]


@dataclass(frozen=True, slots=True)
class Node:
    """A box. `zone` names the trust zone it lies in; `note` is one short line below the label; `link` an anchor or ""."""

    id: str
    label: str
    kind: NodeKind
    zone: str
    note: str = ""
    link: str = ""
    badge: str = ""
    """A few characters at the corner, such as the number of threats."""
    tone: str = ""
    """CSS class of the badge: a severity in lower case."""
    weight: int = 0
    """Keeps a node out of a collapse: the highest weights stay."""


@dataclass(frozen=True, slots=True)
class Edge:
    """An arrow; `names` are the flows it stands for; `crosses` marks a step over a trust boundary."""

    source: str
    target: str
    names: tuple[str, ...] = ()
    crosses: bool = False
    exposed: bool = False
    """An attacker's input was seen to travel here."""


@dataclass(frozen=True, slots=True)
class Graph:
    """Nodes and edges; every edge joins two of the nodes. `zones` gives each zone's title, outermost first."""

    nodes: tuple[Node, ...] = ()
    edges: tuple[Edge, ...] = ()
    zones: dict[str, str] = field(default_factory=dict)
    collapsed: int = 0
    """How many nodes stand behind "more" nodes."""


def merged(edges: list[Edge]) -> tuple[Edge, ...]:
    """One edge for each ordered pair of nodes, with all names; an edge from a node to itself is left out."""
    joined: dict[tuple[str, str], Edge] = {}
    for edge in edges:
        if edge.source == edge.target:
            continue
        key = (edge.source, edge.target)
        known = joined.get(key, Edge(*key))
        joined[key] = replace(
            known,
            names=known.names + tuple(n for n in edge.names if n not in known.names),
            crosses=known.crosses or edge.crosses,
            exposed=known.exposed or edge.exposed,
        )
    return tuple(joined[key] for key in sorted(joined))


def collapse(graph: Graph, limit: int) -> Graph:
    """At most about `limit` nodes: in every zone and kind the least connected ones become one "more" node, told in `collapsed`."""
    if len(graph.nodes) <= limit:
        return graph
    groups: dict[tuple[str, NodeKind], list[Node]] = {}
    for node in graph.nodes:
        groups.setdefault((node.zone, node.kind), []).append(node)
    degree: dict[str, int] = {}
    for edge in graph.edges:
        degree[edge.source] = degree.get(edge.source, 0) + 1
        degree[edge.target] = degree.get(edge.target, 0) + 1
    kept: list[Node] = []
    moved: dict[str, str] = {}
    for (zone, kind), nodes in sorted(groups.items()):
        room = max(1, limit * len(nodes) // len(graph.nodes))
        ranked = sorted(nodes, key=lambda n: (-n.weight, -degree.get(n.id, 0), n.id))
        if len(ranked) <= room:
            kept += ranked
            continue
        rest = ranked[room - 1 :]
        more = Node(id=f"more-{zone}-{kind}", label=f"{len(rest)} more", kind=kind, zone=zone, note=_plural(kind))
        kept += [*ranked[: room - 1], more]
        moved |= {node.id: more.id for node in rest}
    edges = [replace(e, source=moved.get(e.source, e.source), target=moved.get(e.target, e.target)) for e in graph.edges]
    order = {node.id: place for place, node in enumerate(graph.nodes)}
    kept.sort(key=lambda n: (order.get(n.id, len(order)), n.id))
    return Graph(tuple(kept), merged(edges), graph.zones, len(moved))


def _plural(kind: NodeKind) -> str:
    return {"external": "external systems", "process": "processes", "store": "stores"}[kind]
