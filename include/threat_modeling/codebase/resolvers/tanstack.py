"""TanStack Router and Start: file routes by the path that they state, with their server handlers and loaders."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.javascript.file_routes import METHODS
from threat_modeling.codebase.javascript.routing import is_test
from threat_modeling.codebase.javascript.verbs import LANGUAGES
from threat_modeling.codebase.observations import Handler, Parameter, Route
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
    Return,
    dotted,
    text,
    walk,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.project import Project

KEYWORDS: Final = ("createFileRoute", "createLazyFileRoute", "createAPIFileRoute", "createServerFileRoute", "createRoute")
_MAX_DEPTH: Final = 15
_PAGES: Final = frozenset({"createFileRoute", "createLazyFileRoute"})
_SERVERS: Final = frozenset({"createAPIFileRoute", "createServerFileRoute"})


def routes(project: Project) -> Iterator[Route]:
    """The routes of all TanStack applications of a project."""
    for module in project.modules(LANGUAGES, KEYWORDS):
        if not is_test(module.path):
            for node in walk(module.body):
                if isinstance(node, Call):
                    yield from _registered(project, module, node)
            yield from _tree(project, module)


def _registered(project: Project, module: Module, call: Call) -> Iterator[Route]:
    """`createFileRoute("/posts/$id")({...})`, `createServerFileRoute("/api/x").methods({...})`."""
    inner = call.callee if isinstance(call.callee, Call) else call.callee.object if isinstance(call.callee, Attribute) else None
    if not isinstance(inner, Call) or not inner.arguments:
        return
    name, stated = dotted(inner.callee).rpartition(".")[2], text(inner.arguments[0])
    options = call.arguments[0] if call.arguments else None
    if stated is None or name not in _PAGES | _SERVERS or not isinstance(options, Mapping):
        return
    handlers = _handlers(options) if name in _PAGES else options
    for key, value in handlers.entries if handlers is not None else ():
        if isinstance(key, Literal) and key.value in METHODS:
            yield _route(project, module, str(key.value), stated, (call, value))
    if name in _PAGES and (handlers is None or options.get("component") is not None or options.get("loader") is not None):
        yield _route(project, module, "GET", stated, (call, options.get("loader") or options))


def _tree(project: Project, module: Module) -> Iterator[Route]:
    """`createRoute({getParentRoute: () => root, path: "posts"})`, up to the root of the tree."""
    for statement in module.body:
        node = statement.value if isinstance(statement, Export) else statement
        call = node.value if isinstance(node, Assign) else None
        if isinstance(call, Call) and dotted(call.callee).rpartition(".")[2] == "createRoute" and call.arguments:
            options = call.arguments[0]
            if isinstance(options, Mapping) and text(options.get("path")) is not None:
                yield _route(project, module, "GET", _above(project, module, options, 0), (call, options.get("loader") or options))


def _above(project: Project, module: Module, options: Mapping, depth: int) -> str:
    """The path of a route with those of the routes above it."""
    own = text(options.get("path")) or ""
    parent = options.get("getParentRoute")
    returned = parent.body[0].value if isinstance(parent, Function) and parent.body and isinstance(parent.body[0], Return) else None
    found = project.definition(module.path, dotted(returned)) if returned is not None and dotted(returned) and depth < _MAX_DEPTH else None
    made = found[1] if found is not None else None
    above = made.arguments[0] if isinstance(made, Call) and made.arguments and isinstance(made.arguments[0], Mapping) else None
    if found is None or above is None or not dotted(made).endswith("createRoute()"):
        return own
    return f"{_above(project, found[0], above, depth + 1).rstrip('/')}/{own.lstrip('/')}"


def _handlers(options: Mapping) -> Mapping | None:
    """`server: {handlers: {GET: ...}}`."""
    server = options.get("server")
    found = server.get("handlers") if isinstance(server, Mapping) else None
    return found if isinstance(found, Mapping) else None


def _route(project: Project, module: Module, method: str, stated: str, nodes: tuple[Call, Expression]) -> Route:
    call, value = nodes
    path = served(stated)
    where = value if isinstance(value, Function) else call
    return Route(
        method=method,
        path=path,
        framework="tanstack",
        handler=Handler(file=module.path, line=where.line, end=where.end, function=getattr(value, "name", "") or method),
        registration=project.evidence(module.path, call.line, call.line),
        parameters=tuple(Parameter(name=name, source="path") for name in re.findall(r"\{(\w+)\}", path)),
    )


def served(stated: str) -> str:
    """`/posts/$id` -> /posts/{id}; `_layout` and `(group)` add nothing, `$` takes the rest, `name_` is `name`."""
    parts = []
    for part in stated.strip("/").split("/"):
        if not part or part.startswith("_") or re.fullmatch(r"\([^()]*\)", part):
            continue
        plain = re.sub(r"\{-?(\$\w*)\}", r"\1", part).removesuffix("_")
        parts.append(re.sub(r"\$(\w*)", lambda match: "{" + (match[1] or "splat") + "}", plain))
    return "/" + "/".join(parts)
