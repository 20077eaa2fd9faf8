"""Django Ninja: APIs in Django's URL tables, their routers and operations, authentication by API, router and operation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.python.django_urls import Entry, Tables
from threat_modeling.codebase.python.endpoints import Endpoints, Registration
from threat_modeling.codebase.python.handlers import decorators_of
from threat_modeling.codebase.python.signatures import parameters
from threat_modeling.codebase.python.views import Served, options
from threat_modeling.codebase.python.wiring import Wiring, calls, places_of
from threat_modeling.codebase.syntax import Attribute, Call, Function, Literal, Sequence, Statement
from threat_modeling.model import ControlCategory

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.observations import Guard, Route
    from threat_modeling.codebase.project import Project
    from threat_modeling.codebase.python.guards import Reach
    from threat_modeling.codebase.python.scopes import Scope

LANGUAGES: Final = ("python",)
KEYWORDS: Final = ("ninja",)
_VERBS: Final = {name: name.upper() for name in ("get", "post", "put", "patch", "delete")}
_KINDS: Final = {"NinjaAPI": "api", "NinjaExtraAPI": "api", "Router": "router"}


def routes(project: Project) -> Iterator[Route]:
    """The operations of all Django Ninja APIs of a project."""
    places = places_of(project, KEYWORDS, ("ninja", "ninja_extra"))
    if places:
        yield from _Ninja(project, places).routes()


class _Ninja:
    def __init__(self, project: Project, places: list[tuple[Scope, Statement]]) -> None:
        self._project = project
        self._places = places
        self._endpoints = Endpoints(project, "django-ninja")
        self._wiring = Wiring(places, _made)
        for scope, statement in places:
            for call in calls(statement):
                self._mount(scope, call)
        tables = Tables(project)
        for module in tables.modules:
            for entry in tables.entries(module):
                if isinstance(entry, Entry) and isinstance(entry.target, Attribute) and entry.target.name == "urls":
                    self._stand(entry, entry.target)

    def _stand(self, entry: Entry, target: Attribute) -> None:
        """An API stands where the longest path of a table leads to it: that of the outermost table."""
        for router in self._wiring.receivers(entry.scope, target.object):
            known = max((prefix for _, prefix, _ in router.mounts), key=len, default="")
            if len(entry.path) > len(known):
                router.mounts = [(None, "/" + entry.path.lstrip("/"), ())]

    def _mount(self, scope: Scope, call: Call) -> None:
        router = self._wiring.made(scope, call)
        if router is not None:
            router.guards += [
                guard for guard in self._asked(scope, call, "application" if router.kind == "api" else "router") if guard not in router.guards
            ]
        callee = call.callee
        if isinstance(callee, Attribute) and callee.name == "add_router" and len(call.arguments) > 1:
            prefix = scope.constant(call.arguments[0]) or ""
            guards = tuple(self._asked(scope, call, "router"))
            for child in self._wiring.receivers(scope, call.arguments[1]):
                child.mounts += [(parent.key, prefix, guards) for parent in self._wiring.receivers(scope, callee.object) if parent is not child]

    def _asked(self, scope: Scope, call: Call, reach: Reach) -> Iterator[Guard]:
        """`auth=django_auth`, `auth=[ApiKey(), ...]`; `auth=None` asks for nothing."""
        given = call.keyword("auth")
        for element in given.elements if isinstance(given, Sequence) else (given,) if given is not None else ():
            if not (isinstance(element, Literal) and element.value is None):
                name = scope.qualified(element.callee if isinstance(element, Call) else element)
                yield self._endpoints.guards.guard(scope, element, ControlCategory.AUTHENTICATION, reach, name or "auth")

    def routes(self) -> Iterator[Route]:
        for scope, function in self._places:
            for decorator in decorators_of(self._project, scope.module, function) if isinstance(function, Function) else ():
                if isinstance(decorator, Call) and isinstance(decorator.callee, Attribute) and isinstance(function, Function):
                    yield from self._operation(scope, decorator, decorator.callee, function)

    def _operation(self, scope: Scope, decorator: Call, callee: Attribute, function: Function) -> Iterator[Route]:
        many = callee.name == "api_operation"
        given = decorator.keyword("path") or (decorator.arguments[1 if many else 0] if len(decorator.arguments) > many else None)
        path = scope.constant(given)
        methods = options(scope, decorator.arguments[0]) if many and decorator.arguments else (_VERBS.get(callee.name, ""),)
        if path is None or not all(methods):
            return
        stated = decorator.keyword("auth") is not None
        own = (
            *self._asked(scope, decorator, "route"),
            *self._endpoints.guards.of(scope, (d for d in function.decorators if d is not decorator), "route"),
        )
        named = {part.strip("{}").rpartition(":")[2] for part in path.split("/") if part.startswith("{")}
        taken = tuple(p for p in parameters(scope, function, named, method=True) if p.source != "path")
        for router in self._wiring.receivers(scope, callee.object):
            for place in self._wiring.routers.placements(router):
                kept = tuple(guard for guard in place.guards if not (stated and guard.category is ControlCategory.AUTHENTICATION))
                for method in methods:
                    registration = Registration(scope, decorator, _braced(path), (), guards=kept)
                    served = Served(method, scope, function, function.name)
                    yield from self._endpoints.served(registration, method, served, [type(place)(place.prefix)], own, taken)


def _braced(path: str) -> str:
    """`/{int:id}` -> /{id}."""
    return "/".join("{" + part.strip("{}").rpartition(":")[2] + "}" if part.startswith("{") else part for part in path.split("/"))


def _made(scope: Scope, call: Call) -> tuple[str, str] | None:
    name = scope.qualified(call.callee)
    kind = _KINDS.get(name.rpartition(".")[2]) if name.startswith("ninja") else None
    return None if kind is None else (kind, "")
