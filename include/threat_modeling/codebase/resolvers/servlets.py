"""Servlets by annotation and by web.xml, and JSP files, with filters and security constraints before them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.jvm.annotations import find
from threat_modeling.codebase.jvm.classes import Place, modules_of, places
from threat_modeling.codebase.jvm.routes import Reading, handler_of, reading, route
from threat_modeling.codebase.jvm.servlet_guards import Filters
from threat_modeling.codebase.jvm.servlet_requests import reads
from threat_modeling.codebase.jvm.web_xml import Mapped, descriptors
from threat_modeling.codebase.naming import is_test
from threat_modeling.codebase.syntax import Node

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.observations import Route
    from threat_modeling.codebase.project import Project
    from threat_modeling.codebase.syntax import Function

LANGUAGES: Final = ("java", "kotlin", "jsp")
KEYWORDS: Final = ("Servlet", "<%", "web-app")

_METHODS: Final = {f"do{name.capitalize()}": name for name in ("GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH", "TRACE")} | {
    "service": "ANY"
}
_PAGES: Final = (".jsp", ".jspx")
_ROOTS: Final = ("webapp", "WebContent", "webroot", "public_html", "web", "www")


def routes(project: Project) -> Iterator[Route]:
    """The routes of every servlet and of every page that a caller can name."""
    read = reading(project)
    filters = Filters(read)
    mapped = [servlet for descriptor in descriptors(project) for servlet in descriptor.servlets if servlet.class_name]
    by_class: dict[str, list[Mapped]] = {}
    for servlet in mapped:
        by_class.setdefault(servlet.class_name.rpartition(".")[2], []).append(servlet)
    for module in modules_of(project, ("Servlet",)):
        for place in places(module):
            yield from _servlet(read, filters, place, by_class.get(place.node.name, []))
    yield from _pages(read, filters)


def _servlet(read: Reading, filters: Filters, place: Place, mapped: list[Mapped]) -> Iterator[Route]:
    methods = [(verb, owner, method) for verb, owner, method in _methods(read, place)]
    if not methods:
        return
    mark = find(place, place.node.decorators, ("WebServlet",))
    if mark is not None:
        for pattern in read.constants.texts(place, mark.argument("urlPatterns", "value")):
            yield from _served(read, filters, methods, pattern, (place.module.path, mark.node))
    for servlet in mapped:
        for pattern in servlet.patterns:
            yield from _served(read, filters, methods, pattern, (servlet.path, Node(servlet.line, servlet.line)))


def _methods(read: Reading, place: Place) -> Iterator[tuple[str, Place, Function]]:
    """What a servlet overrides, itself or in a base class of the target."""
    if place.has("interface") or place.has("abstract"):
        return
    seen: set[str] = set()
    for owner in (place, *read.types.ancestors(place)):
        for method in owner.methods():
            if method.name in _METHODS and method.name not in seen and len(method.parameters) == 2:
                seen.add(method.name)
                yield _METHODS[method.name], owner, method


def _served(read: Reading, filters: Filters, methods: list[tuple[str, Place, Function]], pattern: str, site: tuple[str, Node]) -> Iterator[Route]:
    path = pattern if pattern.startswith("/") else f"/{pattern}"
    for verb, owner, method in methods:
        yield route(
            read.project,
            "servlet",
            verb,
            path,
            site,
            handler=handler_of(owner, method),
            parameters=reads(read, owner, method),
            guards=[*filters.of(owner.module.path, path), *filters.in_handler(owner, method)],
        )


def _pages(read: Reading, filters: Filters) -> Iterator[Route]:
    """JSP files below no WEB-INF: each serves its own path, seen from the folder of the web application."""
    pages = sorted(path for path in read.project.paths if path.endswith(_PAGES) and not is_test(path))
    folders = {path.rpartition("/")[0] for path in pages}
    for path in pages:
        if "/WEB-INF/" in f"/{path}" or "/META-INF/" in f"/{path}":
            continue
        served = "/" + path[len(_root(path, folders)) :]
        yield route(read.project, "jsp", "ANY", served, (path, Node(1, 1)), guards=filters.of(path, served), parameters=())


def _root(path: str, folders: set[str]) -> str:
    """The folder of a page's web application: a usual name, or the outermost folder that holds pages."""
    parts = path.split("/")[:-1]
    for index in range(len(parts) - 1, -1, -1):
        if parts[index] in _ROOTS:
            return "".join(f"{part}/" for part in parts[: index + 1])
    outermost = next(("/".join(parts[:size]) for size in range(len(parts) + 1) if "/".join(parts[:size]) in folders), "")
    return f"{outermost}/" if outermost else ""
