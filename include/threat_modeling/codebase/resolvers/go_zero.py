"""go-zero: route tables with prefix, JWT and middleware as options; the routes that its .api files describe."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar, Final

from threat_modeling.codebase.go.dialect import METHODS, Dialect
from threat_modeling.codebase.go.paths import joined, names, template
from threat_modeling.codebase.go.routing import LANGUAGES, routes_of
from threat_modeling.codebase.go.values import Argument, Constant, Foreign, Listed, Mounted, Record, Router, Served
from threat_modeling.codebase.observations import Guard, Parameter, Route
from threat_modeling.model import ControlCategory

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.go.values import Invocation, Value
    from threat_modeling.codebase.project import Project

KEYWORDS: Final = ("github.com/zeromicro/go-zero", "github.com/tal-tech/go-zero")
_SERVER: Final = re.compile(r"^\s*@server\s*\(")
_OPTION: Final = re.compile(r"^\s*(\w+)\s*:\s*(\S+)")
_SERVICE: Final = re.compile(r"^\s*service\s+[\w-]+\s*\{")
_ROUTE: Final = re.compile(r"^\s*(get|post|put|patch|delete|head|options)\s+(/[^\s(]*)")


class GoZero(Dialect):
    """What go-zero calls its servers."""

    framework: ClassVar[str] = "go-zero"
    package: ClassVar[str] = "github.com/zeromicro/go-zero"
    creators: ClassVar[tuple[str, ...]] = ("MustNewServer", "NewServer")
    types: ClassVar[tuple[str, ...]] = ("Server",)
    early: ClassVar[bool] = True

    def special(self, router: Router, method: str, invocation: Invocation) -> Value:
        """`AddRoutes(routes, options...)` and `AddRoute(route, options...)`."""
        if method not in {"AddRoutes", "AddRoute"} or not invocation.arguments:
            return router
        given = invocation.arguments[0]
        before: list[Argument] = []
        prefix = ""
        for option in invocation.arguments[1:]:
            if isinstance(option.value, Foreign) and option.value.name.endswith(".WithPrefix"):
                prefix = str(getattr(option.value.arguments[0], "value", "")) if option.value.arguments else ""
            else:
                before.append(option)
        child = self.evaluation.added(Router(self, invocation.site, parent=router))
        router.entries.append(Mounted(prefix, child, tuple(before)))
        for row in self.flattened((given,)):
            self._row(child, row)
        return router

    def call(self, name: str, invocation: Invocation) -> Value:
        """`rest.WithMiddlewares(list, routes...)` gives the routes back, each behind the middleware."""
        if not name.startswith(self.package) or name.rpartition(".")[2] not in {"WithMiddlewares", "WithMiddleware"}:
            return None
        before = self.flattened(invocation.arguments[:1])
        rows = self.flattened(invocation.arguments[1:])
        for row in rows:
            if isinstance(row.value, Record):
                row.value.fields["before"] = Listed([argument.value for argument in before])
        return Listed([row.value for row in rows])

    def _row(self, router: Router, row: Argument) -> None:
        fields = row.value.fields if isinstance(row.value, Record) else {}
        method, path, target = (fields.get(key) for key in ("Method", "Path", "Handler"))
        before = fields.get("before")
        guards = tuple(Argument(value, row.site, "") for value in before.items) if isinstance(before, Listed) else ()
        if isinstance(method, Constant) and isinstance(path, Constant) and str(method.value).upper() in METHODS:
            served = Argument(target, row.site, getattr(getattr(target, "function", None), "name", ""))
            self.add(router, Served((str(method.value).upper(),), str(path.value), (served,), row.site, guards))


DIALECT: Final = GoZero


def routes(project: Project) -> Iterator[Route]:
    """The routes of every go-zero service of a target; what only its .api file tells is documented only."""
    found = list(routes_of(project, GoZero.framework))
    yield from found
    known = {(route.method, route.path) for route in found}
    for path in sorted(path for path in project.paths if path.endswith(".api")):
        yield from (route for route in _described(project, path) if (route.method, route.path) not in known)


def _described(project: Project, path: str) -> Iterator[Route]:
    """The services of one .api file."""
    options: dict[str, str] = {}
    told: dict[str, str] = {}
    inside = False
    for number, line in enumerate((project.text(path) or "").split("\n"), 1):
        if _SERVER.match(line):
            inside, options = True, {}
        elif inside and line.strip().startswith(")"):
            inside = False
        elif inside and (option := _OPTION.match(line)):
            options[option[1]] = option[2]
        elif _SERVICE.match(line):
            told, options = options, {}
        elif route := _ROUTE.match(line):
            place = joined(told.get("prefix", ""), template(route[2]))
            evidence = project.evidence(path, number, number)
            guards = (Guard(category=ControlCategory.AUTHENTICATION, name="jwt", scope="router", evidence=evidence),) if "jwt" in told else ()
            yield Route(
                method=route[1].upper(),
                path=place,
                framework=GoZero.framework,
                registration=evidence,
                parameters=tuple(Parameter(name=name, source="path") for name in names(place)),
                guards=guards,
                documented_only=True,
            )


__all__ = ["DIALECT", "KEYWORDS", "LANGUAGES", "routes"]
