"""Places a graph: a layered layout of the nodes of each zone, then the same layout of the zones.

Zones therefore never overlap, whatever the edges. Layers come from longest paths, the order in a layer from barycenter sweeps
(Sugiyama, Tagawa, Toda 1981). Units are SVG user units; the origin is the top left corner. Nothing depends on hash order.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from threat_modeling.exporters.diagram.graph import Graph, Node

NODE_WIDTH, NODE_HEIGHT = 196, 60
NODE_GAP_X, NODE_GAP_Y = 72, 24
ZONE_GAP_X, ZONE_GAP_Y = 84, 34
ZONE_PAD, ZONE_HEAD = 20, 30
MARGIN = 14
MAX_COLUMN = 8
_SWEEPS = 6


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle."""

    x: float
    y: float
    width: float
    height: float

    def moved(self, x: float, y: float) -> Box:
        """The same rectangle, shifted."""
        return Box(self.x + x, self.y + y, self.width, self.height)


@dataclass(frozen=True, slots=True)
class Layout:
    """Where everything lies: node id -> box, zone -> box, and the size of the whole."""

    nodes: dict[str, Box]
    zones: dict[str, Box]
    width: float
    height: float


Pairs = Sequence[tuple[str, str]]


def layout(graph: Graph) -> Layout:
    """Boxes for every node and zone of the graph."""
    members: dict[str, list[Node]] = {}
    for node in graph.nodes:
        members.setdefault(node.zone, []).append(node)
    zone_of = {node.id: node.zone for node in graph.nodes}
    pairs = [(e.source, e.target) for e in graph.edges]
    inner = {zone: _place_zone(nodes, [p for p in pairs if zone_of[p[0]] == zone == zone_of[p[1]]]) for zone, nodes in members.items()}
    sizes = {zone: _outer(boxes) for zone, boxes in inner.items()}
    across = sorted({(zone_of[a], zone_of[b]) for a, b in pairs if zone_of[a] != zone_of[b]})
    order = [zone for zone in graph.zones if zone in members] + sorted(set(members) - set(graph.zones))
    zones = _place(_columns(order, across), sizes, ZONE_GAP_X, ZONE_GAP_Y)
    zones = {zone: box.moved(MARGIN, MARGIN) for zone, box in zones.items()}
    nodes = {
        node: box.moved(zones[zone].x + ZONE_PAD, zones[zone].y + ZONE_PAD + ZONE_HEAD)
        for zone, boxes in inner.items()
        for node, box in boxes.items()
    }
    width = max((box.x + box.width for box in zones.values()), default=0) + MARGIN
    height = max((box.y + box.height for box in zones.values()), default=0) + MARGIN
    return Layout(nodes, zones, width, height)


def _place_zone(nodes: list[Node], pairs: Pairs) -> dict[str, Box]:
    order = [node.id for node in sorted(nodes, key=lambda n: ({"external": 0, "process": 1, "store": 2}[n.kind], n.id))]
    columns = [part for column in _columns(order, pairs) for part in _wrapped(column)]
    return _place(columns, dict.fromkeys(order, (NODE_WIDTH, NODE_HEIGHT)), NODE_GAP_X, NODE_GAP_Y)


def _outer(boxes: dict[str, Box]) -> tuple[float, float]:
    width = max(box.x + box.width for box in boxes.values()) + 2 * ZONE_PAD
    height = max(box.y + box.height for box in boxes.values()) + 2 * ZONE_PAD + ZONE_HEAD
    return width, height


def _wrapped(column: list[str]) -> list[list[str]]:
    """A column too high to read becomes several of about the same height."""
    parts = -(-len(column) // MAX_COLUMN)
    size = -(-len(column) // parts)
    return [column[start : start + size] for start in range(0, len(column), size)]


def _columns(order: list[str], pairs: Pairs) -> list[list[str]]:
    """Names by layer, each layer ordered to cross few edges. An edge against `order` that closes a cycle is ignored."""
    layer = _layers(order, _acyclic(order, pairs))
    columns: list[list[str]] = [[] for _ in range(max(layer.values(), default=-1) + 1)]
    for name in order:
        columns[layer[name]].append(name)
    columns = [column for column in columns if column]
    neighbors: dict[str, set[str]] = {name: set() for name in order}
    for source, target in pairs:
        neighbors[source].add(target)
        neighbors[target].add(source)
    place = {name: (number + 0.5) / len(column) for column in columns for number, name in enumerate(column)}
    for sweep in range(_SWEEPS):
        for column in columns if sweep % 2 == 0 else reversed(columns):
            _sort_by_barycenter(column, place, neighbors)
    return columns


def _sort_by_barycenter(column: list[str], place: dict[str, float], neighbors: dict[str, set[str]]) -> None:
    """Order a column by the mean place of each name's neighbors in other columns; `place` (0 to 1 from the top) is kept up to date."""
    own = set(column)

    def weight(name: str) -> float:
        near = sorted(place[other] for other in neighbors[name] if other not in own)
        return sum(near) / len(near) if near else place[name]

    column.sort(key=lambda name: (round(weight(name), 9), place[name]))
    place |= {name: (number + 0.5) / len(column) for number, name in enumerate(column)}


def _acyclic(order: list[str], pairs: Pairs) -> list[tuple[str, str]]:
    """The edges without those that point back at a name still open in a depth-first walk (iterative: graphs come from hostile code)."""
    after: dict[str, list[str]] = {name: [] for name in order}
    for source, follower in sorted(set(pairs)):
        after[source].append(follower)
    done: set[str] = set()
    kept: list[tuple[str, str]] = []
    for root in order:
        stack = [] if root in done else [(root, iter(after[root]))]
        path = {root}
        while stack:
            name, targets = stack[-1]
            if (target := next(targets, None)) is None:
                stack.pop()
                path.discard(name)
                done.add(name)
            elif target not in path:
                kept.append((name, target))
                if target not in done:
                    path.add(target)
                    stack.append((target, iter(after[target])))
    return kept


def _layers(order: list[str], edges: Pairs) -> dict[str, int]:
    """Longest path from a name without predecessors."""
    waiting = dict.fromkeys(order, 0)
    after: dict[str, list[str]] = {name: [] for name in order}
    for source, target in edges:
        waiting[target] += 1
        after[source].append(target)
    layer = dict.fromkeys(order, 0)
    ready = [name for name in order if not waiting[name]]
    for name in ready:
        for target in after[name]:
            layer[target] = max(layer[target], layer[name] + 1)
            waiting[target] -= 1
            if not waiting[target]:
                ready.append(target)
    return layer


def _place(columns: list[list[str]], sizes: dict[str, tuple[float, float]], gap_x: float, gap_y: float) -> dict[str, Box]:
    """Columns from left to right, each centered on the highest."""
    heights = [sum(sizes[name][1] for name in column) + gap_y * (len(column) - 1) for column in columns]
    tallest = max(heights, default=0)
    boxes: dict[str, Box] = {}
    x = 0.0
    for column, height in zip(columns, heights, strict=True):
        y = (tallest - height) / 2
        widest = max(sizes[name][0] for name in column)
        for name in column:
            width, own = sizes[name]
            boxes[name] = Box(x + (widest - width) / 2, y, width, own)
            y += own + gap_y
        x += widest + gap_x
    return boxes
