"""Places a graph with Graphviz: nodes in layers from left to right, zones as clusters, arrows as curves around the boxes.

Only numbers and sizes are given to Graphviz, no text: its result depends neither on fonts nor on what the target's code says.
Units are SVG user units; the origin is the top left corner.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.exporters.diagram.graph import Graph

NODE_WIDTH, NODE_HEIGHT = 196, 60
PILL_HEIGHT = 17
ZONE_PAD, ZONE_HEAD = 20, 30
MARGIN = 14
MAX_COLUMN = 8
"""Nodes of one kind that stand above each other in a zone; more of them go on in the next column."""
CURVED_EDGES = 250
"""Arrows up to which a way around the boxes is looked for; more are straight, since the search takes too long."""
_POINTS = 72
_GRAPHVIZ = Lock()
"""Graphviz keeps its state in globals, and an API server has many threads."""

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Way:
    """An arrow: the `d` of its SVG path, and the box of its label."""

    d: str
    label: Box | None


@dataclass(frozen=True, slots=True)
class Layout:
    """Where everything lies: node id -> box, zone -> box, (source, target) -> way, and the size of the whole."""

    nodes: dict[str, Box]
    zones: dict[str, Box]
    ways: dict[tuple[str, str], Way]
    width: float
    height: float


def layout(graph: Graph, labels: dict[tuple[str, str], float] | None = None) -> Layout:
    """Boxes for every node and zone, ways for every edge; `labels` is the width of an edge's label where it has one."""
    ids = sorted(node.id for node in graph.nodes)
    zones = [*graph.zones, *sorted({node.zone for node in graph.nodes} - set(graph.zones))]
    zones = [zone for zone in zones if any(node.zone == zone for node in graph.nodes)]
    placed = _run("\n".join(["digraph {", *_statements(graph, ids, zones, labels or {}), "}"]))
    frame = _Frame(placed["bb"])
    objects = {found["name"]: found for found in placed.get("objects", ())}
    numbers = {objects[f"n{place}"]["_gvid"]: id_ for place, id_ in enumerate(ids)}
    nodes = {id_: frame.centered(objects[f"n{place}"]["pos"], NODE_WIDTH, NODE_HEIGHT) for place, id_ in enumerate(ids)}
    ways = {}
    for edge in placed.get("edges", ()):
        if edge.get("style") != "invis":
            ends = numbers[edge["tail"]], numbers[edge["head"]]
            label = frame.centered(edge["lp"], (labels or {})[ends], PILL_HEIGHT) if "lp" in edge else None
            ways[ends] = Way(frame.path(edge["pos"]), label)
    frames = {zone: frame.box(objects[f"cluster_{place}"]["bb"]) for place, zone in enumerate(zones)}
    return Layout(nodes, frames, ways, frame.width, frame.height)


def _statements(graph: Graph, ids: list[str], zones: list[str], labels: dict[tuple[str, str], float]) -> Iterator[str]:
    """The graph in Graphviz's language."""
    number = {id_: place for place, id_ in enumerate(ids)}
    splines = "spline" if len(graph.edges) <= CURVED_EDGES else "line"
    yield f"graph [rankdir=LR nodesep=.33 ranksep=1 splines={splines} newrank=false remincross=true]"
    yield f'node [shape=box fixedsize=true width={NODE_WIDTH / _POINTS} height={NODE_HEIGHT / _POINTS} label=""]'
    for place, zone in enumerate(zones):
        inside = " ".join(f"n{number[node.id]};" for node in sorted(graph.nodes, key=lambda n: n.id) if node.zone == zone)
        yield f"subgraph cluster_{place} {{ margin={ZONE_PAD} label={_room(NODE_WIDTH, ZONE_HEAD)} {inside} }}"
    for edge in sorted(graph.edges, key=lambda e: (e.source, e.target)):
        width = labels.get((edge.source, edge.target))
        yield f"n{number[edge.source]} -> n{number[edge.target]}" + (f" [label={_room(width, PILL_HEIGHT)}]" if width else "")
    for first, second in _columns(graph):
        yield f"n{number[first]} -> n{number[second]} [style=invis]"


def _columns(graph: Graph) -> Iterator[tuple[str, str]]:
    """Pairs of nodes that stand in neighboring columns, so that many of one kind in a zone make no tower.

    Only nodes that no edge joins are spread: the others have their places from the edges.
    """
    groups: dict[tuple[str, str], list[str]] = {}
    for node in sorted(graph.nodes, key=lambda n: n.id):
        groups.setdefault((node.zone, node.kind), []).append(node.id)
    joined: dict[str, set[str]] = {node.id: set() for node in graph.nodes}
    for edge in graph.edges:
        joined[edge.source].add(edge.target)
    for members in groups.values():
        if len(members) > MAX_COLUMN and not any(joined[member] & set(members) for member in members):
            yield from zip(members, members[MAX_COLUMN:], strict=False)


def _room(width: float, height: float) -> str:
    """A label that takes room and says nothing."""
    cell = f'<td fixedsize="true" width="{width:.0f}" height="{height:.0f}"></td>'
    return f'<<table border="0" cellborder="0" cellspacing="0" cellpadding="0"><tr>{cell}</tr></table>>'


def _run(source: str) -> dict[str, Any]:
    from pygraphviz import AGraph  # noqa: PLC0415 - native code, loaded only where a picture is drawn

    with _GRAPHVIZ:
        drawn = AGraph(string=source)
        drawn.layout(prog="dot")
        found: dict[str, Any] = json.loads(drawn.draw(format="json0"))
        drawn.close()
        return found


class _Frame:
    """Graphviz's coordinates, which grow upwards, as those of the picture."""

    def __init__(self, bounds: str) -> None:
        self._left, self._bottom, right, self._top = _numbers(bounds)
        self.width, self.height = right - self._left + 2 * MARGIN, self._top - self._bottom + 2 * MARGIN

    def point(self, x: float, y: float) -> Point:
        return round(x - self._left + MARGIN, 1), round(self._top - y + MARGIN, 1)

    def centered(self, place: str, width: float, height: float) -> Box:
        x, y = self.point(*_numbers(place))
        return Box(round(x - width / 2, 1), round(y - height / 2, 1), width, height)

    def box(self, bounds: str) -> Box:
        left, bottom, right, top = _numbers(bounds)
        x, y = self.point(left, top)
        return Box(x, y, round(right - left, 1), round(top - bottom, 1))

    def path(self, way: str) -> str:
        """A path from a list of control points, which may begin with the tip of the arrow ("e,x,y")."""
        parts = way.split()
        tip = [self.point(*_numbers(part[2:])) for part in parts if part.startswith("e,")]
        first, *others = [self.point(*_numbers(part)) for part in parts if part[0] not in "es"]
        curves = [f"C{_pair(a)}, {_pair(b)}, {_pair(c)}" for a, b, c in zip(others[::3], others[1::3], others[2::3], strict=True)]
        return " ".join([f"M{_pair(first)}", *curves, *(f"L{_pair(point)}" for point in tip)])


def _numbers(text: str) -> list[float]:
    return [float(number) for number in text.split(",")]


def _pair(point: Point) -> str:
    return " ".join(f"{value:.1f}".removesuffix(".0") for value in point)
