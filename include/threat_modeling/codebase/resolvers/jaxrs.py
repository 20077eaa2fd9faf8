"""JAX-RS: annotated resources, as Jersey, RESTEasy, CXF, Quarkus, Dropwizard and Helidon MP serve them; WebSocket endpoints."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.jvm.annotations import find
from threat_modeling.codebase.jvm.classes import modules_of, places
from threat_modeling.codebase.jvm.jaxrs.applications import Applications
from threat_modeling.codebase.jvm.jaxrs.guards import Guarding
from threat_modeling.codebase.jvm.jaxrs.resources import Resource, resources, root_path
from threat_modeling.codebase.jvm.paths import joined, template
from threat_modeling.codebase.jvm.routes import Reading, Served, declared_parameters, handler_of, reading, route

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.jvm.classes import Place
    from threat_modeling.codebase.jvm.routes import Source
    from threat_modeling.codebase.observations import Route
    from threat_modeling.codebase.project import Project

LANGUAGES: Final = ("java", "kotlin")
KEYWORDS: Final = ("ws.rs", "ServerEndpoint", "AssetsBundle")

_SOURCES: Final[dict[str, Source]] = {
    **dict.fromkeys(("PathParam", "RestPath", "MatrixParam"), "path"),
    **dict.fromkeys(("QueryParam", "RestQuery"), "query"),
    **dict.fromkeys(("HeaderParam", "RestHeader"), "header"),
    **dict.fromkeys(("CookieParam", "RestCookie"), "cookie"),
    **dict.fromkeys(("FormParam", "RestForm", "FormDataParam"), "body"),
    **dict.fromkeys(("BeanParam", "MultipartForm"), "body"),
}
_CONTEXTS: Final = ("Context", "SecurityContext", "UriInfo", "HttpHeaders", "AsyncResponse", "Suspended", "Request", "Session", "SseEventSink", "Sse")
_VERBS_WITH_BODY: Final = frozenset({"POST", "PUT", "PATCH", "QUERY"})


def routes(project: Project) -> Iterator[Route]:
    """The routes of every root resource, and WebSocket endpoints."""
    read = reading(project)
    applications: Applications | None = None
    guarding: Guarding | None = None
    for module in modules_of(project, ("Path", "ServerEndpoint", "ws.rs")):
        for place in places(module):
            yield from _socket(read, place)
            own = root_path(read, place) if _uses_jaxrs(read, place) else None
            if own is None:
                continue
            applications = applications or Applications(read)
            guarding = guarding or Guarding(read)
            for resource in resources(read, place, joined(own)):
                yield _route(read, guarding, resource, applications.path(place))
    yield from _assets(read)


def _uses_jaxrs(read: Reading, place: Place) -> bool:
    """Whether the file of a class or of one of its ancestors imports JAX-RS."""
    return any("ws.rs" in (read.project.text(each.module.path) or "") for each in (place, *read.types.ancestors(place)))


def _route(read: Reading, guarding: Guarding, resource: Resource, base: str) -> Route:
    served = resource.served
    path = template(joined(base, resource.path))
    body = resource.verb in _VERBS_WITH_BODY
    return route(
        read.project,
        "jax-rs",
        resource.verb,
        path,
        (served.owner.module.path, served.method),
        handler=handler_of(served.owner, served.method),
        parameters=declared_parameters(read, served, _SOURCES, body=body, contexts=_CONTEXTS),
        guards=guarding.of(served, path),
    )


def _socket(read: Reading, place: Place) -> Iterator[Route]:
    """`@ServerEndpoint("/chat/{room}")`: the message's method is the handler."""
    mark = find(place, place.node.decorators, ("ServerEndpoint", "WebSocket"))
    path = read.constants.text(place, mark.argument("value", "path")) if mark is not None else None
    if mark is None or path is None or (mark.name == "WebSocket" and "quarkus.websockets" not in (read.project.text(place.module.path) or "")):
        return
    marked = (m for name in ("OnMessage", "OnTextMessage", "OnOpen") for m in place.methods() if find(place, m.decorators, (name,)) is not None)
    method = next(marked, None)
    served = Served(place, place, method) if method is not None else None
    yield route(
        read.project,
        "websocket",
        "GET",
        template(joined(path)),
        (place.module.path, mark.node),
        handler=handler_of(place, method) if method is not None else None,
        parameters=declared_parameters(read, served, {"PathParam": "path"}) if served is not None else (),
        kind="websocket",
    )


def _assets(read: Reading) -> Iterator[Route]:
    """Dropwizard's bundles of files: `new AssetsBundle("/folder", "/path")`."""
    from threat_modeling.codebase.jvm.jaxrs.assets import bundles  # noqa: PLC0415

    for path, module, node in bundles(read):
        yield route(read.project, "dropwizard", "GET", path, (module, node))
