"""GoFrame: servers, groups, bound handlers and controllers, requests that tell their own route; middleware of servers and groups."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar, Final

from threat_modeling.codebase.go.dialect import ANY, METHODS, Dialect
from threat_modeling.codebase.go.routing import LANGUAGES, routes_of
from threat_modeling.codebase.go.values import Argument, Closure, Middleware, Record, Router, Served

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.go.values import Invocation, Value
    from threat_modeling.codebase.observations import Route
    from threat_modeling.codebase.project import Project

KEYWORDS: Final = ("github.com/gogf/gf",)
_PATTERN: Final = re.compile(r"(?:(?P<method>[A-Za-z,]+):)?(?P<path>[^@]*)")
_META: Final = re.compile(r"\b(path|method):\"([^\"]*)\"")
_WORD: Final = re.compile(r"[A-Z]+(?![a-z])|[A-Z][a-z0-9]*")


class GoFrame(Dialect):
    """What GoFrame calls its routers."""

    framework: ClassVar[str] = "goframe"
    package: ClassVar[str] = "github.com/gogf/gf"
    types: ClassVar[tuple[str, ...]] = ("Server", "RouterGroup")
    contexts: ClassVar[tuple[str, ...]] = ("Request",)
    uses: ClassVar[frozenset[str]] = frozenset({"Use", "Middleware", "BindMiddlewareDefault"})
    named: ClassVar[frozenset[str]] = frozenset()
    folders: ClassVar[frozenset[str]] = frozenset({"AddStaticPath"})
    early: ClassVar[bool] = True

    def create(self, name: str, invocation: Invocation) -> Router | None:
        """`g.Server()` and `ghttp.GetServer()`."""
        wanted = name.startswith(self.package) and name.rpartition("/")[2] in {"g.Server", "ghttp.GetServer"}
        return Router(self, invocation.site) if wanted else None

    def served(self, router: Router, methods: tuple[str, ...], position: int, invocation: Invocation) -> Value:
        """A group's `GET("/path", handler)`; the handler may be an object with one method named third."""
        handlers = invocation.arguments[position + 1 :]
        method = invocation.text(position + 2)
        closure = self.evaluation.method(invocation.value(position + 1), method) if method else None
        if closure is not None and invocation.text(position) is not None:
            return self.add(
                router, Served(methods, invocation.text(position) or "", (Argument(closure, handlers[0].site, handlers[0].written),), invocation.site)
            )
        return super().served(router, methods, position, invocation)

    def special(self, router: Router, method: str, invocation: Invocation) -> Value:
        """Binding handlers, objects and maps of them."""
        path = _PATTERN.match(invocation.text(0) or "")
        if method in {"BindHandler", "BindObjectMethod"} and path is not None and len(invocation.arguments) > 1:
            self.add(router, Served(self._methods(path["method"]), path["path"], invocation.arguments[1:2], invocation.site))
        elif method in {"BindObject", "BindObjectRest"} and path is not None and len(invocation.arguments) > 1:
            self._object(router, invocation.arguments[1], path["path"], rest=method.endswith("Rest"), methods=self._methods(path["method"]))
        elif method in {"REST", "Rest"} and len(invocation.arguments) > 1:
            self._object(router, invocation.arguments[1], invocation.text(0) or "", rest=True, methods=ANY)
        elif method == "Bind":
            for argument in self.flattened(invocation.arguments):
                self._bound(router, argument)
        elif method == "BindMiddleware" and path is not None:
            router.entries.append(Middleware(self.flattened(invocation.arguments[1:]), path["path"], early=True))
        elif method in {"ALLMap", "Map"} and isinstance(invocation.value(0), Record):
            self._mapped(router, invocation)
        return router

    def _mapped(self, router: Router, invocation: Invocation) -> None:
        value = invocation.value(0)
        for path, target in value.fields.items() if isinstance(value, Record) else ():
            if path.startswith("/"):
                self.add(router, Served(ANY, path, (Argument(target, invocation.site, ""),), invocation.site))

    @staticmethod
    def _methods(written: str | None) -> tuple[str, ...]:
        found = tuple(part.upper() for part in (written or "").split(",") if part.upper() in METHODS)
        return found or ANY

    def _object(self, router: Router, argument: Argument, path: str, *, rest: bool, methods: tuple[str, ...]) -> None:
        """Every public method of an object is served below a path, or those named after HTTP methods at it."""
        of = self.controller(argument.value)
        for name in sorted(of.methods) if of is not None else ():
            closure = self.evaluation.method(argument.value, name)
            if closure is None or not name[:1].isupper() or not closure.function.parameters:
                continue
            target = (Argument(closure, argument.site, name),)
            if rest and name.upper() in METHODS:
                self.add(router, Served((name.upper(),), path, target, argument.site))
            elif not rest:
                below = "" if name == "Index" else "/" + "-".join(word.lower() for word in _WORD.findall(name))
                self.add(router, Served(methods, f"{path.rstrip('/')}{below}", target, argument.site))

    def _bound(self, router: Router, argument: Argument) -> None:
        """`group.Bind(controller)`: the request type of each method says which route it is."""
        value = argument.value
        if isinstance(value, Closure):
            self._request(router, value, argument)
        of = self.controller(value)
        for name in sorted(of.methods) if of is not None else ():
            closure = self.evaluation.method(value, name)
            if closure is not None and name[:1].isupper():
                self._request(router, closure, argument)

    def _request(self, router: Router, closure: Closure, argument: Argument) -> None:
        for parameter in closure.function.parameters[1:2]:
            found = self.evaluation.value(parameter.annotation, closure.frame)
            told = dict(_META.findall(getattr(found, "tags", {}).get("Meta", "")))
            if told.get("path"):
                methods = self._methods(told.get("method"))
                self.add(router, Served(methods, told["path"], (Argument(closure, argument.site, closure.function.name),), argument.site))


DIALECT: Final = GoFrame


def routes(project: Project) -> Iterator[Route]:
    """The routes of every GoFrame application of a target."""
    yield from routes_of(project, GoFrame.framework)


__all__ = ["DIALECT", "KEYWORDS", "LANGUAGES", "routes"]
