"""actix-web: applications, scopes and resources, handlers that say their routes, configuration across files; `wrap` guards all of its scope."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from threat_modeling.codebase.rust.dialect import ANY, METHODS, Dialect
from threat_modeling.codebase.rust.routing import LANGUAGES, routes_of
from threat_modeling.codebase.rust.values import Branch, Func
from threat_modeling.codebase.syntax import Call, dotted, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.observations import Route
    from threat_modeling.codebase.project import Project
    from threat_modeling.codebase.rust.values import Argument, Invocation, Value
    from threat_modeling.codebase.syntax import Function, Module

KEYWORDS: Final = ("actix_web", "actix-web", "actix_files", "paperclip")


class Actix(Dialect):
    """What actix-web calls its routers."""

    framework: ClassVar[str] = "actix-web"
    crates: ClassVar[tuple[str, ...]] = ("actix_web", "actix_files", "web", "paperclip", "App", "fs")
    types: ClassVar[tuple[str, ...]] = ("ServiceConfig",)

    def create(self, name: str, invocation: Invocation) -> Value:
        """`App::new()`, `web::scope("/x")`, `web::resource("/x")`, `web::get()`."""
        last = name.rpartition("::")[2]
        if name in {"App::new", "new"}:
            return self.branch(invocation)
        if last in {"scope", "resource"}:
            return self.branch(invocation, invocation.text(0) or "")
        if last.upper() in METHODS or last in {"route", "method"}:
            said = (dotted(invocation.call.arguments[0]).rpartition(".")[2],) if last == "method" and invocation.call.arguments else ()
            return self.branch(invocation, "", (last.upper(),) if last.upper() in METHODS else said or ANY)
        if name.endswith("Files::new"):
            folder = self.branch(invocation, invocation.text(0) or "")
            folder.static = True
            return folder
        return None

    def method(self, branch: Branch, name: str, invocation: Invocation) -> Value:
        """What is said about an application, a scope, a resource or a route."""
        if name in {"to", "to_async", "method"} and invocation.arguments:
            self._about_route(branch, name, invocation)
        elif name == "route":
            self._routed(branch, invocation)
        elif name in {"service", "external_resource"}:
            for argument in invocation.arguments:
                for route in self.attributed(invocation, argument):
                    branch.add(route)
        elif name == "configure" and isinstance(invocation.value(0), Func):
            self.evaluation.invoke(invocation.arguments[0].value, (branch,))  # type: ignore[arg-type]  # it is a Func
        elif name == "wrap" and invocation.arguments:
            branch.guards.append(invocation.arguments[0])
        elif name.upper() in METHODS and invocation.arguments:
            branch.add(self.branch(invocation, "", (name.upper(),), invocation.arguments[0]))
        return branch

    def _about_route(self, branch: Branch, name: str, invocation: Invocation) -> None:
        if name == "method":
            branch.methods = (dotted(invocation.call.arguments[0]).rpartition(".")[2],)
        elif branch.methods:
            branch.handler = invocation.arguments[0]
        else:
            branch.add(self.branch(invocation, "", ANY, invocation.arguments[0]))

    def _routed(self, branch: Branch, invocation: Invocation) -> None:
        """`route("/x", web::get().to(handler))`; of a resource without the path."""
        route = invocation.arguments[-1].value if invocation.arguments else None
        if isinstance(route, Branch):
            place = self.branch(invocation, (invocation.text(0) or "") if len(invocation.arguments) > 1 else "")
            place.add(route)
            branch.add(place)

    def declared(self, module: Module, function: Function, name: str) -> Iterator[tuple[tuple[str, ...], str]]:
        """`#[get("/x")]`, `#[route("/x", method = "GET", method = "POST")]`."""
        del name
        written = self.evaluation.project.text(module.path) or ""
        for decorator in function.decorators:
            said = dotted(decorator.callee) if isinstance(decorator, Call) else ""
            crate, _, last = said.rpartition(".")
            if not isinstance(decorator, Call) or crate not in {"", "actix_web"} or not decorator.arguments or "rocket" in written:
                continue
            if last.upper() in METHODS:
                yield (last.upper(),), text(decorator.arguments[0]) or ""
            elif last == "route":
                methods = tuple((text(keyword.value) or "").upper() for keyword in decorator.keywords if keyword.name == "method")
                yield methods or ANY, text(decorator.arguments[0]) or ""

    def attributed(self, invocation: Invocation, argument: Argument) -> list[Branch]:
        """What a service is: a scope, a resource, or a handler that says its route."""
        return [argument.value] if isinstance(argument.value, Branch) else super().attributed(invocation, argument)


DIALECT: Final = Actix


def routes(project: Project) -> Iterator[Route]:
    """The routes of every actix-web application of a target."""
    yield from routes_of(project, Actix.framework)


__all__ = ["DIALECT", "KEYWORDS", "LANGUAGES", "routes"]
