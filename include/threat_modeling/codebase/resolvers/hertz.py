"""Hertz: servers and groups; middleware guards what is registered after it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from threat_modeling.codebase.go.dialect import Dialect
from threat_modeling.codebase.go.routing import LANGUAGES, routes_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.go.values import Invocation, Router
    from threat_modeling.codebase.observations import Route
    from threat_modeling.codebase.project import Project

KEYWORDS: Final = ("github.com/cloudwego/hertz",)


class Hertz(Dialect):
    """What Hertz calls its routers."""

    framework: ClassVar[str] = "hertz"
    package: ClassVar[str] = "github.com/cloudwego/hertz/pkg"
    creators: ClassVar[tuple[str, ...]] = ("New", "Default")
    types: ClassVar[tuple[str, ...]] = ("Hertz", "Engine", "RouterGroup", "IRouter", "IRoutes")
    contexts: ClassVar[tuple[str, ...]] = ("RequestContext",)
    named: ClassVar[frozenset[str]] = frozenset({"Handle"})
    folders: ClassVar[frozenset[str]] = frozenset({"Static", "StaticFS"})

    def create(self, name: str, invocation: Invocation) -> Router | None:
        """Only `server` makes servers: middleware is made by functions of the same names."""
        return super().create(name, invocation) if name.startswith(f"{self.package}/app/server.") else None


DIALECT: Final = Hertz


def routes(project: Project) -> Iterator[Route]:
    """The routes of every Hertz application of a target."""
    yield from routes_of(project, Hertz.framework)


__all__ = ["DIALECT", "KEYWORDS", "LANGUAGES", "routes"]
