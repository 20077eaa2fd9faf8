"""Rwf: controllers in a table of routes, engines below a path, controllers of models."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from threat_modeling.codebase.rust.dialect import ANY, METHODS, Dialect
from threat_modeling.codebase.rust.routing import LANGUAGES, routes_of
from threat_modeling.codebase.rust.values import Argument, Branch, Foreign, Func, Items
from threat_modeling.codebase.syntax import Block, Sequence, dotted, walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.observations import Route
    from threat_modeling.codebase.project import Project
    from threat_modeling.codebase.rust.values import Invocation, Value
    from threat_modeling.codebase.syntax import Expression

KEYWORDS: Final = ("rwf",)


class Rwf(Dialect):
    """What Rwf calls its routers."""

    framework: ClassVar[str] = "rwf"
    crates: ClassVar[tuple[str, ...]] = ("rwf",)

    def own(self, foreign: Foreign) -> str:
        """The macros have no path where the prelude is imported."""
        name = foreign.name
        return name if name in {"route!", "engine!", "crud!", "rest!"} or name.endswith((".route", "::route")) else super().own(foreign)

    def create(self, name: str, invocation: Invocation) -> Value:
        """`Server::new(vec![...])`, `Engine::new(vec![...])`, `route!("/x" => C)`, `engine!("/x" => e)`, `C.route("/x")`."""
        last = name.rpartition("::")[2].removesuffix("!")
        if name.endswith(("Server::new", "Engine::new")):
            table = self.branch(invocation)
            value = invocation.value(0)
            for route in value.values if isinstance(value, Items) else ():
                if isinstance(route, Branch):
                    table.add(route)
            return table
        if last in {"route", "crud", "rest", "engine"} and invocation.text(0) is not None:
            return self._route(last, invocation)
        return None

    def _route(self, kind: str, invocation: Invocation) -> Branch | None:
        path = invocation.text(0) or ""
        inner = invocation.value(1)
        if kind == "engine" and isinstance(inner, Branch):
            place = self.branch(invocation, path)
            place.add(inner)
            return place
        callee = invocation.call.callee
        target: Expression | None = invocation.call.arguments[1] if len(invocation.call.arguments) > 1 else getattr(callee, "object", None)
        if target is None:
            return None
        handler = self._controller(target, invocation)
        if kind == "route":
            return self.branch(invocation, path, self._methods(handler), handler)
        table = self.branch(invocation, path)
        for below in ("", "/:id"):
            table.add(self.branch(invocation, below, ANY, handler))
        return table

    def _controller(self, target: Expression, invocation: Invocation) -> Argument:
        """The method of a controller that serves requests."""
        name = dotted(target).rpartition(".")[2]
        for module, function, owner in self.evaluation.functions:
            if owner == name and function.name == "handle":
                return Argument(Func(function, module, None, f"{owner}.{function.name}"), invocation.site, name, target)
        return Argument(None, invocation.site, dotted(target).replace(".", "::"), target)

    @staticmethod
    def _methods(handler: Argument) -> tuple[str, ...]:
        """The methods that a controller tells apart: `match request.method() { Method::GET => ... }`."""
        found: list[str] = []
        for node in walk(handler.value.function.body) if isinstance(handler.value, Func) else ():
            if isinstance(node, Block) and node.heads and dotted(node.heads[0]).endswith(".method()"):
                for head in node.heads[1:]:
                    found += [dotted(part).rpartition(".")[2].upper() for part in (head.elements if isinstance(head, Sequence) else (head,))]
        return tuple(method for method in dict.fromkeys(found) if method in METHODS) or ANY

    def method(self, branch: Branch, name: str, invocation: Invocation) -> Value:
        """`.middleware(m)` guards what it is said of."""
        if name in {"middleware", "auth"} and invocation.arguments:
            branch.guards.append(invocation.arguments[0])
        return branch


DIALECT: Final = Rwf


def routes(project: Project) -> Iterator[Route]:
    """The routes of every Rwf application of a target."""
    yield from routes_of(project, Rwf.framework)


__all__ = ["DIALECT", "KEYWORDS", "LANGUAGES", "routes"]
