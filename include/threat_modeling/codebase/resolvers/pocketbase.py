"""PocketBase: the router that an application gets when it starts to serve."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from threat_modeling.codebase.go.dialect import ANY, Dialect
from threat_modeling.codebase.go.routing import LANGUAGES, routes_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.go.values import Invocation, Router, Value
    from threat_modeling.codebase.observations import Route
    from threat_modeling.codebase.project import Project

KEYWORDS: Final = ("github.com/pocketbase/pocketbase",)


class PocketBase(Dialect):
    """What PocketBase calls its routers: the event of serving holds one."""

    framework: ClassVar[str] = "pocketbase"
    package: ClassVar[str] = "github.com/pocketbase/pocketbase"
    types: ClassVar[tuple[str, ...]] = ("ServeEvent", "RouterGroup", "Router")
    contexts: ClassVar[tuple[str, ...]] = ("RequestEvent",)
    uses: ClassVar[frozenset[str]] = frozenset({"Use", "Bind", "BindFunc"})
    named: ClassVar[frozenset[str]] = frozenset()

    def special(self, router: Router, method: str, invocation: Invocation) -> Value:
        """`Route("GET", "/path", handler)`."""
        if method == "Route" and len(invocation.arguments) > 2:
            return self.served(router, ((invocation.text(0) or "").upper() or ANY[0],), 1, invocation)
        return router


DIALECT: Final = PocketBase


def routes(project: Project) -> Iterator[Route]:
    """The routes that a target adds to PocketBase."""
    yield from routes_of(project, PocketBase.framework)


__all__ = ["DIALECT", "KEYWORDS", "LANGUAGES", "routes"]
