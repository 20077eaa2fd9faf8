"""tide: routes at paths, nested applications, middleware that guards what is added after it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from threat_modeling.codebase.rust.dialect import ANY, METHODS, Dialect
from threat_modeling.codebase.rust.routing import LANGUAGES, routes_of
from threat_modeling.codebase.rust.values import Branch

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.observations import Route
    from threat_modeling.codebase.project import Project
    from threat_modeling.codebase.rust.values import Invocation, Value

KEYWORDS: Final = ("tide",)


class Tide(Dialect):
    """What tide calls its routers."""

    framework: ClassVar[str] = "tide"
    crates: ClassVar[tuple[str, ...]] = ("tide",)
    types: ClassVar[tuple[str, ...]] = ("Server",)

    def create(self, name: str, invocation: Invocation) -> Value:
        """`tide::new()` and `tide::with_state(state)`."""
        return self.branch(invocation) if name in {"new", "with_state", "Server::new", "Server::with_state"} else None

    def method(self, branch: Branch, name: str, invocation: Invocation) -> Value:
        """`at("/x").get(handler)`, `nest`, `with`, `serve_dir`."""
        if name == "at":
            place = self.branch(invocation, invocation.text(0) or "")
            branch.add(place)
            return place
        if name == "nest" and isinstance(invocation.value(0), Branch):
            branch.add(invocation.arguments[0].value)  # type: ignore[arg-type]  # it is a Branch
        elif name == "with" and invocation.arguments:
            branch.guards.append(invocation.arguments[0])
        elif name in {"serve_dir", "serve_file"}:
            branch.static = True
        elif (name.upper() in METHODS or name == "all") and invocation.arguments:
            branch.add(self.branch(invocation, "", (name.upper(),) if name != "all" else ANY, invocation.arguments[0]))
        elif name == "method" and len(invocation.arguments) > 1:
            branch.add(self.branch(invocation, "", ANY, invocation.arguments[1]))
        return branch


DIALECT: Final = Tide


def routes(project: Project) -> Iterator[Route]:
    """The routes of every tide application of a target."""
    yield from routes_of(project, Tide.framework)


__all__ = ["DIALECT", "KEYWORDS", "LANGUAGES", "routes"]
