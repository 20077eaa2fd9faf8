"""Which functions of the project a handler runs: so that a weakness or a store two calls away is tied to its entry point."""

from __future__ import annotations

from typing import TYPE_CHECKING

from threat_modeling.codebase.syntax import Attribute, Call, Class, Function, Module, Name, between, walk
from threat_modeling.phases.phase_3_codebase_mapping.artifacts import Reach

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from threat_modeling.codebase.observations import Handler, Route
    from threat_modeling.codebase.project import Project

MAX_DEPTH = 3
MAX_FUNCTIONS = 60
"""Per handler: a handler that reaches more is a framework, not an endpoint."""


def reaches(project: Project, routes: Iterable[Route]) -> list[Reach]:
    """For every distinct handler the functions below it, with their lines, in path order."""
    handlers = {(r.handler.file, r.handler.line): r.handler for r in routes if r.handler}
    found = []
    for _, handler in sorted(handlers.items()):
        functions = sorted(set(_below(project, handler)))
        if functions:
            found.append(Reach(file=handler.file, line=handler.line, functions=tuple(functions)))
    return found


def _below(project: Project, handler: Handler) -> Iterator[tuple[str, str, int, int]]:
    module = project.module(handler.file)
    start = _function_at(module, handler) if module else None
    if module is None or start is None:
        return
    queue: list[tuple[Module, Function, int]] = [(module, start, 0)]
    seen = {(module.path, start.line)}
    while queue and len(seen) < MAX_FUNCTIONS:
        at, function, depth = queue.pop(0)
        for target_module, target in _called(project, at, function):
            key = (target_module.path, target.line)
            if key in seen:
                continue
            seen.add(key)
            yield target_module.path, target.name, target.line, target.end
            if depth + 1 < MAX_DEPTH:
                queue.append((target_module, target, depth + 1))


def _function_at(module: Module, handler: Handler) -> Function | None:
    inside = [
        n for n in between(module.body, handler.line, handler.end) if isinstance(n, Function) and handler.line <= n.line and n.end <= handler.end
    ]
    named = [n for n in inside if n.name == handler.function.rsplit(".", 1)[-1]]
    return min(named or inside, key=lambda n: (n.line, -n.end), default=None)


def _called(project: Project, module: Module, function: Function) -> Iterator[tuple[Module, Function]]:
    for node in walk(function.body):
        if not isinstance(node, Call):
            continue
        callee = node.callee
        if isinstance(callee, Name):
            yield from _functions(project.definition(module.path, callee.id), None)
        elif isinstance(callee, Attribute) and isinstance(callee.object, Name):
            yield from _functions(project.definition(module.path, callee.object.id), callee.name)


def _functions(found: tuple[Module, object] | None, method: str | None) -> Iterator[tuple[Module, Function]]:
    if found is None:
        return
    module, node = found
    if isinstance(node, Function) and method is None:
        yield module, node
    elif isinstance(node, Class):
        wanted = method or "__init__"
        yield from ((module, n) for n in node.body if isinstance(n, Function) and n.name == wanted)
