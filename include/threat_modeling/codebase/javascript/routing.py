"""From what was registered on applications and routers to absolute routes with handler, parameters and guards.

Registrations are read in the order in which they are made, through every mount: middleware guards what is registered after it, on
paths below its own. A handler that passes on leaves its route to the next one on the same path, and its controls guard that one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

from threat_modeling.codebase.javascript.behavior import Behavior, Observer
from threat_modeling.codebase.javascript.handlers import flattened, handler, unwrapped
from threat_modeling.codebase.javascript.packages import GUARDS, HARMLESS, UPLOADS, guard_of, package_of, serves
from threat_modeling.codebase.javascript.paths import covers, joined, names
from threat_modeling.codebase.javascript.requests import messages, parameters
from threat_modeling.codebase.javascript.static_files import folder_of, served_files
from threat_modeling.codebase.javascript.values import Argument, Closure, Foreign, Given, Record, Registration, Router, Site
from threat_modeling.codebase.observations import Guard, Handler, Parameter, Route

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.javascript.evaluation import Evaluation
    from threat_modeling.codebase.observations import EntryPointType
    from threat_modeling.model import ControlCategory

MAX_ENTRIES: Final = 5_000
_TESTS: Final = re.compile(
    r"(?:^|/)(?:__tests__|__mocks__|tests?|specs?|e2e|cypress|mocks?|fixtures?|testing|stories)/|[.-](?:test|spec|e2e|cy|stories|mock)\.[cm]?[jt]sx?$"
)

Scope = Literal["application", "router", "route", "handler"]


def is_test(path: str) -> bool:
    """Whether a file belongs to the tests of a target, whose servers nobody reaches."""
    return _TESTS.search(path) is not None


@dataclass(frozen=True, slots=True)
class Before:
    """What runs before a handler: guards, files that it takes, and names of what can't be read."""

    guards: tuple[Guard, ...] = ()
    files: tuple[Parameter, ...] = ()
    unread: tuple[str, ...] = ()


@dataclass(slots=True)
class Cover:
    """Guards with the paths they cover: one path, or all below it."""

    path: str
    below: bool
    method: str
    guards: tuple[Guard, ...]
    unread: tuple[str, ...] = ()


@dataclass(slots=True)
class Entry:
    """A route as one registration makes it."""

    method: str
    path: str
    type: EntryPointType
    handler: Handler
    site: Site
    parameters: tuple[Parameter, ...]
    guards: tuple[Guard, ...]
    ends: bool
    """False where its handler passes every request on."""
    unread: tuple[str, ...] = ()
    made: bool = False
    """Whether the registration calls the function whose result serves."""


@dataclass(slots=True)
class Table:
    """Everything below one application, in order."""

    covers: list[Cover] = field(default_factory=list)
    entries: dict[tuple[str, str], Entry] = field(default_factory=dict)


