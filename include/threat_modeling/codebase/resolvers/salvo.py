"""Salvo: routers pushed into routers, hoops as guards, endpoints that say their routes."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from threat_modeling.codebase.rust.dialect import METHODS, Dialect
from threat_modeling.codebase.rust.routing import LANGUAGES, routes_of
from threat_modeling.codebase.rust.values import Branch, Foreign, Items
from threat_modeling.codebase.syntax import Call, dotted, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.observations import Route
    from threat_modeling.codebase.project import Project
    from threat_modeling.codebase.rust.values import Invocation, Value
    from threat_modeling.codebase.syntax import Function, Module

KEYWORDS: Final = ("salvo",)


class Salvo(Dialect):
    """What Salvo calls its routers."""

    framework: ClassVar[str] = "salvo"
    crates: ClassVar[tuple[str, ...]] = ("salvo", "salvo_core", "salvo_oapi")
    types: ClassVar[tuple[str, ...]] = ("Router",)

    def create(self, name: str, invocation: Invocation) -> Value:
        """`Router::new()`, `Router::with_path("x")`, `Router::with_hoop(h)`."""
        owner, _, last = name.rpartition("::")
        if owner.rpartition("::")[2] == "Router" and last in {"new", "with_path", "with_hoop", "with_filter"}:
            made = self.branch(invocation, (invocation.text(0) or "") if last == "with_path" else "")
            made.guards += invocation.arguments[:1] if last == "with_hoop" else ()
            return made
        return None

    def method(self, branch: Branch, name: str, invocation: Invocation) -> Value:
        """`path`, `push`, `append`, `hoop`, and the HTTP methods."""
        if name == "path":
            branch.path = f"{branch.path}/{invocation.text(0) or ''}"
        elif name in {"push", "unshift", "append", "then"}:
            for argument in invocation.arguments:
                for value in argument.value.values if isinstance(argument.value, Items) else (argument.value,):
                    if isinstance(value, Branch):
                        branch.add(value)
        elif name in {"hoop", "hoop_when"} and invocation.arguments:
            branch.guards.append(invocation.arguments[0])
        elif name.upper() in METHODS and invocation.arguments:
            value = invocation.value(0)
            static = isinstance(value, Foreign) and "StaticDir" in value.name
            branch.add(self.branch(invocation, "", (name.upper(),), invocation.arguments[0]))
            branch.static = static and "*" not in branch.path
        elif name in {"goal", "handle"} and invocation.arguments:
            branch.add(self.branch(invocation, "", ("ANY",), invocation.arguments[0]))
        return branch

    def declared(self, module: Module, function: Function, name: str) -> Iterator[tuple[tuple[str, ...], str]]:
        """`#[endpoint(method = Post, path = "/x")]`."""
        del module, name
        for decorator in function.decorators:
            if isinstance(decorator, Call) and dotted(decorator.callee).rpartition(".")[2] == "endpoint" and decorator.keyword("path") is not None:
                yield (dotted(decorator.keyword("method")).upper() or "GET",), text(decorator.keyword("path")) or ""


DIALECT: Final = Salvo


def routes(project: Project) -> Iterator[Route]:
    """The routes of every Salvo application of a target."""
    yield from routes_of(project, Salvo.framework)


__all__ = ["DIALECT", "KEYWORDS", "LANGUAGES", "routes"]
