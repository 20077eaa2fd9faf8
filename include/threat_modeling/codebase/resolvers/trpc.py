"""tRPC: procedures of nested routers, with their inputs and the middleware that they are built on, below the handler's endpoint."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.javascript.paths import joined, template
from threat_modeling.codebase.javascript.refusals import refusals
from threat_modeling.codebase.javascript.routing import is_test
from threat_modeling.codebase.javascript.verbs import LANGUAGES
from threat_modeling.codebase.observations import Guard, Handler, Parameter, Route
from threat_modeling.codebase.syntax import (
    Assign,
    Attribute,
    Call,
    Export,
    Expression,
    Function,
    Literal,
    Mapping,
    Module,
    Name,
    Return,
    dotted,
    text,
    walk,
)
from threat_modeling.model import ControlCategory

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.project import Project

KEYWORDS: Final = ("router", "Router", "procedure", "Procedure")
_METHODS: Final = {"query": "GET", "mutation": "POST", "subscription": "SUBSCRIBE"}
_ROUTERS: Final = re.compile(r"(?:^|\.)(?:router|createTRPCRouter|createRouter|mergeRouters|createCallerFactory)$")
_MOUNTS: Final = re.compile(r"createExpressMiddleware|createHTTPHandler|trpcExpress|trpcServer|fastifyTRPCPlugin|fetchRequestHandler")
_DEFAULT: Final = "/api/trpc"
_MAX_DEPTH: Final = 12


@dataclass(frozen=True)
class _Router:
    """A router with the file that makes it."""

    module: Module
    call: Call


def routes(project: Project) -> Iterator[Route]:
    """The procedures of all tRPC routers of a project."""
    modules = [module for module in project.modules(LANGUAGES, KEYWORDS) if not is_test(module.path)]
    if not any(source.startswith("@trpc/server") for module in modules for source, _ in module.imports.values()):
        return
    found = [router for module in modules for router in _routers(module)]
    reader = _Reader(project)
    inner = {id(call) for router in found for call in reader.used(router)}
    start = _endpoint(project)
    seen: set[tuple[str, str, str]] = set()
    for router in found:
        for route in reader.routes(router, start) if id(router.call) not in inner else ():
            key = (route.method, route.path, route.handler.file if route.handler else "")
            if key not in seen:
                seen.add(key)
                yield route


def _routers(module: Module) -> Iterator[_Router]:
    """The routers that a file binds to names at its top level."""
    for statement in module.body:
        node = statement.value if isinstance(statement, Export) else statement
        value = node.value if isinstance(node, Assign) else node
        if isinstance(value, Call) and _is_router(value):
            yield _Router(module, value)


def _is_router(call: Call) -> bool:
    return bool(_ROUTERS.search(dotted(call.callee))) and len(call.arguments) > 0 and not isinstance(call.arguments[0], Literal | Function)


def _endpoint(project: Project) -> str:
    """Where procedures are served: what a handler states, the path of a mount, or the usual one."""
    for module in project.modules(LANGUAGES, ("trpc",)):
        for node in walk(module.body) if not is_test(module.path) else ():
            if isinstance(node, Mapping):
                stated = text(node.get("endpoint")) or text(node.get("basePath")) or (text(node.get("prefix")) if node.get("trpcOptions") else None)
                if stated is not None and stated.startswith("/") and (node.get("router") is not None or node.get("trpcOptions") is not None):
                    return stated.rstrip("/")
            elif isinstance(node, Call) and isinstance(node.callee, Attribute) and node.callee.name in {"use", "all"} and len(node.arguments) > 1:
                path = text(node.arguments[0])
                if path is not None and any(isinstance(n, Call) and _MOUNTS.search(dotted(n.callee)) for n in walk(node.arguments[1:])):
                    return template(path).removesuffix("/{wildcard}").rstrip("/")
    return _DEFAULT


class _Reader:
    def __init__(self, project: Project) -> None:
        self._project = project

    def used(self, router: _Router) -> Iterator[Call]:
        """The routers that another one names in its own table."""
        for module, value in self._entries(router.module, router.call.arguments, 0):
            found = self._resolved(module, value)
            if found is not None and isinstance(found[1], Call) and found[1] is not router.call:
                yield found[1]

    def _entries(self, module: Module, arguments: tuple[Expression, ...], depth: int) -> Iterator[tuple[Module, object]]:
        for argument in arguments if depth < _MAX_DEPTH else ():
            found = self._resolved(module, argument)
            if found is None:
                continue
            where, value = found
            if isinstance(value, Mapping):
                for _, inner in value.entries:
                    yield where, inner
                    if isinstance(inner, Mapping):
                        yield from self._entries(where, (inner,), depth + 1)
            else:
                yield where, value
                if isinstance(value, Call) and _is_router(value):
                    yield from self._entries(where, value.arguments, depth + 1)

    def _resolved(self, module: Module, value: object) -> tuple[Module, object] | None:
        if not isinstance(value, Name | Attribute):
            return module, value
        found = self._project.definition(module.path, dotted(value))
        return (found[0], found[1]) if found is not None else None

    def routes(self, router: _Router, prefix: str) -> Iterator[Route]:
        """The procedures of a router; names are joined by dots below the endpoint."""
        yield from self._table(router.module, router.call.arguments, (prefix, ""), 0)

    def _table(self, module: Module, arguments: tuple[Expression, ...], place: tuple[str, str], depth: int) -> Iterator[Route]:
        for argument in arguments if depth < _MAX_DEPTH else ():
            found = self._resolved(module, argument)
            if found is not None and isinstance(found[1], Mapping):
                for key, value in found[1].entries:
                    if key is None:
                        yield from self._table(found[0], (value,), place, depth + 1)
                    elif isinstance(key, Literal):
                        yield from self._entry(found[0], value, (place[0], f"{place[1]}.{key.value}".lstrip(".")), depth)
            elif found is not None and isinstance(found[1], Call) and _is_router(found[1]):
                yield from self._table(found[0], found[1].arguments, place, depth + 1)

    def _entry(self, module: Module, value: Expression, place: tuple[str, str], depth: int) -> Iterator[Route]:
        found = self._resolved(module, value)
        if found is None:
            return
        where, node = found
        if isinstance(node, Mapping):
            yield from self._table(where, (node,), place, depth + 1)
        elif isinstance(node, Call) and _is_router(node):
            yield from self._table(where, node.arguments, place, depth + 1)
        elif isinstance(node, Call) and isinstance(node.callee, Attribute) and node.callee.name in _METHODS:
            yield self._procedure(where, node, node.callee, place)

    def _procedure(self, module: Module, call: Call, callee: Attribute, place: tuple[str, str]) -> Route:
        method = _METHODS[callee.name]
        function = next((argument for argument in call.arguments if isinstance(argument, Function)), None)
        where = function or call
        links = list(_chain(callee.object))
        source = "query" if method == "GET" else "body"
        inputs = [link for link in links if isinstance(link.callee, Attribute) and link.callee.name == "input" and link.arguments]
        fields = [key for link in inputs for key in self._fields(module, link.arguments[0])]
        validated = (self._guard(module, link, ControlCategory.INPUT_VALIDATION, "input") for link in inputs)
        guards = (*self._guards(module, callee.object, 0), *validated)
        return Route(
            method=method,
            path=joined(*place),
            framework="trpc",
            handler=Handler(file=module.path, line=where.line, end=where.end, function=place[1].rpartition(".")[2]),
            registration=self._project.evidence(module.path, call.line, call.line),
            parameters=tuple(Parameter.model_validate({"name": name[:200], "source": source}) for name in dict.fromkeys(fields)),
            guards=tuple(dict.fromkeys(guards)),
        )

    def _fields(self, module: Module, schema: Expression) -> Iterator[str]:
        """The keys of `z.object({...})`, also where the schema has a name."""
        found = self._resolved(module, schema)
        for node in walk(found[1]) if found is not None else ():
            if isinstance(node, Call) and dotted(node.callee).endswith(".object") and node.arguments and isinstance(node.arguments[0], Mapping):
                yield from (str(key.value) for key, _ in node.arguments[0].entries if isinstance(key, Literal))
                return

    def _guards(self, module: Module, base: Expression, depth: int) -> Iterator[Guard]:
        """What the middleware of a procedure's base does, followed through the names that it is built on."""
        links = list(_chain(base))
        for link in links:
            if isinstance(link.callee, Attribute) and link.callee.name == "use":
                for argument in link.arguments:
                    yield from self._middleware(module, link, argument)
        root = links[-1].callee if links else base
        while isinstance(root, Attribute) and links:
            root = root.object
        found = self._project.definition(module.path, dotted(root)) if depth < _MAX_DEPTH and isinstance(root, Name | Attribute) else None
        if found is not None and isinstance(found[1], Call | Name | Attribute) and found[1] is not base:
            yield from self._guards(found[0], found[1], depth + 1)

    def _middleware(self, module: Module, link: Call, argument: Expression) -> Iterator[Guard]:
        """Refusals that a middleware throws: UNAUTHORIZED, FORBIDDEN, TOO_MANY_REQUESTS."""
        found = self._resolved(module, argument)
        if found is None:
            return
        name = dotted(argument) or "middleware"
        thrown = [node for node in walk(found[1]) if isinstance(node, Return) and node.operator == "raise"]
        codes = {code for node in thrown for code in refusals(node)}
        for code, category in ((401, ControlCategory.AUTHENTICATION), (403, ControlCategory.AUTHORIZATION)):
            if code in codes:
                yield self._guard(module, link, category, name)
        if any("TOO_MANY_REQUESTS" in (text(node) or "") for part in thrown for node in walk(part)):
            yield self._guard(module, link, ControlCategory.RATE_LIMITING, name)

    def _guard(self, module: Module, node: Call, category: ControlCategory, name: str) -> Guard:
        evidence = self._project.evidence(module.path, node.line, node.line)
        return Guard(category=category, name=name[:200], scope="route", evidence=evidence)


def _chain(node: Expression) -> Iterator[Call]:
    """The calls of `procedure.use(a).input(b)`, last first."""
    while isinstance(node, Call):
        yield node
        node = node.callee.object if isinstance(node.callee, Attribute) else node.callee
