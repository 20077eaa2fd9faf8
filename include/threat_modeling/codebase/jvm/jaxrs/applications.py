"""The applications of JAX-RS in a target, and the path that stands before the resources of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from threat_modeling.codebase.jvm.annotations import find
from threat_modeling.codebase.jvm.classes import modules_of, places
from threat_modeling.codebase.jvm.paths import joined
from threat_modeling.codebase.jvm.spring.security import build_of
from threat_modeling.codebase.jvm.web_xml import descriptors
from threat_modeling.codebase.syntax import Attribute, Call, Import, walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.jvm.classes import Place
    from threat_modeling.codebase.jvm.routes import Reading

_CONTAINERS = ("ServletContainer", "HttpServletDispatcher", "CXFNonSpringJaxrsServlet", "CXFServlet", "ServletDispatcher")


@dataclass(frozen=True, slots=True)
class Base:
    """A path that counts for resources of a package (and those below it) in one build."""

    build: str
    package: str
    path: str


class Applications:
    """Tells which path stands before a resource."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._bases = [*self._declared(), *self._containers(), *self._urls()]

    def path(self, place: Place) -> str:
        """The path before all resources of the application that a class belongs to."""
        file, package = place.module.path, package_of(place)
        settings = self._reading.settings
        outer = settings.first(file, "quarkus.http.root-path", "server.applicationContextPath", "server.servlet.context-path")
        own = settings.first(
            file, "quarkus.rest.path", "quarkus.resteasy-reactive.path", "quarkus.resteasy.path", "spring.jersey.application-path", "server.rootPath"
        )
        candidates = [base for base in self._bases if file.startswith(base.build)]
        nearest = [base for base in candidates if len(base.build) == max(len(each.build) for each in candidates)]
        chosen = max(nearest, key=lambda base: _shared(base.package, package), default=None)
        return joined(outer, own.removesuffix("*") if own else chosen.path if chosen is not None else "")

    def _declared(self) -> Iterator[Base]:
        """Classes with @ApplicationPath, and applications that a web.xml maps."""
        mapped = [servlet for descriptor in descriptors(self._reading.project) for servlet in descriptor.servlets if servlet.patterns]
        for module in modules_of(self._reading.project, ("ApplicationPath", "Application")):
            for place in places(module):
                package = package_of(place)
                mark = find(place, place.node.decorators, ("ApplicationPath",))
                full = f"{package}.{place.node.name}"
                servlet = next((each for each in mapped if full in {each.name, each.class_name}), None)
                if servlet is not None:
                    yield Base(build_of(module.path), package, servlet.patterns[0].removesuffix("*"))
                elif mark is not None:
                    yield Base(build_of(module.path), package, (self._reading.constants.text(place, mark.argument("value")) or "").removesuffix("*"))

    def _containers(self) -> Iterator[Base]:
        """A container of Jersey, RESTEasy or CXF that a web.xml maps."""
        for descriptor in descriptors(self._reading.project):
            for servlet in descriptor.servlets:
                if servlet.class_name.endswith(_CONTAINERS) and servlet.patterns:
                    yield Base(descriptor.root, "", servlet.patterns[0].removesuffix("*"))

    def _urls(self) -> Iterator[Base]:
        """Dropwizard's `environment.jersey().setUrlPattern("/api/*")`."""
        for module in modules_of(self._reading.project, ("setUrlPattern",)):
            for place in places(module):
                for node in walk(place.node.body):
                    if isinstance(node, Call) and isinstance(node.callee, Attribute) and node.callee.name == "setUrlPattern" and node.arguments:
                        text = self._reading.constants.text(place, node.arguments[0])
                        if text is not None:
                            yield Base(build_of(module.path), "", text.removesuffix("*"))


def package_of(place: Place) -> str:
    """The package of a class, "" for the default one."""
    return next((node.module for node in place.module.body if isinstance(node, Import) and node.name == "*"), "")


def _shared(left: str, right: str) -> int:
    """How many parts two packages have in common at the beginning."""
    count = 0
    for one, other in zip(left.split("."), right.split("."), strict=False):
        if one != other:
            break
        count += 1
    return count
