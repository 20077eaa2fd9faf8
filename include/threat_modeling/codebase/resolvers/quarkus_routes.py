"""Reactive routes of Quarkus: annotated methods of beans, under the base of their class."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.jvm.annotations import annotations_of, find
from threat_modeling.codebase.jvm.classes import modules_of, places
from threat_modeling.codebase.jvm.jaxrs.guards import Guarding
from threat_modeling.codebase.jvm.paths import joined, template
from threat_modeling.codebase.jvm.routes import Reading, Served, declared_parameters, handler_of, reading, route
from threat_modeling.codebase.syntax import Sequence, dotted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.jvm.annotations import Annotation
    from threat_modeling.codebase.jvm.routes import Source
    from threat_modeling.codebase.observations import Route
    from threat_modeling.codebase.project import Project

LANGUAGES: Final = ("java", "kotlin")
KEYWORDS: Final = ("io.quarkus.vertx.web",)

_SOURCES: Final[dict[str, Source]] = {"Param": "query", "Header": "header", "Body": "body"}


def routes(project: Project) -> Iterator[Route]:
    """The routes of every method with @Route; a filter is none."""
    modules = list(modules_of(project, KEYWORDS))
    if not modules:
        return
    read = reading(project)
    guarding = Guarding(read)
    for module in modules:
        for place in places(module):
            base = find(place, place.node.decorators, ("RouteBase",))
            prefix = read.constants.text(place, base.argument("path")) or "" if base is not None else ""
            outer = read.settings.first(module.path, "quarkus.http.root-path")
            for method in place.methods():
                for mark in annotations_of(place, method.decorators):
                    if mark.name == "Route" and "FAILURE" not in dotted(mark.argument("type")):
                        served = Served(place, place, method)
                        yield from _routes(read, guarding, served, mark, joined(outer, prefix))


def _routes(read: Reading, guarding: Guarding, served: Served, mark: Annotation, base: str) -> Iterator[Route]:
    """A path without one is the method's name; without methods all are served."""
    own = read.constants.text(served.place, mark.argument("path", "regex"))
    path = template(joined(base, own if own is not None else served.method.name))
    given = mark.argument("methods")
    nodes = given.elements if isinstance(given, Sequence) else getattr(given, "arguments", ()) or ((given,) if given is not None else ())
    for verb in [dotted(node).rpartition(".")[2] for node in nodes] or ["ANY"]:
        yield route(
            read.project,
            "quarkus",
            verb,
            path,
            (served.place.module.path, served.method),
            handler=handler_of(served.place, served.method),
            parameters=declared_parameters(read, served, _SOURCES),
            guards=guarding.of(served, path),
        )
