"""gorilla/mux: routes that are described step by step, subrouters below a path; middleware guards all of its router."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from threat_modeling.codebase.go.dialect import ANY, METHODS, Dialect, texts
from threat_modeling.codebase.go.routing import LANGUAGES, routes_of
from threat_modeling.codebase.go.values import Chain, Mounted, Served
from threat_modeling.codebase.go.wrapping import below, mounted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.go.values import Invocation, Router, Value
    from threat_modeling.codebase.observations import Route
    from threat_modeling.codebase.project import Project

KEYWORDS: Final = ("github.com/gorilla/mux",)
_STARTING: Final = frozenset({"Path", "PathPrefix", "Methods", "Host", "Headers", "Queries", "Schemes", "NewRoute", "Name", "MatcherFunc"})


class Mux(Dialect):
    """What gorilla/mux calls its routers."""

    framework: ClassVar[str] = "gorilla/mux"
    package: ClassVar[str] = "github.com/gorilla/mux"
    creators: ClassVar[tuple[str, ...]] = ("NewRouter", "Router")
    types: ClassVar[tuple[str, ...]] = ("Router",)
    verbs: ClassVar[frozenset[str]] = frozenset()
    anything: ClassVar[frozenset[str]] = frozenset()
    groups: ClassVar[frozenset[str]] = frozenset()
    named: ClassVar[frozenset[str]] = frozenset()
    folders: ClassVar[frozenset[str]] = frozenset()
    files: ClassVar[frozenset[str]] = frozenset()
    mounts: ClassVar[frozenset[str]] = frozenset()
    early: ClassVar[bool] = True

    def special(self, router: Router, method: str, invocation: Invocation) -> Value:
        """`HandleFunc(path, handler)`, or the first step of a route."""
        if method in {"Handle", "HandleFunc"} and len(invocation.arguments) > 1:
            return self.served(router, ANY, 0, invocation)
        if method in _STARTING:
            entry = Served(ANY, "", (), invocation.site)
            return self.chain(Chain(router, entry), method, invocation)
        return router

    def chain(self, chain: Chain, method: str, invocation: Invocation) -> Value:
        """A step of a route: its methods, its path, what serves it, or a router below it."""
        entry, router = chain.entry, chain.router
        if method == "Methods":
            given = tuple(text.upper() for argument in self.flattened(invocation.arguments) for text in texts(argument.value))
            entry.methods = tuple(m for m in given if m in METHODS and (m != "OPTIONS" or len(given) == 1)) or entry.methods
        elif method in {"Path", "PathPrefix"}:
            entry.path += invocation.text(0) or ""
            entry.kind = "prefix" if method == "PathPrefix" else entry.kind
        elif method == "Subrouter":
            child = self.evaluation.added(type(router)(self, invocation.site, parent=router))
            router.entries.append(Mounted(entry.path, child))
            return child
        elif method in {"Handler", "HandlerFunc"} and invocation.arguments:
            return self._handled(chain, invocation)
        return chain

    def _handled(self, chain: Chain, invocation: Invocation) -> Value:
        entry, router = chain.entry, chain.router
        inner, stripped, before = mounted(invocation.arguments[0])
        if inner is not None and not below(router, inner):
            inner.parent = router
            router.entries.append(Mounted(stripped if stripped is not None else "" if inner.dialect is self else entry.path, inner, before))
            return chain
        entry.handlers = invocation.arguments[:1]
        if entry.kind == "prefix":
            entry.kind, entry.path = "route", f"{entry.path.rstrip('/')}/*"
        if entry not in router.entries:
            self.add(router, entry)
        return chain


DIALECT: Final = Mux


def routes(project: Project) -> Iterator[Route]:
    """The routes of every gorilla/mux application of a target."""
    yield from routes_of(project, Mux.framework)


__all__ = ["DIALECT", "KEYWORDS", "LANGUAGES", "routes"]
