"""Beego: controllers with method maps, namespaces, annotations above methods, functions; filters are guards by path."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar, Final

from threat_modeling.codebase.go.dialect import ANY, METHODS, Dialect
from threat_modeling.codebase.go.routing import LANGUAGES, routes_of
from threat_modeling.codebase.go.values import Argument, Foreign, Middleware, Mounted, Router, Served

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.go.evaluation import Evaluation
    from threat_modeling.codebase.go.values import Invocation, Value
    from threat_modeling.codebase.observations import Route
    from threat_modeling.codebase.project import Project

KEYWORDS: Final = ("github.com/beego/beego", "github.com/astaxie/beego")
_PACKAGES: Final = ("github.com/beego/beego/server/web", "github.com/beego/beego", "github.com/astaxie/beego")
_ANNOTATION: Final = re.compile(r"@router\s+(\S+)(?:\s+\[([^\]]*)\])?")
_SEARCHED: Final = 4_000
"""Characters above a method in which its comment is looked for."""


class Beego(Dialect):
    """What Beego calls its routers: its own one, and namespaces."""

    framework: ClassVar[str] = "beego"
    types: ClassVar[tuple[str, ...]] = ("HttpServer", "Namespace", "App", "ControllerRegister")
    creators: ClassVar[tuple[str, ...]] = ("NewHttpSever", "NewControllerRegister")
    functions: ClassVar[bool] = True
    named: ClassVar[frozenset[str]] = frozenset()
    folders: ClassVar[frozenset[str]] = frozenset({"SetStaticPath"})
    early: ClassVar[bool] = True

    def __init__(self, evaluation: Evaluation) -> None:
        super().__init__(evaluation)
        self._parts: dict[int, Invocation] = {}
        """Parts of namespaces by the identity of their calls."""

    def known(self, name: str, among: tuple[str, ...]) -> bool:
        """One of these names of any of the packages that Beego was."""
        head, _, last = name.rpartition(".")
        return last in among and head in _PACKAGES

    def call(self, name: str, invocation: Invocation) -> Value:
        """`web.Get(path, function)`, `web.NewNamespace(path, parts...)` and the like."""
        head, _, last = name.rpartition(".")
        if head not in _PACKAGES:
            return None
        if last == "NewNamespace":
            return self._namespace(self.evaluation.added(Router(self, invocation.site)), invocation)
        if last.startswith("NS"):
            self._parts[id(invocation.call)] = invocation
            return Foreign(name, called=True)
        return self.own(last, invocation)

    def _namespace(self, router: Router, invocation: Invocation) -> Router:
        """The parts of a namespace, each a call of its own, below its path."""
        router.fields["path"] = invocation.value(0)
        for node in invocation.call.arguments[1:]:
            part = self._parts.get(id(node))
            name = getattr(getattr(part.call if part else None, "callee", None), "name", "") if part is not None else ""
            if part is None:
                continue
            if name == "NSNamespace":
                child = self.evaluation.added(Router(self, part.site, parent=router))
                router.entries.append(Mounted(part.text(0) or "", child))
                self._namespace(child, part)
            elif name in {"NSBefore", "NSCond"}:
                router.entries.append(Middleware(part.arguments, "", early=True))
            else:
                self.register(router, name.removeprefix("NS"), part)
        return router

    def register(self, router: Router, method: str, invocation: Invocation) -> Value:
        """A namespace added to the application stands below its path."""
        if method in {"AddNamespace", "Namespace"}:
            for argument in self.flattened(invocation.arguments):
                inner = argument.value
                if isinstance(inner, Router) and inner is not router:
                    inner.parent = router
                    router.entries.append(Mounted(str(getattr(inner.fields.get("path"), "value", "")), inner))
            return router
        return super().register(router, method, invocation)

    def special(self, router: Router, method: str, invocation: Invocation) -> Value:
        """Controllers and filters."""
        if method == "Router" and len(invocation.arguments) > 1:
            self._controller(router, invocation)
        elif method == "Include":
            for argument in self.flattened(invocation.arguments):
                self._annotated(router, argument)
        elif method == "InsertFilter" and len(invocation.arguments) > 2:
            path = invocation.text(0) or ""
            router.entries.append(Middleware(invocation.arguments[2:3], "" if path in {"*", "/*"} else path.rstrip("*"), early=True))
        elif method in {"AutoRouter", "AutoPrefix"}:
            self._automatic(router, invocation, prefix=method == "AutoPrefix")
        elif method in {"Handler", "CtrlGet"} and len(invocation.arguments) > 1:
            return self.served(router, ANY, 0, invocation)
        elif method.startswith("Ctrl") and method[4:].upper() in METHODS and len(invocation.arguments) > 1:
            return self.served(router, (method[4:].upper(),), 0, invocation)
        return router

    def _controller(self, router: Router, invocation: Invocation) -> None:
        """`Router("/users", &UserController{}, "get:List;post:Create")`; without a map, the methods named after HTTP methods."""
        path, value = invocation.text(0), invocation.value(1)
        of = self.controller(value)
        if path is None:
            return
        written = invocation.text(2)
        mapped = [part.partition(":") for part in (written or "").split(";") if ":" in part]
        pairs = [(verb.strip().upper(), name.strip()) for verbs, _, name in mapped for verb in verbs.split(",")]
        if not mapped and of is not None:
            pairs = [(name.upper(), name) for name in of.methods if name.upper() in METHODS]
        for verb, name in pairs:
            closure = self.evaluation.method(value, name)
            target = Argument(closure, invocation.site, f"{of.name}.{name}" if of is not None else name)
            self.add(router, Served(("ANY" if verb == "*" else verb,), path, (target,), invocation.site))

    def _annotated(self, router: Router, argument: Argument) -> None:
        """`// @router /users/:id [get]` in the comment above a method."""
        of = self.controller(argument.value)
        for name, (function, frame) in (of.methods if of is not None else {}).items():
            lines = (self.evaluation.project.text(frame.module.path) or "").split("\n")[: function.line - 1]
            above = []
            while lines and lines[-1].lstrip().startswith("//"):
                above.append(lines.pop())
            for path, verbs in _ANNOTATION.findall("\n".join(reversed(above))[-_SEARCHED:]):
                methods = tuple(verb.strip().upper() for verb in verbs.split(",") if verb.strip().upper() in METHODS) or ("GET",)
                closure = self.evaluation.method(argument.value, name)
                self.add(router, Served(methods, path, (Argument(closure, argument.site, name),), argument.site))

    def _automatic(self, router: Router, invocation: Invocation, *, prefix: bool) -> None:
        """`AutoRouter(&UserController{})` serves every public method at /user/method."""
        value = invocation.value(1 if prefix else 0)
        of = self.controller(value)
        base = (invocation.text(0) or "") if prefix else ""
        for name in sorted(of.methods) if of is not None else ():
            if name[:1].isupper() and of is not None:
                path = f"{base}/{of.name.removesuffix('Controller').lower()}/{name.lower()}"
                self.add(router, Served(ANY, path, (Argument(self.evaluation.method(value, name), invocation.site, name),), invocation.site))


DIALECT: Final = Beego


def routes(project: Project) -> Iterator[Route]:
    """The routes of every Beego application of a target."""
    yield from routes_of(project, Beego.framework)


__all__ = ["DIALECT", "KEYWORDS", "LANGUAGES", "routes"]
