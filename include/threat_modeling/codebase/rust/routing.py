"""From what an application built to absolute routes with handler, parameters and guards."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING, Final, Literal
from weakref import WeakKeyDictionary

from threat_modeling.codebase.observations import Guard, Handler, Route
from threat_modeling.codebase.resolvers import resolvers
from threat_modeling.codebase.rust.behavior import Observer
from threat_modeling.codebase.rust.evaluation import Evaluation
from threat_modeling.codebase.rust.requests import parameters
from threat_modeling.codebase.rust.values import Argument, Branch, Foreign, Func, Site

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.project import Project
    from threat_modeling.model import ControlCategory

LANGUAGES: Final = ("rust",)
MAX_ROUTES: Final = 5_000
MAX_DEPTH: Final = 40
Scope = Literal["application", "router", "route", "handler"]
_ROUTES: WeakKeyDictionary[Project, list[Route]] = WeakKeyDictionary()
_PARAMETER: Final = re.compile(
    r"\{\*{0,2}(?P<braced>\w*)(?:[:|](?:[^{}]|\{[^{}]*\})*)?\}|<\*{0,2}(?P<angled>\w*)(?:\.\.|[:|][^<>]*)?>|(?<=/):(?P<named>\w+)(?:<[^<>]*>)?|(?<=/)\*(?P<splat>\w*)"
)


def template(path: str) -> str:
    r"""`/users/:id`, `/users/<id>`, `/users/{id:\\d+}` -> `/users/{id}`."""
    plain = path.partition("?")[0] if "<" in path.partition("?")[2] else path
    return _PARAMETER.sub(lambda m: f"{{{m['braced'] or m['angled'] or m['named'] or m['splat'] or 'wildcard'}}}", "/" + plain.lstrip("/"))


def joined(prefix: str, path: str) -> str:
    """Two parts of a path as one."""
    return re.sub(r"/{2,}", "/", f"{prefix}/{template(path) if path else ''}").rstrip("/") or "/"


def names(path: str) -> tuple[str, ...]:
    """The parameters of a template, in order."""
    return tuple(dict.fromkeys(re.findall(r"\{(\w+)\}", path)))


def routes_of(project: Project, framework: str) -> Iterator[Route]:
    """The routes of one framework; all of a target's are found at once."""
    if project not in _ROUTES:
        speaking = [module for module in resolvers() if hasattr(module, "DIALECT") and module.LANGUAGES == LANGUAGES]
        evaluation = Evaluation(project, [module.DIALECT for module in speaking])
        evaluation.follow(tuple(dict.fromkeys(keyword for module in speaking for keyword in module.KEYWORDS)))
        _ROUTES[project] = list(Routing(evaluation).routes())
    yield from (route for route in _ROUTES[project] if route.framework == framework)


