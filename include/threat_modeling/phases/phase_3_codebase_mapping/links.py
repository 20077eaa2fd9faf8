"""Which entry points lead to a place in the code: through the handler itself, a function it runs, or the route a finding names."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from threat_modeling.codebase.observations import Weakness
    from threat_modeling.phases.phase_3_codebase_mapping.artifacts import ComponentMap, EntryPoint


class Links:
    """An index from (file, line) to the entry points that run it."""

    def __init__(self, points: Iterable[EntryPoint], maps: Iterable[ComponentMap]) -> None:
        below = {(r.file, r.line): r.functions for m in maps for r in m.reaches}
        self._spans: dict[str, list[tuple[int, int, str]]] = {}
        self._routes: dict[str, list[str]] = {}
        for point in points:
            self._routes.setdefault(f"{point.method} {point.path}", []).append(point.id)
            if point.code:
                self._add(point.code.file, point.code.line, point.code.end, point.id)
                for file, _, line, end in below.get((point.code.file, point.code.line), ()):
                    self._add(file, line, end, point.id)

    def _add(self, file: str, line: int, end: int, point: str) -> None:
        self._spans.setdefault(file, []).append((line, end, point))

    def at(self, file: str, line: int) -> tuple[str, ...]:
        """Ids of the entry points that run this line, sorted."""
        return tuple(sorted({point for start, end, point in self._spans.get(file, ()) if start <= line <= end}))

    def of(self, weakness: Weakness) -> tuple[str, ...]:
        """Ids of the entry points that lead to a weakness: those of its route, else of its place, else of its trace's source."""
        if weakness.route and weakness.route in self._routes:
            return tuple(sorted(self._routes[weakness.route]))
        here = self.at(weakness.evidence.path, weakness.evidence.start)
        if here or not weakness.trace:
            return here
        source = weakness.trace[0].evidence
        return self.at(source.path, source.start)
