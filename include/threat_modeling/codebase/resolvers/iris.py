"""Iris: applications and parties; middleware guards what is registered after it, `UseRouter` and `UseGlobal` all; MVC controllers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar, Final

from threat_modeling.codebase.go.dialect import METHODS, Dialect
from threat_modeling.codebase.go.routing import LANGUAGES, routes_of
from threat_modeling.codebase.go.values import Argument, Foreign, Middleware, Record, Router, Served

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.go.values import Invocation, Value
    from threat_modeling.codebase.observations import Route
    from threat_modeling.codebase.project import Project

KEYWORDS: Final = ("github.com/kataras/iris",)
_WORD: Final = re.compile(r"[A-Z][a-z0-9]*")


class Iris(Dialect):
    """What Iris calls its routers."""

    framework: ClassVar[str] = "iris"
    package: ClassVar[str] = "github.com/kataras/iris"
    creators: ClassVar[tuple[str, ...]] = ("New", "Default")
    types: ClassVar[tuple[str, ...]] = ("Application", "Party", "APIBuilder")
    contexts: ClassVar[tuple[str, ...]] = ("Context",)
    groups: ClassVar[frozenset[str]] = frozenset({"Party", "PartyFunc"})
    uses: ClassVar[frozenset[str]] = frozenset({"Use", "UseRouter", "UseGlobal", "UseOnce"})
    named: ClassVar[frozenset[str]] = frozenset({"Handle", "HandleMany"})
    folders: ClassVar[frozenset[str]] = frozenset({"HandleDir", "StaticWeb"})
    files: ClassVar[frozenset[str]] = frozenset({"Favicon"})

    def create(self, name: str, invocation: Invocation) -> Router | None:
        """`iris.New()`, and `mvc.New(party)`, which registers on the party."""
        if name == f"{self.package}/mvc.New":
            party = invocation.value(0)
            return party if isinstance(party, Router) else None
        return super().create(name, invocation) if name.rpartition(".")[0] == self.package else None

    def register(self, router: Router, method: str, invocation: Invocation) -> Value:
        """`Handle` of an MVC application takes a controller."""
        if method == "Handle" and isinstance(invocation.value(0), Record):
            return self._controller(router, invocation)
        if method in {"UseRouter", "UseGlobal"}:
            router.entries.append(Middleware(self.flattened(invocation.arguments), "", early=True))
            return router
        return super().register(router, method, invocation)

    def named_method(self, router: Router, invocation: Invocation) -> Value:
        """`HandleMany("GET POST", "/a /b", handler)` too."""
        methods = tuple(part for part in (invocation.text(0) or "").upper().split() if part in METHODS)
        for path in (invocation.text(1) or "").split():
            handlers = self.flattened(invocation.arguments[2:])
            if methods and handlers:
                self.add(router, Served(methods, path, handlers[-1:], invocation.site, handlers[:-1]))
        return router

    def special(self, router: Router, method: str, invocation: Invocation) -> Value:
        """`mvc.Configure(app.Party("/x"), setup)` hands the party on."""
        del method, invocation
        return router

    def call(self, name: str, invocation: Invocation) -> Value:
        """`mvc.Configure(party, func(app *mvc.Application) {...})`."""
        party = invocation.value(0)
        if name == f"{self.package}/mvc.Configure" and isinstance(party, Router):
            for argument in invocation.arguments[1:]:
                if hasattr(argument.value, "function"):
                    self.evaluation.invoke(argument.value, (party,))  # type: ignore[arg-type]  # it is a Closure
            return party
        return Foreign(name, tuple(a.value for a in invocation.arguments), called=True) if name == f"{self.package}.Dir" else None

    def _controller(self, router: Router, invocation: Invocation) -> Value:
        """A controller's methods are named after what they serve: `GetUsersBy(id)` is GET /users/{id}."""
        value = invocation.value(0)
        of = self.controller(value)
        for name in of.methods if of is not None else ():
            words = _WORD.findall(name)
            method = words[0].upper() if words else ""
            closure = self.evaluation.method(value, name)
            if closure is None or (method not in METHODS and method not in self.anything):
                continue
            parameters = iter(parameter.name for parameter in closure.function.parameters)
            path = "".join(f"/{{{next(parameters, 'param')}}}" if word == "By" else f"/{word.lower()}" for word in words[1:])
            methods = (method,) if method in METHODS else ("ANY",)
            self.add(router, Served(methods, path, (Argument(closure, invocation.site, name),), invocation.site))
        return router


DIALECT: Final = Iris


def routes(project: Project) -> Iterator[Route]:
    """The routes of every Iris application of a target."""
    yield from routes_of(project, Iris.framework)


__all__ = ["DIALECT", "KEYWORDS", "LANGUAGES", "routes"]
