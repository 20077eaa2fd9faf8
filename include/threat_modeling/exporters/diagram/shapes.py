"""Turns a placed graph into what the SVG template prints: boxes with lines of text, curves, labels that do not cover each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from threat_modeling.exporters.diagram.layout import NODE_HEIGHT, ZONE_HEAD, Box, Layout, layout
from threat_modeling.exporters.diagram.routing import Lane, Point, path, points, route
from threat_modeling.text import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from threat_modeling.exporters.diagram.graph import Edge, Graph, Node

LINE_LENGTH = 20
_PILL_HEIGHT = 17
_SPOTS = (0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.18, 0.82)


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
    placed = layout(graph)
    labels = {node.id: one_line(node.label, 80) for node in graph.nodes}
    zones = tuple(ZoneShape(one_line(graph.zones.get(zone, zone), max(12, int((box.width - 28) // 7.6))), box) for zone, box in placed.zones.items())
    nodes = tuple(_node(node, placed.nodes[node.id]) for node in graph.nodes)
    return Picture(round(placed.width), round(placed.height), zones, _edges(graph.edges, placed, labels), nodes)


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


def _edges(edges: Sequence[Edge], placed: Layout, labels: dict[str, str]) -> tuple[EdgeShape, ...]:
    starts, ends = _ports(edges, placed)
    taken = [*placed.nodes.values(), *(Box(zone.x, zone.y, zone.width, ZONE_HEAD) for zone in placed.zones.values())]
    used: list[Lane] = []
    shapes = []
    for number, edge in enumerate(edges):
        others = [box for name, box in placed.nodes.items() if name not in (edge.source, edge.target)]
        way = route(starts[number], ends[number], _facing(placed.nodes[edge.source], placed.nodes[edge.target]), others, used)
        label = one_line(edge.names[0] if len(edge.names) == 1 else f"{len(edge.names)} flows" if edge.names else "", 18)
        pill = _pill(points(way, _SPOTS), label, taken)
        if label:
            taken.append(pill)
        title = f"{labels[edge.source]} → {labels[edge.target]}" + (f": {', '.join(edge.names[:12])}" if edge.names else "")
        shapes.append(EdgeShape(edge, path(way), label, pill, one_line(title, 300)))
    return tuple(shapes)


def _facing(source: Box, target: Box) -> tuple[int, int]:
    """The sides an edge leaves from and arrives at: 1 right, -1 left. Boxes above each other are joined on their right sides."""
    if target.x >= source.x + source.width:
        return 1, -1
    if source.x >= target.x + target.width:
        return -1, 1
    return 1, 1


def _ports(edges: Sequence[Edge], placed: Layout) -> tuple[dict[int, Point], dict[int, Point]]:
    """Where each edge touches its two boxes: spread over the side in the order of the other ends, so that few cross at the box."""
    sides: dict[tuple[str, int], list[tuple[float, int, bool]]] = {}
    for number, edge in enumerate(edges):
        source, target = placed.nodes[edge.source], placed.nodes[edge.target]
        leaves, arrives = _facing(source, target)
        sides.setdefault((edge.source, leaves), []).append((target.y, number, True))
        sides.setdefault((edge.target, arrives), []).append((source.y, number, False))
    starts: dict[int, Point] = {}
    ends: dict[int, Point] = {}
    for (name, side), touching in sorted(sides.items()):
        box = placed.nodes[name]
        x = box.x + box.width if side == 1 else box.x
        for place, (_, number, outgoing) in enumerate(sorted(touching), start=1):
            (starts if outgoing else ends)[number] = (x, box.y + NODE_HEIGHT * place / (len(touching) + 1))
    return starts, ends


def _pill(spots: list[Point], label: str, taken: list[Box]) -> Box:
    """The label's box on its arrow: the first spot that covers nothing, else the middle."""
    width = 7.0 * len(label) + 12
    boxes = [Box(round(x - width / 2, 1), round(y - _PILL_HEIGHT / 2, 1), width, _PILL_HEIGHT) for x, y in spots]
    return next((box for box in boxes if not any(_overlap(box, other) for other in taken)), boxes[0])


def _overlap(one: Box, other: Box) -> bool:
    return one.x < other.x + other.width and other.x < one.x + one.width and one.y < other.y + other.height and other.y < one.y + one.height
