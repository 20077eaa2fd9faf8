"""From what was registered on routers to absolute routes with handler, parameters and guards.

Registrations are read in the order in which they are made, through every group and mount: middleware guards what is registered
after it, or, where the framework runs it first whenever it is registered, everything on its router.
"""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, Final, Literal
from weakref import WeakKeyDictionary

from threat_modeling.codebase.go.behavior import Observer
from threat_modeling.codebase.go.evaluation import Evaluation, is_test
from threat_modeling.codebase.go.handlers import dispatched, handler
from threat_modeling.codebase.go.known import guard_of
from threat_modeling.codebase.go.paths import covers, joined, names, template
from threat_modeling.codebase.go.requests import parameters
from threat_modeling.codebase.go.values import Argument, Closure, Foreign, Given, Middleware, Mounted, Router, Served, Site
from threat_modeling.codebase.go.wrapping import unwrapped
from threat_modeling.codebase.languages.go import packages
from threat_modeling.codebase.observations import Guard, Handler, Route
from threat_modeling.codebase.resolvers import resolvers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.project import Project
    from threat_modeling.model import ControlCategory

LANGUAGES: Final = ("go",)
MAX_ROUTES: Final = 5_000
MAX_DEPTH: Final = 12
MAX_FILES: Final = 100
"""Files of a folder that are listed one by one; a larger folder is one route."""

Scope = Literal["application", "router", "route", "handler"]
_ROUTES: WeakKeyDictionary[Project, list[Route]] = WeakKeyDictionary()
"""All routes of a target are found once, for routers of one framework stand on those of another."""


def routes_of(project: Project, framework: str) -> Iterator[Route]:
    """The routes of one framework."""
    if project not in _ROUTES:
        speaking = [module for module in resolvers() if hasattr(module, "DIALECT") and module.LANGUAGES == LANGUAGES]
        evaluation = Evaluation(project, [module.DIALECT for module in speaking])
        evaluation.follow(tuple(dict.fromkeys(keyword for module in speaking for keyword in module.KEYWORDS)))
        _ROUTES[project] = list(Routing(evaluation).routes())
    yield from (route for route in _ROUTES[project] if route.framework == framework)


class Place:
    """A router as it is reached: its absolute path, and what runs before it."""

    def __init__(
        self, prefix: str, guards: tuple[Guard, ...] = (), unread: tuple[str, ...] = (), limited: tuple[tuple[str, Guard], ...] = ()
    ) -> None:
        self.prefix, self.guards, self.unread, self.limited = prefix, guards, unread, limited


