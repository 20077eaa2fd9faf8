"""Spring's other entry points: GraphQL controllers, messages over STOMP, WebSocket endpoints."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.jvm.annotations import Annotation, annotations_of, find
from threat_modeling.codebase.jvm.calls import in_order, method_of
from threat_modeling.codebase.jvm.classes import Place, modules_of, places, simple
from threat_modeling.codebase.jvm.paths import joined, template
from threat_modeling.codebase.jvm.routes import Reading, Served, declared_parameters, handler_of, reading, route
from threat_modeling.codebase.jvm.spring.base import base_path
from threat_modeling.codebase.jvm.spring.security import Security

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.observations import Route
    from threat_modeling.codebase.project import Project
    from threat_modeling.codebase.syntax import Function

LANGUAGES: Final = ("java", "kotlin")
KEYWORDS: Final = ("QueryMapping", "SchemaMapping", "MessageMapping", "StompEndpoint", "WebSocketHandlerRegistry", "DgsComponent")

_ROOTS: Final = {
    **dict.fromkeys(("QueryMapping", "DgsQuery"), "Query"),
    **dict.fromkeys(("MutationMapping", "DgsMutation"), "Mutation"),
    **dict.fromkeys(("SubscriptionMapping", "DgsSubscription"), "Subscription"),
    **dict.fromkeys(("SchemaMapping", "BatchMapping", "DgsData"), ""),
}
_MESSAGES: Final = {"MessageMapping": "SEND", "SubscribeMapping": "SUBSCRIBE"}


def routes(project: Project) -> Iterator[Route]:
    """Fields of GraphQL, destinations of messages and the endpoints that connections are made to."""
    modules = list(modules_of(project, KEYWORDS))
    if not modules:
        return
    read = reading(project)
    security = Security(read)
    for module in modules:
        for place in places(module):
            for method in place.methods():
                yield from _graphql(read, security, place, method)
                yield from _message(read, place, method)
                yield from _endpoints(read, security, place, method)


def _graphql(read: Reading, security: Security, place: Place, method: Function) -> Iterator[Route]:
    mark = find(place, method.decorators, tuple(_ROOTS))
    if mark is None:
        return
    path = read.settings.first(place.module.path, "spring.graphql.path", "spring.graphql.http.path", "dgs.graphql.path") or "/graphql"
    field = read.constants.text(place, mark.argument("name", "field", "value")) or method.name
    owner = _ROOTS[mark.name] or _type_name(read, place, method, mark)
    served = Served(place, place, method)
    yield route(
        read.project,
        "spring-graphql",
        "POST",
        f"{joined(base_path(read, place), path)}#{owner}.{field}",
        (place.module.path, method),
        handler=handler_of(place, method),
        parameters=declared_parameters(read, served, {"Argument": "body", "InputArgument": "body"}),
        guards=security.of(served, "POST", path),
        kind="graphql",
    )


def _type_name(read: Reading, place: Place, method: Function, mark: Annotation) -> str:
    """The type that a field belongs to: as given, of the class, or of the first parameter."""
    given = read.constants.text(place, mark.argument("typeName", "parentType"))
    if not given:
        whole = find(place, place.node.decorators, ("SchemaMapping",))
        given = read.constants.text(place, whole.argument("typeName", "value")) if whole is not None else None
    if given:
        return given
    first = method.parameters[0].annotation if method.parameters else None
    index = getattr(first, "index", None)
    return simple(index if simple(first) in {"List", "Set", "Collection"} and index is not None else first) or "Query"


def _message(read: Reading, place: Place, method: Function) -> Iterator[Route]:
    for mark in annotations_of(place, method.decorators):
        if mark.name not in _MESSAGES:
            continue
        whole = find(place, place.node.decorators, ("MessageMapping",))
        before = read.constants.texts(place, whole.argument("value")) if whole is not None else []
        served = Served(place, place, method)
        for own in read.constants.texts(place, mark.argument("value")) or [""]:
            yield route(
                read.project,
                "spring-messaging",
                _MESSAGES[mark.name],
                template(joined(_application_prefix(read), *before[:1], own)),
                (place.module.path, method),
                handler=handler_of(place, method),
                parameters=declared_parameters(read, served, {"DestinationVariable": "path", "Payload": "body", "Header": "header"}),
                kind="websocket",
            )


def _application_prefix(read: Reading) -> str:
    """`registry.setApplicationDestinationPrefixes("/app")`."""
    for module in modules_of(read.project, ("ApplicationDestinationPrefixes",)):
        for place in places(module):
            for call in in_order(place.node.body):
                if method_of(call) == "setApplicationDestinationPrefixes" and call.arguments:
                    return read.constants.text(place, call.arguments[0]) or ""
    return ""


def _endpoints(read: Reading, security: Security, place: Place, method: Function) -> Iterator[Route]:
    """`registry.addEndpoint("/ws")` of STOMP, `registry.addHandler(handler, "/ws")` of plain WebSockets."""
    kinds = {simple(parameter.annotation) for parameter in method.parameters}
    if not kinds & {"StompEndpointRegistry", "WebSocketHandlerRegistry"}:
        return
    for call in in_order(method.body):
        if method_of(call) not in {"addEndpoint", "addHandler"}:
            continue
        for argument in call.arguments[method_of(call) == "addHandler" :]:
            for path in read.constants.texts(place, argument):
                whole = template(joined(base_path(read, place), path))
                guards = security.of(Served(place, place, method), "GET", template(joined(path)))
                yield route(read.project, "spring-websocket", "GET", whole, (place.module.path, call), guards=guards, kind="websocket")
