"""Handlers that run before routes whose path matches: those that turn callers away are guards."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from threat_modeling.codebase.jvm.paths import joined
from threat_modeling.codebase.jvm.refusals import refuses
from threat_modeling.codebase.observations import Guard, Route
from threat_modeling.codebase.syntax import dotted
from threat_modeling.model import ControlCategory

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from threat_modeling.codebase.jvm.dsl import Context, Dsl
    from threat_modeling.codebase.syntax import Expression, Node

_ANYBODY = ("ANYONE", "EVERYONE", "ANONYMOUS", "PUBLIC", "OPEN", "UNAUTHENTICATED", "GUEST")


@dataclass(slots=True)
class Befores:
    """The handlers of one project, each with the path that it covers; `/a/*` covers all that is below."""

    found: list[tuple[str, str, Guard]] = field(default_factory=list)

    def add(self, dsl: Dsl, context: Context, path: str, handler: object, call: Node) -> None:
        """Take note of a handler that turns callers away."""
        served = dsl.handler(handler, context)
        if served is None or not refuses(*served):
            return
        pattern = joined(context.prefix, path)
        evidence = dsl.read.project.evidence(context.place.module.path, call.line, call.end)
        whole = pattern.strip("/") in {"*", "**"} or path == "*"
        guard = Guard(category=ControlCategory.AUTHENTICATION, name="before", scope="application" if whole else "router", evidence=evidence)
        self.found.append((context.place.module.path, "/*" if whole and not context.prefix.strip("/") else pattern, guard))

    def roles(self, dsl: Dsl, context: Context, roles: Sequence[Expression]) -> Iterator[Guard]:
        """Roles that a registration names beside its handler; a role for anybody is none."""
        for role in roles:
            name = dotted(role).rpartition(".")[2]
            if name and name.upper() not in _ANYBODY:
                evidence = dsl.read.project.evidence(context.place.module.path, role.line, role.end)
                for category in (ControlCategory.AUTHENTICATION, ControlCategory.AUTHORIZATION):
                    yield Guard(category=category, name=dotted(role), scope="route", evidence=evidence)

    def covering(self, routes: Iterable[Route]) -> Iterator[Route]:
        """The routes, each with the guards of its file's application that cover its path."""
        for route in routes:
            guards = [guard for file, pattern, guard in self.found if file == route.registration.path and _covers(pattern, route.path)]
            yield route.model_copy(update={"guards": (*guards, *route.guards)}) if guards else route


def _covers(pattern: str, path: str) -> bool:
    if pattern.endswith("*"):
        base = pattern.rstrip("*").rstrip("/")
        return path == base or path.startswith(f"{base}/")
    return pattern == path