class Routing:
    """Turns the routers of one evaluation into routes."""

    def __init__(self, evaluation: Evaluation) -> None:
        self._evaluation = evaluation
        self._observer = Observer(evaluation)
        self._count = 0

    def routes(self) -> Iterator[Route]:
        """The routes of every router that stands on no other, each once."""
        seen: set[tuple[str, str, str, int]] = set()
        for router in self._evaluation.routers:
            if router.parent is None and not is_test(router.site.path):
                for route in self._router(router, Place(""), (router,)):
                    key = (route.method, route.path, route.registration.path, route.registration.start)
                    if key not in seen:
                        seen.add(key)
                        yield route

    def _router(self, router: Router, place: Place, above: tuple[Router, ...]) -> Iterator[Route]:
        scope: Scope = "application" if len(above) == 1 else "router"
        for entry in router.entries:
            if isinstance(entry, Middleware) and entry.early:
                place = self._behind(place, entry, scope)
        for entry in router.entries:
            if isinstance(entry, Middleware):
                place = place if entry.early else self._behind(place, entry, scope)
            elif isinstance(entry, Mounted):
                if entry.router not in above and len(above) < MAX_DEPTH:
                    inner = self._behind(
                        Place(joined(place.prefix, template(entry.path)), place.guards, place.unread, place.limited),
                        Middleware(entry.before),
                        "router",
                    )
                    yield from self._router(entry.router, inner, (*above, entry.router))
            else:
                yield from self._entry(router, entry, place)

    def _behind(self, place: Place, entry: Middleware, scope: Scope) -> Place:
        """The place with one more middleware before it."""
        limited = bool(entry.path.strip("/*"))
        guards = tuple(guard for argument in entry.arguments for guard in self._guards(argument, "router" if limited else scope))
        unread = tuple(name for argument in entry.arguments for name in self._unread(argument))
        if limited:
            pattern = joined(place.prefix, template(entry.path.rstrip("*")))
            return Place(place.prefix, place.guards, place.unread, (*place.limited, *((pattern, guard) for guard in guards)))
        return Place(place.prefix, (*place.guards, *guards), (*place.unread, *unread), place.limited)

    def _entry(self, router: Router, entry: Served, place: Place) -> Iterator[Route]:
        if entry.kind in {"folder", "file"}:
            yield from self._static(router, entry, place)
            return
        last = entry.handlers[-1] if entry.handlers else None
        closure, wrappers = unwrapped(last) if last is not None else (None, ())
        before = (*entry.before, *entry.handlers[:-1], *wrappers)
        guards = tuple(guard for argument in before for guard in self._guards(argument, "route"))
        unread = tuple(name for argument in before for name in self._unread(argument))
        path = joined(place.prefix, template(entry.path))
        methods = entry.methods
        if methods == ("ANY",) and router.dialect.framework == "net/http":
            methods = dispatched(self._evaluation, closure) or methods
        own = self._own(closure) if closure is not None else ()
        for method in methods:
            yield self._route(
                router,
                entry,
                method,
                path,
                handler(last, closure, entry.site),
                closure,
                Place("", (*place.guards, *(g for pattern, g in place.limited if covers(pattern, path)), *guards, *own), (*place.unread, *unread)),
            )

    def _route(
        self, router: Router, entry: Served, method: str, path: str, where: Handler, closure: Closure | None, before: Place
    ) -> Route:  # one route has this many parts
        guards = {(guard.category, guard.name, guard.scope): guard for guard in before.guards}
        return Route(
            type="websocket" if entry.kind == "websocket" else "http",
            method=method,
            path=path,
            framework=router.dialect.framework,
            handler=where,
            registration=self._evaluation.project.evidence(entry.site.path, entry.site.line, entry.site.end),
            parameters=parameters(self._evaluation, closure, names(path)),
            guards=tuple(guards.values()),
            unread=tuple(dict.fromkeys(before.unread)),
        )

    def _static(self, router: Router, entry: Served, place: Place) -> Iterator[Route]:
        """Files that are handed out: each, where the folder is of the target and small."""
        where = Handler(file=entry.site.path, line=entry.site.line, end=entry.site.end, function="")
        path = template(entry.path)
        folder = path.partition("{")[0] if path.endswith("}") else path
        found = self._files(entry) if entry.kind == "folder" else ()
        listed = [joined(folder, name) for name in found] or ([joined(folder, "{path}")] if entry.kind == "folder" and not entry.folder else [])
        if entry.kind == "file":
            listed = [path]
        elif not listed and not found:
            listed = [joined(folder, "{path}")]
        for one in listed:
            absolute = joined(place.prefix, one)
            guards = (*place.guards, *(guard for pattern, guard in place.limited if covers(pattern, absolute)))
            yield self._route(router, entry, "GET", absolute, where, None, Place("", guards, place.unread))

    def _files(self, entry: Served) -> tuple[str, ...]:
        """The files of a folder that is named relative to the file, the module or the target."""
        project, written = self._evaluation.project, entry.folder.strip().removeprefix("./").strip("/")
        for base in (posixpath.dirname(entry.site.path), packages(project).module_root(entry.site.path), ""):
            prefix = posixpath.normpath(posixpath.join(base, written)) + "/"
            prefix = "" if prefix == "./" else prefix
            found = sorted(path[len(prefix) :] for path in project.paths if path.startswith(prefix)) if prefix else []
            if found:
                return tuple(found) if len(found) <= MAX_FILES else ()
        return ()

    # guards

    def _guards(self, argument: Argument, scope: Scope) -> tuple[Guard, ...]:
        """The controls that a value among the handlers is, the one it wraps included."""
        value = argument.value
        if isinstance(value, Foreign):
            category = guard_of(value.name)
            if category is not None:
                return (self._guard(category, value.name, scope, argument.site),)
            inner = [v for v in value.arguments if isinstance(v, Closure)]
            return tuple(guard for v in inner for guard in self._guards(replace_value(argument, v), scope))
        if isinstance(value, Closure):
            behavior = self._observer.behavior(value)
            name = argument.written or value.function.name or value.maker or "middleware"
            return tuple(self._guard(category, name.removesuffix("()"), scope, argument.site) for category in behavior.controls)
        return ()

    def _unread(self, argument: Argument) -> tuple[str, ...]:
        """The name of middleware whose code was looked for in the target and not found."""
        value = argument.value
        if value is None or isinstance(value, Given):
            return (argument.written.removesuffix("()"),) if argument.written else ()
        return ()

    def _own(self, closure: Closure) -> tuple[Guard, ...]:
        site = Site(closure.frame.module.path, closure.function.line, closure.function.end)
        controls = self._observer.behavior(closure).controls
        return tuple(self._guard(category, closure.function.name or "handler", "handler", site) for category in controls)

    def _guard(self, category: ControlCategory, name: str, scope: Scope, site: Site) -> Guard:
        evidence = self._evaluation.project.evidence(site.path, site.line, site.end)
        return Guard(category=category, name=name, scope=scope, evidence=evidence)


def replace_value(argument: Argument, value: Closure) -> Argument:
    """The same argument with another value."""
    return Argument(value, argument.site, argument.written)
