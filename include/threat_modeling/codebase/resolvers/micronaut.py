"""Micronaut: annotated controllers with their interfaces, base paths, security annotations and URL map; WebSocket servers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.jvm.annotations import Annotation, annotations_of, find
from threat_modeling.codebase.jvm.classes import modules_of, places
from threat_modeling.codebase.jvm.paths import joined, template
from threat_modeling.codebase.jvm.routes import Reading, Served, declared_parameters, handler_of, reading, route
from threat_modeling.codebase.observations import Guard
from threat_modeling.codebase.syntax import Function, walk
from threat_modeling.codebase.syntax import Literal as Constant
from threat_modeling.model import ControlCategory

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.jvm.classes import Place
    from threat_modeling.codebase.jvm.routes import Source
    from threat_modeling.codebase.observations import Route
    from threat_modeling.codebase.project import Project

LANGUAGES: Final = ("java", "kotlin")
KEYWORDS: Final = ("io.micronaut",)

_VERBS: Final = {
    **{name: name.upper() for name in ("Get", "Post", "Put", "Delete", "Patch", "Head", "Options", "Trace")},
    "CustomHttpMethod": "",
}
_SOURCES: Final[dict[str, Source]] = {
    **dict.fromkeys(("PathVariable",), "path"),
    **dict.fromkeys(("QueryValue", "RequestBean"), "query"),
    **dict.fromkeys(("Body",), "body"),
    **dict.fromkeys(("Header",), "header"),
    **dict.fromkeys(("CookieValue",), "cookie"),
    **dict.fromkeys(("Part",), "body"),
}
_SOCKETS: Final = ("OnMessage", "OnOpen")


def routes(project: Project) -> Iterator[Route]:
    """The routes of every controller and WebSocket server."""
    read = reading(project)
    for module in modules_of(project, KEYWORDS):
        for place in places(module):
            controller = find(place, place.node.decorators, ("Controller",))
            if controller is not None and not place.has("annotation"):
                yield from _controller(read, place, controller)
            socket = find(place, place.node.decorators, ("ServerWebSocket",))
            if socket is not None:
                yield from _socket(read, place, socket)


def _controller(read: Reading, place: Place, mark: Annotation) -> Iterator[Route]:
    base = joined(read.settings.first(place.module.path, "micronaut.server.context-path"), _text(read, mark, "value", "uri") or "")
    seen: set[tuple[str, int]] = set()
    lineage = [place, *read.types.ancestors(place)]
    for owner in lineage:
        for method in owner.methods():
            key = (method.name, len(method.parameters))
            found = [each for each in annotations_of(owner, method.decorators) if each.name in _VERBS]
            if not found or key in seen:
                continue
            seen.add(key)
            served = _running(place, lineage, owner, method)
            for each in found:
                for own in _uris(read, owner, method, each):
                    yield _route(read, served, _verb(read, each), template(joined(base, own)))


def _verb(read: Reading, mark: Annotation) -> str:
    return _VERBS[mark.name] or (_text(read, mark, "method") or "ANY").upper()


def _uris(read: Reading, owner: Place, method: Function, mark: Annotation) -> list[str]:
    """The paths of a method: `value`, `uri`, `uris`, or a @UriMapping beside it."""
    given = mark.argument("uris") or mark.argument("value", "uri")
    texts = [read.settings.filled(owner.module.path, text) for text in read.constants.texts(owner, given)]
    for each in annotations_of(owner, method.decorators):
        if each.name == "UriMapping":
            texts += read.constants.texts(owner, each.argument("value"))
    return texts or [""]


def _running(place: Place, lineage: list[Place], owner: Place, method: Function) -> Served:
    """The method with a body behind a declaration."""
    for other in lineage:
        own = next((m for m in other.methods() if m.name == method.name and len(m.parameters) == len(method.parameters) and m.body), None)
        if own is not None:
            return Served(place, other, own)
    return Served(place, owner, method)


def _route(read: Reading, served: Served, verb: str, path: str) -> Route:
    path = path.partition("{?")[0] or "/"
    return route(
        read.project,
        "micronaut",
        verb,
        path,
        (served.owner.module.path, served.method),
        handler=handler_of(served.owner, served.method),
        parameters=declared_parameters(read, served, _SOURCES),
        guards=_guards(read, served),
    )


def _guards(read: Reading, served: Served) -> Iterator[Guard]:
    for scope, place, decorators in (("route", served.owner, served.method.decorators), ("router", served.place, served.place.node.decorators)):
        found = find(place, decorators, ("Secured", "RolesAllowed", "PermitAll", "DenyAll"))
        if found is None:
            continue
        for category in _categories(found):
            evidence = read.project.evidence(place.module.path, found.node.line, found.node.end)
            yield Guard(category=category, name=f"@{found.name}", scope="route" if scope == "route" else "router", evidence=evidence)
        return


def _categories(found: Annotation) -> tuple[ControlCategory, ...]:
    """`@Secured(SecurityRule.IS_ANONYMOUS)` is open, `IS_AUTHENTICATED` needs a caller, anything else a role."""
    if found.name == "PermitAll":
        return ()
    words = {getattr(node, "name", getattr(node, "id", "")) for node in walk(found.node)}
    words |= {str(node.value) for node in walk(found.node) if isinstance(node, Constant)}
    if words & {"IS_ANONYMOUS", "isAnonymous()"}:
        return ()
    if words & {"IS_AUTHENTICATED", "isAuthenticated()"}:
        return (ControlCategory.AUTHENTICATION,)
    return (ControlCategory.AUTHENTICATION, ControlCategory.AUTHORIZATION)


def _socket(read: Reading, place: Place, mark: Annotation) -> Iterator[Route]:
    path = template(joined(read.settings.first(place.module.path, "micronaut.server.context-path"), _text(read, mark, "value", "uri") or "/ws"))
    method = next((m for m in place.methods() if find(place, m.decorators, _SOCKETS) is not None), None)
    handler = handler_of(place, method) if method is not None else None
    yield route(read.project, "micronaut", "GET", path, (place.module.path, mark.node), handler=handler, kind="websocket")


def _text(read: Reading, mark: Annotation, *names: str) -> str | None:
    text = read.constants.text(mark.place, mark.argument(*names))
    return None if text is None else read.settings.filled(mark.place.module.path, text)
