"""Rocket: handlers that say their routes, mounted under prefixes across files; request guards."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from threat_modeling.codebase.rust.dialect import METHODS, Dialect
from threat_modeling.codebase.rust.routing import LANGUAGES, routes_of
from threat_modeling.codebase.rust.values import Argument, Branch, Foreign, Func, Items
from threat_modeling.codebase.syntax import Call, Name, dotted, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.observations import Route
    from threat_modeling.codebase.project import Project
    from threat_modeling.codebase.rust.values import Invocation, Value
    from threat_modeling.codebase.syntax import Function, Module

KEYWORDS: Final = ("rocket",)


class Rocket(Dialect):
    """What Rocket calls its routers."""

    framework: ClassVar[str] = "rocket"
    crates: ClassVar[tuple[str, ...]] = ("rocket", "rocket_contrib")
    types: ClassVar[tuple[str, ...]] = ("Rocket",)

    def create(self, name: str, invocation: Invocation) -> Value:
        """`rocket::build()`; `routes![a, b]` is a list of handlers."""
        last = name.rpartition("::")[2]
        if last in {"build", "ignite", "custom"}:
            return self.branch(invocation)
        if last == "FileServer" or name.endswith(("FileServer::from", "FileServer::new")):
            folder = self.branch(invocation)
            folder.static = True
            return folder
        return Items([argument.value for argument in invocation.arguments]) if last == "routes!" else None

    def own(self, foreign: Foreign) -> str:
        """With `#[macro_use] extern crate rocket`, `routes!` has no path at all."""
        return "routes!" if foreign.names[:1] == ("routes!",) else super().own(foreign)

    def method(self, branch: Branch, name: str, invocation: Invocation) -> Value:
        """`mount("/x", routes![a, b])`."""
        if name == "mount" and len(invocation.arguments) > 1:
            place = self.branch(invocation, invocation.text(0) or "")
            branch.add(place)
            for route in self.attributed(invocation, invocation.arguments[1]):
                place.add(route)
        elif name == "attach" and invocation.arguments:
            branch.guards.append(invocation.arguments[0])
        return branch

    def declared(self, module: Module, function: Function, name: str) -> Iterator[tuple[tuple[str, ...], str]]:
        """`#[get("/x/<id>?<q>", data = "<body>")]`, `#[route(GET, uri = "/x")]`."""
        del name
        if "rocket" not in (self.evaluation.project.text(module.path) or "") and id(function) not in self.evaluation.served:
            return
        for decorator in function.decorators:
            crate, _, last = dotted(decorator.callee).rpartition(".") if isinstance(decorator, Call) else ("x", "", "")
            if not isinstance(decorator, Call) or crate not in {"", "rocket"} or not decorator.arguments:
                continue
            if last.upper() in METHODS:
                yield (last.upper(),), text(decorator.arguments[0]) or ""
            elif last == "route" and isinstance(decorator.arguments[0], Name):
                given = decorator.keyword("uri") or decorator.keyword("path") or (decorator.arguments[1] if len(decorator.arguments) > 1 else None)
                yield (decorator.arguments[0].id.upper(),), text(given) or ""

    def attributed(self, invocation: Invocation, argument: Argument) -> list[Branch]:
        """The handlers of a mount."""
        value = argument.value
        if isinstance(value, Foreign):
            return [
                b
                for v in value.arguments
                if isinstance(v, Func | Items)
                for b in self.attributed(invocation, Argument(v, argument.site, "", argument.node))
            ]
        return super().attributed(invocation, argument)


DIALECT: Final = Rocket


def routes(project: Project) -> Iterator[Route]:
    """The routes of every Rocket application of a target."""
    yield from routes_of(project, Rocket.framework)


__all__ = ["DIALECT", "KEYWORDS", "LANGUAGES", "routes"]
