"""Lumen: `$router` and `$app` of its route files, groups, middleware by alias."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, Final

from threat_modeling.codebase.php.composer import uses
from threat_modeling.codebase.php.paths import joined, methods_of, text_of
from threat_modeling.codebase.php.router import MAX_DEPTH, Link, Place, Registered, Router, argument
from threat_modeling.codebase.syntax import Expression, Mapping, Sequence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.observations import Route
    from threat_modeling.codebase.project import Project

LANGUAGES: Final = ("php",)
KEYWORDS: Final = ("$router->", "$app->")


def routes(project: Project) -> Iterator[Route]:
    """The routes of every Lumen application of a target."""
    found = [module for module in project.modules(LANGUAGES, KEYWORDS) if uses(project, module.path, "laravel/lumen")]
    yield from _Lumen(project).routes(found)


class _Lumen(Router):
    framework: ClassVar[str] = "lumen"
    variables: ClassVar[frozenset[str]] = frozenset({"router", "app", "api"})

    def __init__(self, project: Project) -> None:
        super().__init__(project)
        self.registrars = {
            **dict.fromkeys(("get", "post", "put", "patch", "delete", "options"), self.verb),
            "addRoute": self.matched,
            "group": self.group,
        }

    def place(self, module: object) -> Place:
        """Controllers are named below the framework's namespace."""
        return Place(module, namespace="App.Http.Controllers")  # type: ignore[arg-type]

    def with_action(self, given: Expression | None, place: Place) -> tuple[Expression | None, Place]:
        """`["middleware" => "auth", "uses" => "A@b"]` as a handler."""
        if not isinstance(given, Mapping):
            return (given.elements[0] if isinstance(given, Sequence) and len(given.elements) == 1 else given), place
        handler = given.get("uses") or next((value for key, value in given.entries if text_of(key) == "0"), None)
        return handler, self.within(given, place)

    def within(self, options: Mapping, place: Place) -> Place:
        """What an array of options adds."""
        middleware = options.get("middleware")
        each = middleware.elements if isinstance(middleware, Sequence) else (middleware,) if middleware is not None else ()
        namespace = text_of(options.get("namespace"))
        return replace(
            place,
            prefix=joined(place.prefix, text_of(options.get("prefix"), place.env) or ""),
            middleware=(*place.middleware, *((place.module, one) for one in each)),
            namespace=namespace.replace("\\", ".") if namespace and namespace.startswith("App") else place.namespace,
        )

    def verb(self, link: Link, _rest: tuple[Link, ...], place: Place) -> Iterator[Registered]:
        """`$router->get("/a", handler)`."""
        path = text_of(argument(link.call, 0), place.env)
        if path is not None and len(link.call.arguments) > 1:
            handler, inner = self.with_action(link.call.arguments[1], place)
            yield Registered((link.name.upper(),), path, handler, link.call, inner)

    def matched(self, link: Link, _rest: tuple[Link, ...], place: Place) -> Iterator[Registered]:
        """`$router->addRoute(["GET"], "/a", handler)`."""
        path = text_of(argument(link.call, 1), place.env)
        if path is not None:
            handler, inner = self.with_action(argument(link.call, 2), place)
            yield Registered(methods_of(argument(link.call, 0)), path, handler, link.call, inner)

    def group(self, link: Link, _rest: tuple[Link, ...], place: Place) -> Iterator[Registered]:
        """`$router->group(["prefix" => "a"], function () use ($router) {})`."""
        given = link.call.arguments
        inner = self.within(given[0], place) if given and isinstance(given[0], Mapping) else place
        yield from self.grouped(given[-1] if given else None, inner, MAX_DEPTH - 5)
