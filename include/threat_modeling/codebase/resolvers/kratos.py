"""Kratos: HTTP servers with routes, also as its generator writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from threat_modeling.codebase.go.dialect import ANY, Dialect
from threat_modeling.codebase.go.routing import LANGUAGES, routes_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.go.values import Invocation, Router, Value
    from threat_modeling.codebase.observations import Route
    from threat_modeling.codebase.project import Project

KEYWORDS: Final = ("github.com/go-kratos/kratos",)


class Kratos(Dialect):
    """What Kratos calls its routers."""

    framework: ClassVar[str] = "kratos"
    package: ClassVar[str] = "github.com/go-kratos/kratos/transport/http"
    creators: ClassVar[tuple[str, ...]] = ("NewServer",)
    types: ClassVar[tuple[str, ...]] = ("Server", "Router")
    groups: ClassVar[frozenset[str]] = frozenset({"Route", "Group"})
    named: ClassVar[frozenset[str]] = frozenset()
    handler_first: ClassVar[bool] = True

    def special(self, router: Router, method: str, invocation: Invocation) -> Value:
        """`Handle(path, handler)`, `HandleFunc(path, function)`; a router's own has the HTTP method first."""
        if method in {"Handle", "HandleFunc"} and invocation.text(1) is not None:
            return self.served(router, ((invocation.text(0) or "").upper(),), 1, invocation)
        if method in {"Handle", "HandleFunc", "HandlePrefix"}:
            return self.served(router, ANY, 0, invocation)
        return router


DIALECT: Final = Kratos


def routes(project: Project) -> Iterator[Route]:
    """The routes of every Kratos server of a target."""
    yield from routes_of(project, Kratos.framework)


__all__ = ["DIALECT", "KEYWORDS", "LANGUAGES", "routes"]
