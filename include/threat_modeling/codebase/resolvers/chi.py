"""chi: routers, routes below a path, groups, inline middleware and mounts; also its REST resources."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from threat_modeling.codebase.go.dialect import Dialect
from threat_modeling.codebase.go.routing import LANGUAGES, routes_of
from threat_modeling.codebase.go.wrapping import mounted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.go.values import Invocation, Router, Value
    from threat_modeling.codebase.observations import Route
    from threat_modeling.codebase.project import Project

KEYWORDS: Final = ("github.com/go-chi/chi", "github.com/pressly/chi")


class Chi(Dialect):
    """What chi calls its routers."""

    framework: ClassVar[str] = "chi"
    package: ClassVar[str] = "github.com/go-chi/chi"
    creators: ClassVar[tuple[str, ...]] = ("NewRouter", "NewMux")
    types: ClassVar[tuple[str, ...]] = ("Router", "Mux")
    groups: ClassVar[frozenset[str]] = frozenset({"Route", "Group", "With"})
    named: ClassVar[frozenset[str]] = frozenset({"Method", "MethodFunc"})
    folders: ClassVar[frozenset[str]] = frozenset()
    files: ClassVar[frozenset[str]] = frozenset()

    def special(self, router: Router, method: str, invocation: Invocation) -> Value:
        """`Handle` and `HandleFunc` serve every HTTP method."""
        if method in {"Handle", "HandleFunc"}:
            inner = mounted(invocation.arguments[-1])[0] if invocation.arguments else None
            if inner is not None:
                return self.mount(router, (invocation.text(0) or "").rstrip("*"), invocation.arguments[1:])
            return self.served(router, ("ANY",), 0, invocation)
        return router


DIALECT: Final = Chi


def routes(project: Project) -> Iterator[Route]:
    """The routes of every chi application of a target."""
    yield from routes_of(project, Chi.framework)


__all__ = ["DIALECT", "KEYWORDS", "LANGUAGES", "routes"]
