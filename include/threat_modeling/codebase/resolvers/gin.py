"""gin: engines and groups across files; middleware guards what is registered after it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from threat_modeling.codebase.go.dialect import Dialect
from threat_modeling.codebase.go.routing import LANGUAGES, routes_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.observations import Route
    from threat_modeling.codebase.project import Project

KEYWORDS: Final = ("github.com/gin-gonic/gin",)


class Gin(Dialect):
    """What gin calls its routers."""

    framework: ClassVar[str] = "gin"
    package: ClassVar[str] = "github.com/gin-gonic/gin"
    creators: ClassVar[tuple[str, ...]] = ("New", "Default")
    types: ClassVar[tuple[str, ...]] = ("Engine", "RouterGroup", "IRouter", "IRoutes")
    contexts: ClassVar[tuple[str, ...]] = ("Context",)
    named: ClassVar[frozenset[str]] = frozenset({"Handle", "Match"})
    folders: ClassVar[frozenset[str]] = frozenset({"Static", "StaticFS"})
    files: ClassVar[frozenset[str]] = frozenset({"StaticFile", "StaticFileFS"})


DIALECT: Final = Gin


def routes(project: Project) -> Iterator[Route]:
    """The routes of every gin application of a target."""
    yield from routes_of(project, Gin.framework)


__all__ = ["DIALECT", "KEYWORDS", "LANGUAGES", "routes"]
