"""What an investigation of one concern stands on: its places, their entry points and functions, and the controls phase 3 saw."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from threat_modeling.catalog.category import categories, snake
from threat_modeling.catalog.weakness import WeaknessType, weakness
from threat_modeling.codebase.syntax import Call, Function, between, dotted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from threat_modeling.codebase.observations import ControlSighting
    from threat_modeling.codebase.project import Project
    from threat_modeling.model import ControlCategory
    from threat_modeling.phases.phase_3_codebase_mapping.artifacts import Concern, ConcernLocation, EntryPoint


class Grounds:
    """One concern with all that may protect it. Nothing is searched here; `searching` does."""

    def __init__(self, concern: Concern, entry_points: Sequence[EntryPoint], controls: Sequence[ControlSighting], project: Project) -> None:
        self.concern = concern
        self.controls = controls
        self.project = project
        self._points = {point.id: point for point in entry_points}

    @cached_property
    def primary(self) -> ControlCategory:
        """The category that would have prevented the weakness."""
        expected = self.concern.expected_controls
        return self.kind(self.concern.locations[0]).controls[0] if expected else weakness(self.concern.weakness.cwe).controls[0]

    @cached_property
    def categories(self) -> tuple[ControlCategory, ...]:
        """Every category to search, the primary one first."""
        wanted = dict.fromkeys([self.primary, *self.kind(self.concern.locations[0]).controls, *self.concern.expected_controls])
        return tuple(wanted)

    def kind(self, location: ConcernLocation) -> WeaknessType:
        """The catalog's record of a place's weakness."""
        expected = self.concern.expected_controls
        return weakness(location.cwe, expected[0] if expected else None)

    def points(self, location: ConcernLocation) -> tuple[EntryPoint, ...]:
        """The entry points that lead to a place."""
        return tuple(self._points[p] for p in location.entry_points if p in self._points)

    def spans(self, location: ConcernLocation) -> tuple[tuple[str, int, int], ...]:
        """The functions that run around a place, as (path, first, last line): the one that holds it and the handlers that lead there."""
        place = (location.evidence.path, location.evidence.start)
        if place not in self._around:
            self._around[place] = self._enclosing(location)
        own = self._around[place]
        handlers = [(p.code.file, p.code.line, p.code.end) for p in self.points(location) if p.code]
        return tuple(dict.fromkeys([*([own] if own else []), *handlers]))

    def _enclosing(self, location: ConcernLocation) -> tuple[str, int, int] | None:
        module = self.project.module(location.evidence.path)
        if module is None:
            return None
        line = location.evidence.start
        around = [n for n in between(module.body, line, line) if isinstance(n, Function) and n.line <= line <= n.end]
        inner = max(around, key=lambda n: n.line, default=None)
        return (location.evidence.path, inner.line, inner.end) if inner else None

    @cached_property
    def _around(self) -> dict[tuple[str, int], tuple[str, int, int] | None]:
        """What was found around each place: every category asks again."""
        return {}

    def calls(self, span: tuple[str, int, int]) -> Iterator[tuple[str, int]]:
        """Names that the code between two lines calls or is decorated with, with their lines, in order."""
        path, first, last = span
        module = self.project.module(path)
        if module is None:
            return
        for node in between(module.body, first, last):
            if not (isinstance(node, (Call, Function)) and first <= node.line and node.end <= last):
                continue
            for expression in [node.callee] if isinstance(node, Call) else [d.callee if isinstance(d, Call) else d for d in node.decorators]:
                name = dotted(expression)
                if name:
                    yield name, expression.line

    def recognizes(self, category: ControlCategory, location: ConcernLocation, name: str) -> bool:
        """Whether a control of this name counts: for the primary category the catalog may ask for one specific control."""
        kind = self.kind(location)
        if category is kind.controls[0] and kind.recognize:
            return re.search(kind.recognize, snake(name)) is not None
        return True

    def named_like(self, category: ControlCategory, name: str) -> bool:
        """Whether a call bears a name that controls of the category bear."""
        return categories()[category].recognizes(name)
