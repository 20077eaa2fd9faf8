"""Wicket: mounted pages, packages and resources, mount annotations, REST resources of WicketStuff."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar, Final

from threat_modeling.codebase.jvm.annotations import Annotation, annotations_of, find
from threat_modeling.codebase.jvm.classes import Place, modules_of, places, simple, written
from threat_modeling.codebase.jvm.dsl import Context, Dsl
from threat_modeling.codebase.jvm.paths import joined, template
from threat_modeling.codebase.jvm.routes import Served, declared_parameters, handler_of, route
from threat_modeling.codebase.observations import Guard
from threat_modeling.codebase.syntax import Assign, Call, Class, dotted
from threat_modeling.model import ControlCategory

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.observations import Route
    from threat_modeling.codebase.project import Project

LANGUAGES: Final = ("java", "kotlin")
KEYWORDS: Final = ("org.apache.wicket", "org.wicketstuff")

_PARAMETER: Final = re.compile(r"[$#]\{([^}]*)\}")
_MAPPERS: Final = frozenset({"MountedMapper", "PackageMapper", "ResourceMapper", "MountMapper"})
_MOUNTS: Final = frozenset({"mountPage", "mountPackage", "mountResource", "mountSharedResource"})
_VERBS: Final = frozenset({"get", "post", "put", "delete", "patch", "options", "head"})


class Wicket(Dsl):
    """What the calls of an application's `init` mean."""

    framework: ClassVar[str] = "wicket"
    keywords: ClassVar[tuple[str, ...]] = KEYWORDS
    words: ClassVar[frozenset[str]] = _MOUNTS | {"mount", "add"}

    def visit(self, call: Call, name: str, context: Context) -> bool:
        """Mounts by the application's methods, by mappers, and of lambdas."""
        path = self.text(context, call.arguments[0]) if call.arguments else None
        made = simple(call.callee) if call.new else ""
        if path is None or (len(call.arguments) < 2):
            return False
        if name == "mountResource":
            self._resource(path, call, context)
        elif name in _MOUNTS or made in _MAPPERS:
            below = "/**" if name == "mountPackage" or made == "PackageMapper" else ""
            self.add("GET", f"{_path(path)}{below}", call, context)
        elif name in _VERBS and "mounter" in dotted(getattr(call.callee, "object", None)).lower():
            self.add(name, _path(path), call, context, call.arguments[1])
        else:
            return False
        return True

    def _resource(self, path: str, call: Call, context: Context) -> None:
        """A REST resource serves its methods below the mount; any other is one file."""
        services = [found for found in self._resources_in(call, context) if list(mapped(self, found))]
        for place in services:
            for verb, own, method in mapped(self, place):
                self.found.append(rest_route(self, place, verb, joined(_path(path), own), method))
        if not services:
            self.add("GET", _path(path), call, context)

    def _resources_in(self, call: Call, context: Context) -> Iterator[Place]:
        """The classes of what a reference holds: a field of the class without a name, or what is made in place."""
        reference = call.arguments[1]
        body = reference.callee.body if isinstance(reference, Call) and isinstance(reference.callee, Class) else ()
        made = [member.value for member in body if isinstance(member, Assign) and isinstance(member.value, Call)]
        for value in [*made, *([reference] if isinstance(reference, Call) else [])]:
            found = self.read.types.find(context.place, written(value.callee))
            if found is not None:
                yield found


def mapped(dialect: Wicket, place: Place) -> Iterator[tuple[str, str, object]]:
    """(verb, path, method) of each @MethodMapping of a class."""
    for method in place.methods():
        mark = find(place, method.decorators, ("MethodMapping",))
        if mark is not None:
            verb = dotted(mark.argument("httpMethod")).rpartition(".")[2] or "GET"
            yield verb, dialect.read.constants.text(place, mark.argument("value")) or "", method


def rest_route(dialect: Wicket, place: Place, verb: str, path: str, method: object) -> Route:
    """One method of a REST resource."""
    served = Served(place, place, method)  # type: ignore[arg-type]
    roles = find(place, served.method.decorators, ("AuthorizeInvocation",))
    return route(
        dialect.read.project,
        "wicket",
        verb,
        template(path),
        (place.module.path, served.method),
        handler=handler_of(place, served.method),
        parameters=declared_parameters(dialect.read, served, {"RequestParam": "query", "RequestBody": "body", "HeaderParam": "header"}),
        guards=_authorized(dialect, place, roles),
    )


def _authorized(dialect: Wicket, place: Place, mark: Annotation | None) -> Iterator[Guard]:
    if mark is not None:
        evidence = dialect.read.project.evidence(place.module.path, mark.node.line, mark.node.end)
        for category in (ControlCategory.AUTHENTICATION, ControlCategory.AUTHORIZATION):
            yield Guard(category=category, name=f"@{mark.name}", scope="route", evidence=evidence)


def _path(text: str) -> str:
    return joined(_PARAMETER.sub(r"{\1}", text))


def routes(project: Project) -> Iterator[Route]:
    """The mounts of every application, annotated pages and REST resources."""
    dialect = Wicket(project)
    yield from dialect.routes()
    for module in modules_of(project, KEYWORDS):
        for place in places(module):
            yield from _annotated(dialect, place)


def _annotated(dialect: Wicket, place: Place) -> Iterator[Route]:
    for mark in annotations_of(place, place.node.decorators):
        if mark.name == "MountPath":
            own = dialect.read.constants.texts(place, mark.argument("value")) or [place.node.name]
            for path in (*own, *dialect.read.constants.texts(place, mark.argument("alt"))):
                constructor = place.method("constructor")
                handler = handler_of(place, constructor) if constructor is not None else None
                guards = _authorized(dialect, place, find(place, place.node.decorators, ("AuthorizeInstantiation",)))
                yield route(dialect.read.project, "wicket", "GET", _path(path), (place.module.path, mark.node), handler=handler, guards=guards)
        elif mark.name == "ResourcePath":
            prefix = dialect.read.constants.text(place, mark.argument("value")) or ""
            for verb, own_path, method in mapped(dialect, place):
                yield rest_route(dialect, place, verb, joined(prefix, own_path), method)
