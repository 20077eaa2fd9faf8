"""Gotham: routes built one after the other, scopes, associations, delegated routers."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from threat_modeling.codebase.rust.dialect import ANY, METHODS, Dialect
from threat_modeling.codebase.rust.routing import LANGUAGES, routes_of
from threat_modeling.codebase.rust.values import Branch, Func

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.observations import Route
    from threat_modeling.codebase.project import Project
    from threat_modeling.codebase.rust.values import Invocation, Value

KEYWORDS: Final = ("gotham",)


class Gotham(Dialect):
    """What Gotham calls its routers."""

    framework: ClassVar[str] = "gotham"
    crates: ClassVar[tuple[str, ...]] = ("gotham",)
    types: ClassVar[tuple[str, ...]] = ("RouterBuilder",)

    def create(self, name: str, invocation: Invocation) -> Value:
        """`Router::builder()`, `build_simple_router(|route| {...})`, `build_router(chain, pipelines, |route| {...})`."""
        last = name.rpartition("::")[2]
        if last not in {"builder", "build_simple_router", "build_router"}:
            return None
        made = self.branch(invocation)
        if last == "build_router":
            made.guards += invocation.arguments[1:2]
        return self._built(made, invocation)

    def _built(self, branch: Branch, invocation: Invocation) -> Branch:
        for argument in invocation.arguments:
            if isinstance(argument.value, Func):
                self.evaluation.invoke(argument.value, (branch,))
        return branch

    def method(self, branch: Branch, name: str, invocation: Invocation) -> Value:
        """`get("/x").to(handler)`, `scope("/x", |route| {...})`, `associate("/x", |route| {...})`."""
        verb = {"get_or_head": "GET", "request": "ANY", "any": "ANY"}.get(name, name.upper())
        if verb in METHODS or verb == "ANY":
            route = self.branch(invocation, invocation.text(0) or invocation.text(1) or "", (verb,) if verb != "ANY" else ANY)
            branch.add(route)
            return route
        if name in {"scope", "associate", "with_pipeline_chain", "delegate", "delegate_without_pipelines"}:
            place = self.branch(invocation, invocation.text(0) or "")
            branch.add(place)
            self._built(place, invocation)
            return place if name.startswith("delegate") else branch
        if name == "to_router" and isinstance(invocation.value(0), Branch):
            branch.add(invocation.arguments[0].value)  # type: ignore[arg-type]  # it is a Branch
        elif name in {"to", "to_new_handler", "to_async", "to_async_borrowing"} and invocation.arguments:
            return self._served(branch, invocation)
        elif name in {"to_dir", "to_file"}:
            branch.static = True
        return branch

    def _served(self, route: Branch, invocation: Invocation) -> Branch:
        """The handler of a route; what is called next is said about the router around it."""
        route.handler = invocation.arguments[0]
        return next((branch for branch in self.evaluation.branches if route in branch.inner), route)


DIALECT: Final = Gotham


def routes(project: Project) -> Iterator[Route]:
    """The routes of every Gotham application of a target."""
    yield from routes_of(project, Gotham.framework)


__all__ = ["DIALECT", "KEYWORDS", "LANGUAGES", "routes"]
