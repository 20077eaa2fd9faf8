"""Huma: operations registered on an API, also in groups; security schemes and middleware are guards, inputs are declared by type."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from threat_modeling.codebase.go.dialect import METHODS, Dialect
from threat_modeling.codebase.go.routing import LANGUAGES, routes_of
from threat_modeling.codebase.go.values import Constant, Mounted, Record, Router, Served

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.go.values import Invocation, Value
    from threat_modeling.codebase.observations import Route
    from threat_modeling.codebase.project import Project

KEYWORDS: Final = ("github.com/danielgtaylor/huma",)
_ADAPTERS: Final = frozenset({"New", "NewWithGroup", "NewWithPrefix", "NewAPI"})


class Huma(Dialect):
    """What Huma calls its routers."""

    framework: ClassVar[str] = "huma"
    package: ClassVar[str] = "github.com/danielgtaylor/huma"
    types: ClassVar[tuple[str, ...]] = ("API", "Group")
    uses: ClassVar[frozenset[str]] = frozenset({"UseMiddleware", "UseSimpleModifier"})
    verbs: ClassVar[frozenset[str]] = frozenset()

    def create(self, name: str, invocation: Invocation) -> Router | None:
        """`humachi.New(router, config)` stands on that router; `huma.NewGroup(api, "/v1")` below a path."""
        head, _, last = name.rpartition(".")
        if not head.startswith(self.package) or last not in {*_ADAPTERS, "NewGroup"}:
            return None
        under = invocation.value(1 if last == "NewWithGroup" else 0)
        made = Router(self, invocation.site)
        if isinstance(under, Router) and isinstance(invocation.text(1) or "", str):
            made.parent = under
            under.entries.append(Mounted((invocation.text(1) or "") if last == "NewGroup" else "", made))
        return made

    def call(self, name: str, invocation: Invocation) -> Value:
        """`huma.Register(api, operation, handler)` and `huma.Get(api, "/path", handler)`."""
        head, _, last = name.rpartition(".")
        router = invocation.value(0)
        if head != self.package or not isinstance(router, Router) or len(invocation.arguments) < 3:
            return None
        if last == "Register":
            operation = invocation.value(1)
            method, path = (self._field(operation, key) for key in ("Method", "Path"))
            if path:
                return self.add(router, Served((method.upper() or "GET",), path, invocation.arguments[2:3], invocation.site))
        elif last.upper() in METHODS and invocation.text(1) is not None:
            return self.add(router, Served((last.upper(),), invocation.text(1) or "", invocation.arguments[2:3], invocation.site))
        return None

    @staticmethod
    def _field(operation: Value, name: str) -> str:
        value = operation.fields.get(name) if isinstance(operation, Record) else None
        return str(value.value) if isinstance(value, Constant) else ""


DIALECT: Final = Huma


def routes(project: Project) -> Iterator[Route]:
    """The routes of every Huma API of a target."""
    yield from routes_of(project, Huma.framework)


__all__ = ["DIALECT", "KEYWORDS", "LANGUAGES", "routes"]
