"""go-restful: web services at a root path, routes built step by step; filters guard containers, services and routes."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from threat_modeling.codebase.go.dialect import METHODS, Dialect
from threat_modeling.codebase.go.routing import LANGUAGES, routes_of
from threat_modeling.codebase.go.values import Chain, Mounted, Router, Served

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.go.values import Invocation, Value
    from threat_modeling.codebase.observations import Route
    from threat_modeling.codebase.project import Project

KEYWORDS: Final = ("github.com/emicklei/go-restful",)


class GoRestful(Dialect):
    """What go-restful calls its routers: a service's path is where it is mounted on its container."""

    framework: ClassVar[str] = "go-restful"
    package: ClassVar[str] = "github.com/emicklei/go-restful"
    creators: ClassVar[tuple[str, ...]] = ("WebService", "NewContainer", "Container")
    types: ClassVar[tuple[str, ...]] = ("WebService", "Container")
    uses: ClassVar[frozenset[str]] = frozenset({"Filter"})
    groups: ClassVar[frozenset[str]] = frozenset()
    mounts: ClassVar[frozenset[str]] = frozenset()
    named: ClassVar[frozenset[str]] = frozenset()
    folders: ClassVar[frozenset[str]] = frozenset()
    functions: ClassVar[bool] = True
    early: ClassVar[bool] = True

    def call(self, name: str, invocation: Invocation) -> Value:
        """`restful.Add(ws)` and `restful.Filter(f)` speak of the default container."""
        return super().call(name, invocation) if name.rpartition(".")[2] in {"Add", "Filter"} else None

    def register(self, router: Router, method: str, invocation: Invocation) -> Value:
        """The root path of a service, or the first step of a route."""
        if method == "Path":
            router.fields["path"] = invocation.value(0)
            return router
        if method in METHODS or method == "Method":
            methods = (method,) if method in METHODS else ((invocation.text(0) or "").upper(),)
            return Chain(router, Served(methods, "" if method == "Method" else self._path(router, invocation), (), invocation.site))
        if method == "Add" and isinstance(invocation.value(0), Router):
            inner = invocation.value(0)
            if isinstance(inner, Router) and inner is not router:
                inner.parent = router
                router.entries.append(Mounted("", inner))
            return router
        return super().register(router, method, invocation)

    def _path(self, router: Router, invocation: Invocation) -> str:
        root = getattr(router.fields.get("path"), "value", "")
        return f"{root}/{(invocation.text(0) or '').lstrip('/')}".rstrip("/") if invocation.text(0) else str(root)

    def chain(self, chain: Chain, method: str, invocation: Invocation) -> Value:
        """`.To(handler)` completes a route."""
        if method == "To" and invocation.arguments:
            chain.entry.handlers = invocation.arguments[:1]
            return self.add(chain.router, chain.entry)
        if method == "Path":
            chain.entry.path = self._path(chain.router, invocation)
        elif method == "Filter":
            chain.entry.before = (*chain.entry.before, *invocation.arguments)
        return chain


DIALECT: Final = GoRestful


def routes(project: Project) -> Iterator[Route]:
    """The routes of every go-restful service of a target."""
    yield from routes_of(project, GoRestful.framework)


__all__ = ["DIALECT", "KEYWORDS", "LANGUAGES", "routes"]
