"""How a target's threats develop from session to session, as numbers and as a small chart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from threat_modeling.model import Severity

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

SHOWN = 12
"""Sessions in the chart."""
STEP, BAR, HEIGHT = 8, 6, 28
"""Width of a session's place and of its bar, and the height of the tallest, in pixels."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A piece of a stacked bar: its severity and its box."""

    tone: str
    x: int
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class Trend:
    """`change` is threats more (or fewer, negative) than in the session before, None for a first one."""

    change: int | None
    bars: tuple[Bar, ...]
    width: int
    words: str
    """The chart in words."""


def trend(history: Sequence[Mapping[str, int]]) -> Trend:
    """The trend at the last of these sessions, oldest first, each given as threats by severity."""
    totals = [sum(counts.values()) for counts in history]
    shown = history[-SHOWN:]
    scale = HEIGHT / max(1, *totals[-SHOWN:])
    bars = [bar for place, counts in enumerate(shown) for bar in _stack(place, counts, scale)]
    change = totals[-1] - totals[-2] if len(totals) > 1 else None
    return Trend(change, tuple(bars), STEP * len(shown), f"Threats of the last {len(shown)} sessions: {', '.join(map(str, totals[-SHOWN:]))}")


def _stack(place: int, counts: Mapping[str, int], scale: float) -> list[Bar]:
    """The most severe at the bottom, where it is compared most easily."""
    bars, top = [], float(HEIGHT)
    for severity in Severity:
        height = counts.get(severity, 0) * scale
        top -= height
        if height:
            bars.append(Bar(severity.lower(), place * STEP, round(top, 2), round(height, 2)))
    return bars
