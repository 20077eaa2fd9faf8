"""Goyave: routers, subrouters and groups; middleware guards all of its router."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from threat_modeling.codebase.go.dialect import Dialect, texts
from threat_modeling.codebase.go.routing import LANGUAGES, routes_of
from threat_modeling.codebase.go.values import Constant, Served

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.go.values import Chain, Invocation, Router, Value
    from threat_modeling.codebase.observations import Route
    from threat_modeling.codebase.project import Project

KEYWORDS: Final = ("goyave.dev/goyave",)


class Goyave(Dialect):
    """What Goyave calls its routers."""

    framework: ClassVar[str] = "goyave"
    package: ClassVar[str] = "goyave.dev/goyave"
    types: ClassVar[tuple[str, ...]] = ("Router",)
    groups: ClassVar[frozenset[str]] = frozenset({"Subrouter", "Group"})
    uses: ClassVar[frozenset[str]] = frozenset({"Middleware", "GlobalMiddleware"})
    early: ClassVar[bool] = True

    def special(self, router: Router, method: str, invocation: Invocation) -> Value:
        """`Route([]string{"GET"}, "/path", handler)`; in older versions the methods stand second."""
        if method == "Route":
            first, second = texts(invocation.value(0)), texts(invocation.value(1))
            methods, path = (first, second) if first and not first[0].startswith("/") else (second, first)
            if methods and path and len(invocation.arguments) > 2:
                return self.add(router, Served(tuple(m.upper() for m in methods), path[0], invocation.arguments[2:3], invocation.site))
        elif method == "Controller" and invocation.arguments:
            value = invocation.value(0)
            closure = self.evaluation.method(value, "RegisterRoutes")
            if closure is not None:
                self.evaluation.invoke(closure, (router,))
        return router

    def folder(self, router: Router, invocation: Invocation) -> Value:
        """`Static(files, "/static", false)`: which folder is embedded is told by the file system, else by the path."""
        path = next((str(a.value.value) for a in invocation.arguments if isinstance(a.value, Constant) and str(a.value.value).startswith("/")), None)
        if path is not None:
            self.add(router, Served(("GET",), path, (), invocation.site, kind="folder", folder=path.strip("/")))
        return router

    def chain(self, chain: Chain, method: str, invocation: Invocation) -> Value:
        """`.Middleware(m)` guards this route."""
        if method == "Middleware":
            chain.entry.before = (*chain.entry.before, *self.flattened(invocation.arguments))
        return chain


DIALECT: Final = Goyave


def routes(project: Project) -> Iterator[Route]:
    """The routes of every Goyave application of a target."""
    yield from routes_of(project, Goyave.framework)


__all__ = ["DIALECT", "KEYWORDS", "LANGUAGES", "routes"]
