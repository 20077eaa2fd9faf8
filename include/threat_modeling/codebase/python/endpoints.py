"""From a registration to routes: what served methods, places, guards and parameters make of it, the same for each framework."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from threat_modeling.codebase.observations import Route
from threat_modeling.codebase.python.guards import Guards
from threat_modeling.codebase.python.handlers import braced, distinct, handler, path_parameters, read_parameters
from threat_modeling.codebase.python.routers import Placement, joined
from threat_modeling.codebase.python.views import Served, view_methods

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from threat_modeling.codebase.observations import EntryPointType, Guard, Parameter
    from threat_modeling.codebase.project import Project
    from threat_modeling.codebase.python.scopes import Scope
    from threat_modeling.codebase.python.views import View
    from threat_modeling.codebase.syntax import Expression, Node


@dataclass(frozen=True)
class Registration:
    """One registration at a node of a file; `path` has its parameters as `<type:name>` or `{name:type}`."""

    scope: Scope
    node: Node
    path: str
    methods: tuple[str, ...] = ()
    """Empty where the view says which it serves."""
    type: EntryPointType = "http"
    guards: tuple[Guard, ...] = ()


class Endpoints:
    """Makes the routes of one framework in one project."""

    def __init__(self, project: Project, framework: str) -> None:
        self._project = project
        self._framework = framework
        self.guards = Guards(project)

    def of(
        self,
        registration: Registration,
        target: View | None,
        places: Iterable[Placement] = (Placement(""),),
        decorators: tuple[Expression, ...] = (),
        default: str = "GET",
    ) -> Iterator[Route]:
        """The routes of a registered view at each place where its router stands; one route a method for a view that can't be seen."""
        if target is None:
            for method in registration.methods or (default,):
                yield from self.served(registration, method, None, places)
            return
        for served in view_methods(target, registration.methods, default):
            own = tuple(self.guards.of(target.scope, (*target.wrappers, *decorators, *served.decorators), "route"))
            yield from self.served(registration, served.method, served, places, own)

    def served(
        self,
        registration: Registration,
        method: str,
        served: Served | None,
        places: Iterable[Placement] = (Placement(""),),
        own: tuple[Guard, ...] = (),
        parameters: tuple[Parameter, ...] = (),
    ) -> Iterator[Route]:
        """One method of a registration at each place; `own` are guards of this route alone."""
        scope, node = registration.scope, registration.node
        evidence = self._project.evidence(scope.module.path, node.line, node.end)
        guards = (*registration.guards, *own, *(served.guards(self.guards) if served is not None else ()))
        read = (*parameters, *(read_parameters(served.function) if served is not None else ()))
        for place in places:
            path = joined(place.prefix, registration.path)
            yield Route(
                type=registration.type,
                method=method,
                path=braced(path),
                framework=self._framework,
                handler=handler(served.scope.module, served.function, served.name) if served is not None else None,
                registration=evidence,
                parameters=distinct((*path_parameters(path), *read)),
                guards=self.guards.covering((*place.guards, *guards), braced(path), served.function.name if served is not None else ""),
            )