class Routing:
    """Turns what one evaluation built into routes."""

    def __init__(self, evaluation: Evaluation) -> None:
        self._evaluation = evaluation
        self._observer = Observer(evaluation)
        self._count = 0
        self._framework = ""
        """The framework of the application that is read: its routes may be made of parts of another one."""

    def routes(self) -> Iterator[Route]:
        """The routes of everything that stands in nothing else, and of handlers that say their routes and stand nowhere."""
        seen: set[tuple[str, str, str, int]] = set()
        for route in self._all():
            key = (route.method, route.path, route.handler.file if route.handler else "", route.handler.line if route.handler else 0)
            if key not in seen:
                seen.add(key)
                yield route

    def _all(self) -> Iterator[Route]:
        for branch in self._evaluation.branches:
            if not branch.placed:
                self._framework = branch.dialect.framework
                yield from self._branch(branch, "", (), (), 0)
        for module, function, owner in self._evaluation.functions:
            if id(function) not in self._evaluation.served:
                for dialect in self._evaluation.dialects:
                    self._framework = dialect.framework
                    for methods, path in dialect.declared(module, function, function.name):
                        site = Site(module.path, function.line, function.end)
                        argument = Argument(
                            Func(function, module, None, f"{owner}.{function.name}" if owner else function.name), site, function.name, function
                        )
                        yield from self._route(Branch(dialect, site, path, methods, argument), joined("", path), (), ())

    def _branch(self, branch: Branch, prefix: str, guards: tuple[Guard, ...], unread: tuple[str, ...], depth: int) -> Iterator[Route]:
        if depth > MAX_DEPTH:
            return
        scope: Scope = "route" if branch.handler is not None else "application" if not depth else "router"
        own = tuple(guard for argument in branch.guards for guard in self._guards(argument, scope))
        missing = tuple(a.written for a in branch.guards if a.value is None and a.written)
        place = joined(prefix, branch.path)
        if branch.handler is not None:
            yield from self._route(branch, place, (*guards, *own), (*unread, *missing))
        elif branch.static:
            yield from self._static(branch, place, (*guards, *own))
        for inner in branch.inner:
            yield from self._branch(inner, place, (*guards, *own), (*unread, *missing), depth + 1)

    def _route(self, branch: Branch, path: str, guards: tuple[Guard, ...], unread: tuple[str, ...]) -> Iterator[Route]:
        argument = branch.handler
        func = argument.value if argument is not None and isinstance(argument.value, Func) else None
        own = self._own(func) if func is not None else ()
        where = _handler(argument, func, branch.site)
        for method in branch.methods or ("ANY",):
            self._count += 1
            if self._count > MAX_ROUTES:
                self._evaluation.project.cut_short(branch.site.path, f"only the first {MAX_ROUTES:,} of its routes are listed")
                return
            yield Route(
                method=method,
                path=path,
                framework=self._framework,
                handler=where,
                registration=self._evaluation.project.evidence(branch.site.path, branch.site.line, branch.site.end),
                parameters=parameters(self._evaluation.project, func, names(path)),
                guards=tuple({(g.category, g.name, g.scope): g for g in (*guards, *own)}.values()),
                unread=tuple(dict.fromkeys(unread)),
            )

    def _static(self, branch: Branch, path: str, guards: tuple[Guard, ...]) -> Iterator[Route]:
        where = Handler(file=branch.site.path, line=branch.site.line, end=branch.site.end, function="")
        yield Route(
            method="GET",
            path=posixpath.join(path, "{path}"),
            framework=self._framework,
            handler=where,
            registration=self._evaluation.project.evidence(branch.site.path, branch.site.line, branch.site.end),
            parameters=parameters(self._evaluation.project, None, ("path",)),
            guards=guards,
        )

    def _guards(self, argument: Argument, scope: Scope) -> Iterator[Guard]:
        value = argument.value
        name = argument.written or (value.name if isinstance(value, Foreign | Func) else "") or "middleware"
        for category in self._observer.controls(value):
            yield self._guard(category, name.removesuffix("()"), scope, argument.site)

    def _own(self, func: Func) -> tuple[Guard, ...]:
        """What extractors demand, and what the handler itself checks."""
        site = Site(func.module.path, func.function.line, func.function.end)
        found = [self._guard(category, name, "route", site) for category, name in self._observer.extractors(func.module, func.function)]
        found += [
            self._guard(category, func.name or "handler", "handler", site) for category in self._observer.of_function(func.module, func.function)
        ]
        return tuple(found)

    def _guard(self, category: ControlCategory, name: str, scope: Scope, site: Site) -> Guard:
        evidence = self._evaluation.project.evidence(site.path, site.line, site.end)
        return Guard(category=category, name=name, scope=scope, evidence=evidence)


def _handler(argument: Argument | None, func: Func | None, site: Site) -> Handler:
    if func is None:
        return Handler(file=site.path, line=site.line, end=site.end, function=argument.written if argument is not None else "")
    first = min([func.function.line, *(decorator.line for decorator in func.function.decorators)])
    return Handler(file=func.module.path, line=first, end=func.function.end, function=func.name or func.function.name)
