"""Echo: applications and groups; middleware of the application guards all of it, that of a group what is registered after it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from threat_modeling.codebase.go.dialect import Dialect
from threat_modeling.codebase.go.routing import LANGUAGES, routes_of
from threat_modeling.codebase.go.values import Middleware

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.go.values import Invocation, Router, Value
    from threat_modeling.codebase.observations import Route
    from threat_modeling.codebase.project import Project

KEYWORDS: Final = ("github.com/labstack/echo",)


class Echo(Dialect):
    """What Echo calls its routers."""

    framework: ClassVar[str] = "echo"
    package: ClassVar[str] = "github.com/labstack/echo"
    creators: ClassVar[tuple[str, ...]] = ("New",)
    types: ClassVar[tuple[str, ...]] = ("Echo", "Group")
    contexts: ClassVar[tuple[str, ...]] = ("Context",)
    uses: ClassVar[frozenset[str]] = frozenset({"Use", "Pre"})
    named: ClassVar[frozenset[str]] = frozenset({"Add", "Match"})
    handler_first: ClassVar[bool] = True

    def use(self, router: Router, invocation: Invocation) -> Value:
        """Middleware of the application runs for every route, whenever it is registered."""
        router.entries.append(Middleware(self.flattened(invocation.arguments), "", early=router.parent is None))
        return router


DIALECT: Final = Echo


def routes(project: Project) -> Iterator[Route]:
    """The routes of every Echo application of a target."""
    yield from routes_of(project, Echo.framework)


__all__ = ["DIALECT", "KEYWORDS", "LANGUAGES", "routes"]