class Routing:
    """Turns the routers of one evaluation into routes."""

    def __init__(self, evaluation: Evaluation, framework: str) -> None:
        self._evaluation = evaluation
        self._framework = framework
        self._observer = Observer(evaluation)
        self._mounted: set[int] = set()

    def routes(self) -> Iterator[Route]:
        """Routes of every application, and of routers that nothing mounts, in order of path and method."""
        routers = [router for router in self._evaluation.routers if not is_test(router.site.path)]
        for router in routers:
            for registration in router.registrations:
                self._mounted.update(id(a.value) for a in flattened(self._evaluation, registration.arguments) if isinstance(a.value, Router))
        found: dict[tuple[str, str], Entry] = {}
        for router in routers:
            if id(router) not in self._mounted:
                table = Table()
                self._router(router, router.prefix, table, (router,))
                for key, entry in table.entries.items():
                    found.setdefault(key, entry)
        for _, entry in sorted(found.items(), key=lambda item: (item[0][1], item[0][0])):
            yield self._route(entry)

    def _route(self, entry: Entry) -> Route:
        guards = {(guard.category, guard.name, guard.scope): guard for guard in entry.guards}
        return Route(
            type=entry.type,
            method=entry.method,
            path=entry.path,
            framework=self._framework,
            handler=entry.handler,
            registration=self._evaluation.project.evidence(entry.site.path, entry.site.line, entry.site.end),
            parameters=entry.parameters,
            guards=tuple(guards.values()),
            unread=tuple(dict.fromkeys(entry.unread)),
            made_where_registered=entry.made,
        )

    # reading registrations

    def _router(self, router: Router, prefix: str, table: Table, above: tuple[Router, ...]) -> None:
        for registration in router.registrations:
            if len(table.entries) > MAX_ENTRIES:
                self._evaluation.project.cut_short(router.site.path, f"only the first {MAX_ENTRIES:,} of its routes are listed")
                return
            if registration.kind == "use":
                self._use(registration, prefix, table, above)
            elif registration.kind == "resource":
                self._resource(registration, prefix, table)
            else:
                self._served(registration, prefix, table)

    def _use(self, registration: Registration, prefix: str, table: Table, above: tuple[Router, ...]) -> None:
        for path in registration.paths or ("",):
            place = joined(prefix, path)
            for argument in flattened(self._evaluation, registration.arguments):
                value = argument.value
                if isinstance(value, Closure) and not value.function.parameters:
                    value = self._evaluation.invoke(value, ())
                if isinstance(value, Router):
                    if value not in above and len(above) < 12:
                        self._router(value, joined(place, value.prefix) if value.prefix else place, table, (*above, value))
                    continue
                self._middleware(argument, registration, path, place, table, nested=len(above) > 1)

    def _middleware(self, argument: Argument, registration: Registration, path: str, place: str, table: Table, *, nested: bool) -> None:
        scope: Scope = "router" if nested or path else "application"
        answers = bool(path) and self._answers(argument)
        guards = () if answers else self._guards(argument, scope)
        if guards:
            table.covers.append(Cover(place, True, "ANY", guards))
            return
        kind = serves(argument.value.name) if isinstance(argument.value, Foreign) else None
        if kind is None and not answers:
            if unread := self._unread(argument):
                table.covers.append(Cover(place, True, "ANY", (), unread))
            return
        method = "GET" if kind == "static" else "ANY"
        for name in self._files(argument, registration) if kind == "static" else ():
            self._add(table, registration, method, joined(place, name), argument, Before(), "http")
            kind = "listed"
        if kind == "listed":
            return
        entry_type: EntryPointType = "graphql" if kind == "graphql" else "http"
        self._add(table, registration, method, place, argument, Before(), entry_type)

    def _files(self, argument: Argument, registration: Registration) -> list[str]:
        """The files of a small folder that is served as it is."""
        options = next((other.value for other in registration.arguments if isinstance(other.value, Record)), None)
        lists = isinstance(argument.value, Foreign) and package_of(argument.value.name) == "serve-index"  # it names files, but serves none
        folder = folder_of(argument.value, options) if isinstance(argument.value, Foreign) and not lists else ""
        return served_files(self._evaluation.project.paths, folder, registration.site.path)

    def _answers(self, argument: Argument) -> bool:
        """Whether middleware answers by itself: it sends something and never passes on without an error."""
        closure = unwrapped(self._evaluation, argument.value)
        if closure is None or len(closure.function.parameters) > 3:
            return False
        behavior = self._observer.behavior(closure)
        return behavior.answers and not behavior.passes

    def _served(self, registration: Registration, prefix: str, table: Table) -> None:
        arguments = list(flattened(self._evaluation, registration.arguments))
        routers = [a for a in arguments if isinstance(a.value, Router)]
        if routers:
            return
        before, last = arguments[:-1], arguments[-1] if arguments else None
        guards = tuple(guard for argument in before for guard in self._guards(argument, "route"))
        guards += self._guards(last, "route") if last is not None and self._is_guard(last) else ()
        files = tuple(parameter for argument in before for parameter in _uploads(argument))
        unread = tuple(name for argument in before for name in self._unread(argument))
        for path in registration.paths:
            for method in registration.methods:
                kind: EntryPointType = "websocket" if registration.kind == "websocket" else "http"
                self._add(table, registration, method, joined(prefix, path), last, Before(guards, files, unread), kind)

    def _resource(self, registration: Registration, prefix: str, table: Table) -> None:
        """Endpoints that a package derives from a model: no code of the target serves them."""
        handler_ = Handler(file=registration.site.path, line=registration.site.line, end=registration.site.end, function="")
        for path in registration.paths:
            place = joined(prefix, path)
            found = parameters(None, names(place))
            for method in registration.methods:
                self._put(table, Entry(method, place, "http", handler_, registration.site, found, (), ends=True))

    def _add(
        self,
        table: Table,
        registration: Registration,
        method: str,
        place: str,
        argument: Argument | None,
        before: Before,
        type_: EntryPointType,
    ) -> None:
        where, closure = handler(self._evaluation, argument, registration.site)
        behavior = self._observer.behavior(closure) if closure is not None else None
        own = self._own(behavior, closure, where) if closure is not None and behavior is not None and not before.guards else ()
        ends = self._ends(argument, behavior)
        found = messages(closure) if type_ == "websocket" and closure is not None else parameters(closure, names(place))
        if before.files:
            found = (*(p for p in found if p.source != "file"), *before.files)
        if behavior is not None and behavior.not_found and place.endswith("{wildcard}"):
            return
        if not ends and method in {"ANY", "OPTIONS"}:
            table.covers.append(Cover(place, False, method, (*before.guards, *own), before.unread))
            return
        made = closure is not None and argument is not None and argument.written.endswith("()")
        self._put(table, Entry(method, place, type_, where, registration.site, found, (*before.guards, *own), ends, before.unread, made))

    def _ends(self, argument: Argument | None, behavior: Behavior | None) -> bool:
        if behavior is not None:
            return not behavior.passes
        name = argument.value.name if argument is not None and isinstance(argument.value, Foreign) else ""
        return guard_of(name) is None and serves(name) != "static"  # what a folder lacks is left to later routes

    def _put(self, table: Table, entry: Entry) -> None:
        """Add a route to the table, or to what an earlier registration passes on to it."""
        reaching = [cover for cover in table.covers if _reaches(cover, entry)]
        passed = [guard for cover in reaching for guard in cover.guards]
        entry.unread = (*(name for cover in reaching for name in cover.unread), *entry.unread)
        key = (entry.method, entry.path)
        earlier = table.entries.get(key)
        if earlier is not None and earlier.ends:
            return
        entry.guards = (*passed, *(earlier.guards if earlier is not None else ()), *entry.guards)
        if earlier is not None:
            entry.parameters += tuple(parameter for parameter in earlier.parameters if parameter not in entry.parameters)
        table.entries[key] = entry

    # guards

    def _guards(self, argument: Argument, scope: Scope) -> tuple[Guard, ...]:
        """The controls that a value among the handlers is, the one it wraps included."""
        value = argument.value
        if isinstance(value, Foreign):
            category = guard_of(value.name)
            if category is not None:
                return (self._guard(category, value.name, scope, argument.site),)
        if isinstance(value, Closure):
            name = argument.written or value.function.name or value.maker or "middleware"
            return tuple(self._guard(category, name, scope, argument.site) for category in self._observer.behavior(value).controls)
        return ()

    def _unread(self, argument: Argument) -> tuple[str, ...]:
        """The name of middleware whose code was looked for in the target and not found."""
        value = argument.value
        if isinstance(value, Foreign) and (
            package_of(value.name) in HARMLESS | GUARDS.keys() or serves(value.name) or self._installed(argument, value)
        ):
            return ()
        name = argument.written or (value.name if isinstance(value, Foreign | Given) else "")
        return (name.removesuffix("()"),) if name and (value is None or isinstance(value, Foreign | Given)) else ()

    def _installed(self, argument: Argument, foreign: Foreign) -> bool:
        """Whether it comes from a package that the registering file imports."""
        module = self._evaluation.project.module(argument.site.path)
        return module is not None and any(package_of(foreign.name) == source for source, _ in module.imports.values())

    def _is_guard(self, argument: Argument) -> bool:
        """Whether the last of the handlers is no handler, but passes on to whatever else serves the path, or wraps the handler."""
        if not isinstance(argument.value, Closure):
            return True
        return self._observer.behavior(argument.value).passes or unwrapped(self._evaluation, argument.value) is not argument.value

    def _own(self, behavior: Behavior, closure: Closure, where: Handler) -> tuple[Guard, ...]:
        site = Site(where.file, where.line, where.end)
        return tuple(self._guard(category, closure.function.name or "handler", "handler", site) for category in behavior.controls)

    def _guard(self, category: ControlCategory, name: str, scope: Scope, site: Site) -> Guard:
        evidence = self._evaluation.project.evidence(site.path, site.line, site.end)
        return Guard(category=category, name=name, scope=scope, evidence=evidence)


def _reaches(cover: Cover, entry: Entry) -> bool:
    return cover.method in {"ANY", entry.method} and covers(cover.path, entry.path, below=cover.below)


def _uploads(argument: Argument) -> Iterator[Parameter]:
    """Files that an upload middleware takes: `upload.single("picture")`."""
    value = argument.value
    if isinstance(value, Foreign) and package_of(value.name) in UPLOADS:
        for given in value.arguments:
            text = getattr(given, "value", None)
            if isinstance(text, str):
                yield Parameter(name=text, source="file")
