"""Poem: endpoints at paths, nested routes, and the operations of an OpenAPI service where it is nested."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from threat_modeling.codebase.rust.dialect import ANY, METHODS, Dialect
from threat_modeling.codebase.rust.routing import LANGUAGES, routes_of
from threat_modeling.codebase.rust.values import Argument, Branch, Func
from threat_modeling.codebase.syntax import Call, dotted, text, walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.observations import Route
    from threat_modeling.codebase.project import Project
    from threat_modeling.codebase.rust.values import Invocation, Value
    from threat_modeling.codebase.syntax import Expression, Function, Module

KEYWORDS: Final = ("poem",)


class Poem(Dialect):
    """What Poem calls its routers."""

    framework: ClassVar[str] = "poem"
    crates: ClassVar[tuple[str, ...]] = ("poem", "poem_openapi")
    types: ClassVar[tuple[str, ...]] = ("Route",)

    def create(self, name: str, invocation: Invocation) -> Value:
        """`Route::new()`, `get(handler)`, `OpenApiService::new(Api, ...)`."""
        owner, _, last = name.rpartition("::")
        if owner.rpartition("::")[2] in {"Route", "RouteMethod", "RouteDomain", "RouteScheme"} and last == "new":
            return self.branch(invocation)
        if name.endswith("OpenApiService::new") and invocation.call.arguments:
            return self._service(invocation)
        if name.endswith("StaticFilesEndpoint::new"):
            folder = self.branch(invocation)
            folder.static = True
            return folder
        if last.upper() in METHODS and invocation.arguments:
            route = self.branch(invocation)
            route.add(self.branch(invocation, "", (last.upper(),), invocation.arguments[0]))
            return route
        return None

    def method(self, branch: Branch, name: str, invocation: Invocation) -> Value:
        """`at`, `nest`, `with`, and further HTTP methods of an endpoint."""
        if name in {"at", "nest", "nest_no_strip"} and len(invocation.arguments) > 1:
            place = self.branch(invocation, invocation.text(0) or "")
            value = invocation.value(1)
            if isinstance(value, Branch) or name == "at":
                place.add(value if isinstance(value, Branch) else self.branch(invocation, "", ANY, invocation.arguments[1]))
            branch.add(place)
        elif name in {"with", "around", "before"} and invocation.arguments:
            return self.wrapped(branch, invocation.arguments[0])
        elif name.upper() in METHODS and invocation.arguments:
            branch.add(self.branch(invocation, "", (name.upper(),), invocation.arguments[0]))
        elif name in {"swagger_ui", "rapidoc", "redoc", "openapi_explorer", "spec_endpoint", "spec"}:
            return None
        return branch

    def _service(self, invocation: Invocation) -> Branch:
        """The operations of the types that a service is made of."""
        service = self.branch(invocation)
        wanted = {part for argument in invocation.call.arguments[:1] for part in _types(argument)}
        for module, function, owner in self.evaluation.functions:
            if owner in wanted and any(True for _ in self._operations(function)):
                self.evaluation.served.add(id(function))
                argument = Argument(Func(function, module, None, f"{owner}.{function.name}"), invocation.site, function.name, invocation.call)
                for methods, path in self._operations(function):
                    service.add(self.branch(invocation, path, methods, argument))
        return service

    def _operations(self, function: Function) -> Iterator[tuple[tuple[str, ...], str]]:
        for decorator in function.decorators:
            if isinstance(decorator, Call) and dotted(decorator.callee) == "oai" and decorator.keyword("path") is not None:
                yield ((text(decorator.keyword("method")) or "get").upper(),), text(decorator.keyword("path")) or ""

    def declared(self, module: Module, function: Function, name: str) -> Iterator[tuple[tuple[str, ...], str]]:
        """`#[oai(path = "/x", method = "get")]` of a service that is nested nowhere."""
        del module, name
        yield from self._operations(function)


def _types(node: Expression) -> set[str]:
    """The names of the types in an argument: `Api`, `(Users, Posts)`, `Api::new()`."""
    return {part for inner in walk(node) for part in dotted(inner).split(".") if part[:1].isupper()}


DIALECT: Final = Poem


def routes(project: Project) -> Iterator[Route]:
    """The routes of every Poem application of a target."""
    yield from routes_of(project, Poem.framework)


__all__ = ["DIALECT", "KEYWORDS", "LANGUAGES", "routes"]
