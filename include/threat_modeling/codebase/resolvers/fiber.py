"""Fiber: applications, groups, routes below a path and mounts; middleware runs in the order of registration, also by path."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from threat_modeling.codebase.go.dialect import Dialect, texts
from threat_modeling.codebase.go.routing import LANGUAGES, routes_of
from threat_modeling.codebase.go.values import Foreign, Served

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.go.values import Invocation, Router, Value
    from threat_modeling.codebase.observations import Route
    from threat_modeling.codebase.project import Project

KEYWORDS: Final = ("github.com/gofiber/fiber",)


class Fiber(Dialect):
    """What Fiber calls its routers."""

    framework: ClassVar[str] = "fiber"
    package: ClassVar[str] = "github.com/gofiber/fiber"
    creators: ClassVar[tuple[str, ...]] = ("New",)
    types: ClassVar[tuple[str, ...]] = ("App", "Router", "Group")
    contexts: ClassVar[tuple[str, ...]] = ("Ctx",)
    groups: ClassVar[frozenset[str]] = frozenset({"Group", "Route"})
    named: ClassVar[frozenset[str]] = frozenset({"Add"})

    def create(self, name: str, invocation: Invocation) -> Router | None:
        """Only the package itself makes applications: its middleware is made by functions of the same name."""
        return super().create(name, invocation) if name == f"{self.package}.New" else None

    def served(self, router: Router, methods: tuple[str, ...], position: int, invocation: Invocation) -> Value:
        """A route; one that a websocket serves is one."""
        found = super().served(router, methods, position, invocation)
        entry = router.entries[-1] if router.entries else None
        last = entry.handlers[-1].value if isinstance(entry, Served) and entry.handlers else None
        if isinstance(entry, Served) and isinstance(last, Foreign) and "websocket" in last.name:
            entry.kind = "websocket"
        return found

    def special(self, router: Router, method: str, invocation: Invocation) -> Value:
        """`All` with several methods of version 3 is none of `verbs`."""
        if method == "Register" and texts(invocation.value(0)):
            return self.named_method(router, invocation)
        return router


DIALECT: Final = Fiber


def routes(project: Project) -> Iterator[Route]:
    """The routes of every Fiber application of a target."""
    yield from routes_of(project, Fiber.framework)


__all__ = ["DIALECT", "KEYWORDS", "LANGUAGES", "routes"]
