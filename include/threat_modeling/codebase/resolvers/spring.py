"""Spring MVC and WebFlux: annotated controllers, with their interfaces, prefixes, base paths and security."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.jvm.classes import modules_of, places
from threat_modeling.codebase.jvm.paths import joined, template
from threat_modeling.codebase.jvm.routes import Reading, Served, declared_parameters, handler_of, reading, route
from threat_modeling.codebase.jvm.spring.base import base_path
from threat_modeling.codebase.jvm.spring.mappings import class_mapping, is_controller, served
from threat_modeling.codebase.jvm.spring.security import Security

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.jvm.classes import Place
    from threat_modeling.codebase.jvm.routes import Source
    from threat_modeling.codebase.observations import Route
    from threat_modeling.codebase.project import Project

LANGUAGES: Final = ("java", "kotlin")
KEYWORDS: Final = ("Mapping", "Controller", "Exchange")

SOURCES: Final[dict[str, Source]] = {
    "PathVariable": "path",
    "RequestParam": "query",
    "RequestBody": "body",
    "ModelAttribute": "body",
    "RequestHeader": "header",
    "CookieValue": "cookie",
    "RequestPart": "file",
    "MatrixVariable": "path",
}
_WITHOUT_BODY: Final = frozenset({"GET", "HEAD", "DELETE", "OPTIONS", "ANY"})
"""Methods whose @RequestParam is in the address; where there is a body, a form carries it."""
_FILES: Final = frozenset({"MultipartFile", "FilePart", "Part"})


def routes(project: Project) -> Iterator[Route]:
    """The routes of every controller."""
    read = reading(project)
    security: Security | None = None
    for module in modules_of(project, ("@Controller", "@RestController", "Controller", "Mapping")):
        for place in places(module):
            if is_controller(read, place):
                security = security or Security(read)
                yield from _controller(read, security, place)


def _controller(read: Reading, security: Security, place: Place) -> Iterator[Route]:
    whole = class_mapping(read, place)
    base = base_path(read, place)
    for method, found in served(read, place):
        for prefix in whole.paths:
            for own in found.paths:
                path = template(joined(prefix, own))
                for verb in found.verbs or whole.verbs or ("ANY",):
                    yield _route(read, security, method, verb, path, base)


def _route(read: Reading, security: Security, method: Served, verb: str, path: str, base: str) -> Route:
    sources = SOURCES if verb in _WITHOUT_BODY else {**SOURCES, "RequestParam": "body"}
    parameters = [
        parameter.model_copy(update={"source": "file"}) if parameter.type in _FILES else parameter
        for parameter in declared_parameters(read, method, sources)
    ]
    return route(
        read.project,
        "spring",
        verb,
        joined(base, path),
        (method.owner.module.path, method.method),
        handler=handler_of(method.owner, method.method),
        parameters=parameters,
        guards=security.of(method, verb, path),
    )
