"""Finds a way for an arrow that does not run behind boxes it has nothing to do with: a curve, or three along a lane beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from threat_modeling.exporters.diagram.layout import Box

Point = tuple[float, float]
Curve = tuple[Point, Point, Point, Point]
Lane = tuple[float, float, float]
"""From x, to x, at y."""
_SAMPLES = 24
_LANE = 13.0
_LANES = 5
_WIDENINGS = 4
_CLEARANCE = 4.0


def route(start: Point, end: Point, sides: tuple[int, int], boxes: Sequence[Box], used: list[Lane]) -> tuple[Curve, ...]:
    """One curve, or three: to a lane above or below the boxes in the way, along it, and on. `used` holds the lanes taken so far.

    `sides` are those the arrow leaves from and arrives at: 1 right, -1 left. Where every way is blocked, the direct one is taken.
    """
    direct = (_curve(start, end, *sides),)
    blocking = _hits(direct, boxes)
    for _ in range(_WIDENINGS if blocking else 0):
        near, far = min(box.x for box in blocking), max(box.x + box.width for box in blocking)
        top, bottom = min(box.y for box in blocking), max(box.y + box.height for box in blocking)
        heights = [y for lane in range(1, _LANES + 1) for y in (top - lane * _LANE, bottom + lane * _LANE)]
        heights.sort(key=lambda y: (abs(y - (start[1] + end[1]) / 2), y))
        met = []
        for y in (y for y in heights if not any(abs(y - lane[2]) < _LANE / 2 and near < lane[1] and lane[0] < far for lane in used)):
            way = _along(start, end, sides, (near, far, y))
            met = _hits(way, boxes)
            if not met:
                used.append((near, far, y))
                return way
        blocking = [box for box in boxes if box in blocking or box in met]
    return direct


def points(curves: Sequence[Curve], shares: Sequence[float]) -> list[Point]:
    """Points at the given shares (0 to 1) of a way."""
    found = []
    for share in shares:
        place = min(share * len(curves), len(curves) - 1e-9)
        found.append(_at(curves[int(place)], place - int(place)))
    return found


def path(curves: Sequence[Curve]) -> str:
    """The `d` of an SVG path."""
    parts = [f"M{_pair(curves[0][0])}"]
    parts += [f"C{', '.join(_pair(point) for point in curve[1:])}" for curve in curves]
    return " ".join(parts)


def _along(start: Point, end: Point, sides: tuple[int, int], lane: Lane) -> tuple[Curve, ...]:
    """To the lane's nearer end, along it and on to the arrow's end, without a kink."""
    ahead = 1 if end[0] >= start[0] else -1
    near, far, y = lane if ahead == 1 else (lane[1], lane[0], lane[2])
    first, last = (near, y), (far, y)
    return _curve(start, first, sides[0], -ahead), _curve(first, last, ahead, -ahead), _curve(last, end, ahead, sides[1])


def _curve(start: Point, end: Point, leaves: int, arrives: int) -> Curve:
    reach = max(12.0, min(160.0, abs(end[0] - start[0]) * 0.45))
    return start, (start[0] + leaves * reach, start[1]), (end[0] + arrives * reach, end[1]), end


def _hits(curves: Sequence[Curve], boxes: Sequence[Box]) -> list[Box]:
    along = points(curves, [step / (_SAMPLES * len(curves)) for step in range(1, _SAMPLES * len(curves))])
    return [box for box in boxes if any(_inside(point, box) for point in along)]


def _inside(point: Point, box: Box) -> bool:
    x, y = point
    within = box.x - _CLEARANCE < x < box.x + box.width + _CLEARANCE
    return within and box.y - _CLEARANCE < y < box.y + box.height + _CLEARANCE


def _at(curve: Curve, t: float) -> Point:
    """A point of a cubic Bezier curve."""
    weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
    return sum(w * p[0] for w, p in zip(weights, curve, strict=True)), sum(w * p[1] for w, p in zip(weights, curve, strict=True))


def _pair(point: Point) -> str:
    return " ".join(f"{value:.1f}".removesuffix(".0") for value in point)
