"""net/http: patterns of ServeMux, with the HTTP method in them since Go 1.22; handlers that tell methods apart by themselves."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar, Final

from threat_modeling.codebase.go.dialect import ANY, METHODS, Dialect
from threat_modeling.codebase.go.routing import LANGUAGES, routes_of
from threat_modeling.codebase.go.values import Constant, Foreign, Served
from threat_modeling.codebase.go.wrapping import below, mounted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.go.values import Argument, Invocation, Router, Value
    from threat_modeling.codebase.observations import Route
    from threat_modeling.codebase.project import Project

KEYWORDS: Final = ("http.HandleFunc(", "http.Handle(", "http.NewServeMux", "http.ServeMux", ".HandleFunc(")
_PATTERN: Final = re.compile(r"(?:(?P<method>[A-Z]+)\s+)?(?P<host>[^/\s{}]*)(?P<path>/.*)\Z", re.DOTALL)


class NetHttp(Dialect):
    """The router of the standard library."""

    framework: ClassVar[str] = "net/http"
    package: ClassVar[str] = "net/http"
    creators: ClassVar[tuple[str, ...]] = ("NewServeMux", "ServeMux")
    types: ClassVar[tuple[str, ...]] = ("ServeMux",)
    functions: ClassVar[bool] = True
    verbs: ClassVar[frozenset[str]] = frozenset()
    anything: ClassVar[frozenset[str]] = frozenset()
    groups: ClassVar[frozenset[str]] = frozenset()
    uses: ClassVar[frozenset[str]] = frozenset()
    mounts: ClassVar[frozenset[str]] = frozenset()
    named: ClassVar[frozenset[str]] = frozenset()
    folders: ClassVar[frozenset[str]] = frozenset()
    files: ClassVar[frozenset[str]] = frozenset()

    def call(self, name: str, invocation: Invocation) -> Value:
        """`http.Handle` and `http.HandleFunc` register on the package's own router."""
        return super().call(name, invocation) if name in {"net/http.Handle", "net/http.HandleFunc"} else None

    def special(self, router: Router, method: str, invocation: Invocation) -> Value:
        """`Handle(pattern, handler)` and `HandleFunc(pattern, function)`."""
        pattern = _PATTERN.match(invocation.text(0) or "") if method in {"Handle", "HandleFunc"} else None
        if pattern is None or len(invocation.arguments) < 2:
            return router
        argument, path = invocation.arguments[1], pattern["path"]
        inner, stripped, before = mounted(argument)
        if inner is not None and not below(router, inner):
            inner.parent = router
            return self.mount(router, stripped or "", (*before, argument))
        folder = _folder(argument)
        if folder is not None:
            return self.add(router, Served(("GET",), path, (), invocation.site, kind="folder", folder=folder))
        methods = (pattern["method"],) if pattern["method"] in METHODS else ANY
        return self.add(router, Served(methods, path, (argument,), invocation.site))


def _folder(argument: Argument) -> str | None:
    """The folder of `http.FileServer(http.Dir("static"))`, also behind `http.StripPrefix`."""
    value: Value = argument.value
    for _ in range(4):
        if not isinstance(value, Foreign):
            return None
        if value.name == "net/http.FileServer":
            inner = value.arguments[0] if value.arguments else None
            given = inner.arguments[0] if isinstance(inner, Foreign) and inner.arguments else inner
            return str(given.value) if isinstance(given, Constant) else ""
        value = value.arguments[-1] if value.arguments else None
    return None


DIALECT: Final = NetHttp


def routes(project: Project) -> Iterator[Route]:
    """The routes that a target registers with the standard library."""
    yield from routes_of(project, NetHttp.framework)


__all__ = ["DIALECT", "KEYWORDS", "LANGUAGES", "routes"]
