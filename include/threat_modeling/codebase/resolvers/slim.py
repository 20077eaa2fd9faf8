"""Slim and Mezzio: applications and groups as variables, `map`, `any`, middleware added after a route or a group."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, Final

from threat_modeling.codebase.php.composer import uses
from threat_modeling.codebase.php.paths import joined, methods_of, text_of
from threat_modeling.codebase.php.router import MAX_DEPTH, Link, Place, Registered, Router, argument
from threat_modeling.codebase.syntax import Attribute, Expression, Sequence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.observations import Route
    from threat_modeling.codebase.project import Project
    from threat_modeling.codebase.syntax import Module

LANGUAGES: Final = ("php",)
KEYWORDS: Final = ("Slim\\", "Mezzio\\", "$app->", "$group->")
_PACKAGES: Final = ("slim/", "mezzio/", "zendframework/zend-expressive", "league/route", "nikic/fast-route")


def routes(project: Project) -> Iterator[Route]:
    """The routes of every Slim or Mezzio application of a target."""
    router = _Slim(project)
    yield from router.routes(module for module in project.modules(LANGUAGES, KEYWORDS) if _speaks(project, module))


def _speaks(project: Project, module: Module) -> bool:
    """Whether a file is of such an application: by its packages, or by what it imports."""
    known = uses(project, module.path, *_PACKAGES)
    named = any(source.startswith(("Slim.", "Mezzio.", "Zend.Expressive.", "League.Route.")) for source, _ in module.imports.values())
    return named or bool(known) or (known is None and "Slim\\" in (project.text(module.path) or ""))


class _Slim(Router):
    framework: ClassVar[str] = "slim"
    variables: ClassVar[frozenset[str]] = frozenset({"app", "group", "router", "proxy"})
    middleware_words: ClassVar[frozenset[str]] = frozenset({"add", "addMiddleware", "middleware", "pipe"})

    def __init__(self, project: Project) -> None:
        super().__init__(project)
        self.registrars = {
            **dict.fromkeys(("get", "post", "put", "patch", "delete", "options", "any"), self.verb),
            "map": self.mapped,
            "route": self.routed,
            "redirect": self.redirected,
            "group": self.group,
            **dict.fromkeys(("add", "addMiddleware", "pipe"), self.installed),
        }

    def verb(self, link: Link, _rest: tuple[Link, ...], place: Place) -> Iterator[Registered]:
        """`$app->get("/a", handler)`; Mezzio pipes several."""
        path = text_of(argument(link.call, 0, "pattern"), place.env)
        if path is not None and len(link.call.arguments) > 1:
            handler, inner = self.piped(link.call.arguments[1], place)
            yield Registered(("ANY" if link.name == "any" else link.name.upper(),), _optional(path), handler, link.call, inner)

    def piped(self, given: Expression | None, place: Place) -> tuple[Expression | None, Place]:
        """Of a list of middleware the last one answers; `[A::class, "b"]` is one handler."""
        if not isinstance(given, Sequence) or not given.elements or (len(given.elements) == 2 and not isinstance(given.elements[1], Attribute)):
            return given, place
        *before, last = given.elements
        return last, replace(place, middleware=(*place.middleware, *((place.module, one) for one in before)))

    def mapped(self, link: Link, _rest: tuple[Link, ...], place: Place) -> Iterator[Registered]:
        """`$app->map(["GET"], "/a", handler)`."""
        path = text_of(argument(link.call, 1, "pattern"), place.env)
        if path is not None:
            yield Registered(methods_of(argument(link.call, 0)), _optional(path), argument(link.call, 2), link.call, place)

    def routed(self, link: Link, _rest: tuple[Link, ...], place: Place) -> Iterator[Registered]:
        """Mezzio's `$app->route("/a", handler, ["GET"])`; without methods, all."""
        path = text_of(argument(link.call, 0), place.env)
        if path is not None and len(link.call.arguments) > 1:
            methods = argument(link.call, 2)
            handler, inner = self.piped(link.call.arguments[1], place)
            listed = methods_of(methods) if isinstance(methods, Sequence) else ("ANY",)
            yield Registered(listed, path, handler, link.call, inner)

    def redirected(self, link: Link, _rest: tuple[Link, ...], place: Place) -> Iterator[Registered]:
        """`$app->redirect("/a", "/b")`."""
        path = text_of(argument(link.call, 0), place.env)
        if path is not None:
            yield Registered(("GET",), path, None, link.call, place)

    def group(self, link: Link, _rest: tuple[Link, ...], place: Place) -> Iterator[Registered]:
        """`$app->group("/a", function ($group) {})`, with what is added to it behind."""
        path = text_of(argument(link.call, 0, "pattern"), place.env)
        given = link.call.arguments
        yield from self.grouped(given[-1] if given else None, replace(place, prefix=joined(place.prefix, path or "")), MAX_DEPTH - 5)

    def installed(self, _link: Link, _rest: tuple[Link, ...], _place: Place) -> Iterator[Registered]:
        """`$app->add(...)` registers no route."""
        yield from ()


def _optional(path: str) -> str:
    """A path without its optional end: `/a[/{b}]`."""
    return path.partition("[")[0] or "/"
