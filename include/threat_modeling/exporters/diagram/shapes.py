"""Turns a placed graph into what the SVG template prints: boxes with lines of text, arrows with their labels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from threat_modeling.exporters.diagram.layout import Box, Layout, layout
from threat_modeling.text import one_line

if TYPE_CHECKING:
    from threat_modeling.exporters.diagram.graph import Edge, Graph, Node

LINE_LENGTH = 20


@dataclass(frozen=True, slots=True)
class NodeShape:
    """A box with its text; `bold` is the label in one or two lines, `note` the small print."""

    node: Node
    box: Box
    bold: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True)
class EdgeShape:
    """A curve (`d` of an SVG path) with its label."""

    edge: Edge
    d: str
    label: str
    pill: Box
    title: str


@dataclass(frozen=True, slots=True)
class ZoneShape:
    """A zone's frame and title."""

    title: str
    box: Box


@dataclass(frozen=True, slots=True)
class Picture:
    """Everything to draw."""

    width: int
    height: int
    zones: tuple[ZoneShape, ...]
    edges: tuple[EdgeShape, ...]
    nodes: tuple[NodeShape, ...]


def picture(graph: Graph) -> Picture:
    """The shapes of a graph."""
    widths = {(edge.source, edge.target): 7.0 * len(label) + 12 for edge in graph.edges if (label := _label(edge))}
    placed = layout(graph, widths)
    labels = {node.id: one_line(node.label, 80) for node in graph.nodes}
    zones = tuple(ZoneShape(one_line(graph.zones.get(zone, zone), max(12, int((box.width - 28) // 7.6))), box) for zone, box in placed.zones.items())
    nodes = tuple(_node(node, placed.nodes[node.id]) for node in graph.nodes)
    return Picture(round(placed.width), round(placed.height), zones, tuple(_edge(edge, placed, labels) for edge in graph.edges), nodes)


def _node(node: Node, box: Box) -> NodeShape:
    note = one_line(node.note, LINE_LENGTH + 6) if node.note else ""
    return NodeShape(node, box, _lines(one_line(node.label, 80)), note)


def _lines(label: str) -> tuple[str, ...]:
    """At most two lines of the label, broken after a separator where there is one, with an ellipsis where it goes on."""
    if len(label) <= LINE_LENGTH:
        return (label,)
    breaks = [place + 1 for place in range(LINE_LENGTH // 2, LINE_LENGTH) if label[place] in " /._-"]
    cut = breaks[-1] if breaks else LINE_LENGTH
    return label[:cut].rstrip(), one_line(label[cut:], LINE_LENGTH)


def _label(edge: Edge) -> str:
    return one_line(edge.names[0] if len(edge.names) == 1 else f"{len(edge.names)} flows" if edge.names else "", 18)


def _edge(edge: Edge, placed: Layout, labels: dict[str, str]) -> EdgeShape:
    way = placed.ways[edge.source, edge.target]
    title = f"{labels[edge.source]} → {labels[edge.target]}" + (f": {', '.join(edge.names[:12])}" if edge.names else "")
    return EdgeShape(edge, way.d, _label(edge) if way.label else "", way.label or Box(0, 0, 0, 0), one_line(title, 300))
