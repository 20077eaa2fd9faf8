"""axum, and what stands on it: aide, utoipa and others; layers guard what was routed before them."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from threat_modeling.codebase.rust.dialect import ANY, METHODS, Dialect
from threat_modeling.codebase.rust.routing import LANGUAGES, routes_of
from threat_modeling.codebase.rust.values import Argument, Branch, Foreign, Func, Items
from threat_modeling.codebase.syntax import Call, dotted, text, walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.observations import Route
    from threat_modeling.codebase.project import Project
    from threat_modeling.codebase.rust.values import Invocation, Value
    from threat_modeling.codebase.syntax import Function, Module

KEYWORDS: Final = ("axum",)
_ROUTERS: Final = frozenset({"Router", "OpenApiRouter", "ApiRouter"})


class Axum(Dialect):
    """What axum calls its routers."""

    framework: ClassVar[str] = "axum"
    crates: ClassVar[tuple[str, ...]] = ("axum", "aide", "utoipa_axum", "axum_extra")
    types: ClassVar[tuple[str, ...]] = ("Router", "OpenApiRouter", "ApiRouter")

    def create(self, name: str, invocation: Invocation) -> Value:
        """Routers, and the HTTP methods of a route: `get(handler)`, `on(MethodFilter::GET, handler)`."""
        owner, _, last = name.rpartition("::")
        if owner.rpartition("::")[2] in _ROUTERS and last in {"new", "default", "with_openapi"}:
            return self.branch(invocation)
        verb = self._verb(last)
        if verb and invocation.arguments:
            return self._methods(self.branch(invocation), last, verb, invocation)
        return None

    @staticmethod
    def _verb(name: str) -> tuple[str, ...]:
        plain = name.removesuffix("_service").removesuffix("_with")
        return ANY if plain == "any" else (plain.upper(),) if plain.upper() in METHODS else ("ON",) if plain == "on" else ()

    def _methods(self, route: Branch, name: str, verb: tuple[str, ...], invocation: Invocation) -> Branch:
        handler = invocation.arguments[1] if verb == ("ON",) and len(invocation.arguments) > 1 else invocation.arguments[0]
        if verb == ("ON",):
            node = invocation.call.arguments[0]
            verb = tuple(part for part in dict.fromkeys(dotted(n).rpartition(".")[2] for n in walk(node)) if part in METHODS)
        inner = self.branch(invocation, "", verb or ANY, handler)
        inner.static = name.endswith("_service") and verb == ANY
        route.add(inner)
        return route

    def method(self, branch: Branch, name: str, invocation: Invocation) -> Value:
        """`route`, `nest`, `merge`, `layer`, and further HTTP methods of a route."""
        verb = self._verb(name)
        if (name in {"route", "api_route", "route_with_tsr"} and len(invocation.arguments) > 1) or (
            name in {"nest", "nest_api_service"} and isinstance(invocation.value(1), Branch)
        ):
            self._routed(branch, invocation.text(0) or "", invocation.arguments[1:])
        elif name == "merge":
            self._routed(branch, "", invocation.arguments)
        elif name == "routes":
            for argument in invocation.arguments:
                for route in self._told(invocation, argument):
                    branch.add(route)
        elif name in {"nest_service", "route_service"} and _is_folder(invocation.value(1)):
            folder = self.branch(invocation, invocation.text(0) or "")
            folder.static = name == "nest_service"
            branch.add(folder)
        elif name in {"layer", "route_layer"} and invocation.arguments:
            return self.wrapped(branch, invocation.arguments[0])
        elif verb and invocation.arguments:
            return self._methods(branch, name, verb, invocation)
        return branch

    def _routed(self, branch: Branch, path: str, arguments: tuple[Argument, ...]) -> None:
        for argument in arguments:
            if isinstance(argument.value, Branch):
                place = Branch(self, argument.site, path, placed=True)
                self.evaluation.branches.append(place)
                place.add(argument.value)
                branch.add(place)

    def _told(self, invocation: Invocation, argument: Argument) -> Iterator[Branch]:
        """`routes!(a, b)`: handlers that say their routes."""
        value = argument.value
        given = value.arguments if isinstance(value, Foreign) else value.values if isinstance(value, Items) else [value]
        for inner in given:
            if isinstance(inner, Func):
                yield from self.attributed(invocation, Argument(inner, argument.site, inner.name, argument.node))

    def declared(self, module: Module, function: Function, name: str) -> Iterator[tuple[tuple[str, ...], str]]:
        """`#[utoipa::path(get, path = "/x")]`."""
        del module, name
        for decorator in function.decorators:
            if isinstance(decorator, Call) and dotted(decorator.callee) == "utoipa.path" and decorator.keyword("path") is not None:
                if id(function) not in self.evaluation.served:
                    return
                said = [part for a in decorator.arguments for part in (a.arguments if isinstance(a, Call) and dotted(a.callee) == "method" else (a,))]
                methods = tuple(m for part in said if (m := dotted(part).upper()) in METHODS)
                yield methods or ("GET",), text(decorator.keyword("path")) or ""


def _is_folder(value: Value) -> bool:
    return isinstance(value, Foreign) and "ServeDir" in value.name


DIALECT: Final = Axum


def routes(project: Project) -> Iterator[Route]:
    """The routes of every axum application of a target."""
    yield from routes_of(project, Axum.framework)


__all__ = ["DIALECT", "KEYWORDS", "LANGUAGES", "routes"]
