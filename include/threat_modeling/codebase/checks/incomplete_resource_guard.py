"""Generated endpoints of a resource that are guarded for one method and forgotten for another.

CWE-862. For endpoints without code of their own (a framework derives them from a model): a change of existing records is open although
creating or deleting them asks for an identity. Endpoints with handlers are the other checks' matter.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.handlers.application import applications
from threat_modeling.codebase.observations import Weakness
from threat_modeling.model import ControlCategory

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from threat_modeling.codebase.observations import Route
    from threat_modeling.codebase.project import Project

_CHANGES: Final = frozenset({"PUT", "PATCH", "DELETE"})
_GUARDS: Final = frozenset({ControlCategory.AUTHENTICATION, ControlCategory.AUTHORIZATION})


def check(project: Project, routes: Sequence[Route]) -> Iterator[Weakness]:
    """One weakness for each place that generates such endpoints; its message names them."""
    coded = {handler.name for app in applications(project, routes) for handler in app.handlers}
    resources: dict[tuple[str, int, str], list[Route]] = defaultdict(list)
    for route in routes:
        if f"{route.method} {route.path}" not in coded and not route.documented_only and route.type == "http":
            base = route.path.split("/{")[0]
            resources[route.registration.path, route.registration.start, base].append(route)
    forgotten: dict[tuple[str, int], list[Route]] = defaultdict(list)
    for (path, line, _), group in sorted(resources.items()):
        forgotten[path, line] += _forgotten(group)
    for place in sorted(forgotten):
        if forgotten[place]:
            yield _weakness(forgotten[place])


def _forgotten(group: list[Route]) -> list[Route]:
    guarded = [route for route in group if _guarded(route) and route.method not in {"GET", "HEAD"}]
    return [route for route in group if guarded and route.method in _CHANGES and not _guarded(route)]


def _guarded(route: Route) -> bool:
    return any(guard.category in _GUARDS for guard in route.guards)


def _weakness(routes: list[Route]) -> Weakness:
    names = sorted(f"{route.method} {route.path}" for route in routes)
    return Weakness(
        rule="incomplete-resource-guard",
        title="Method of a guarded resource without a guard",
        message=f"{', '.join(names[:5])}: open to anybody, while other changes of the same resource are guarded. "
        "Looked for authentication and authorization in application, router and route guards.",
        cwe="CWE-862",
        weakness_class="missing-authorization",
        category=ControlCategory.AUTHORIZATION,
        evidence=routes[0].registration,
        route=names[0],
    )
