"""Carter: modules that map routes below their base path; Nancy's modules, which it descends from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.csharp.endpoints import METHODS, Endpoints, Group
from threat_modeling.codebase.csharp.guards import Guards
from threat_modeling.codebase.csharp.paths import below, names
from threat_modeling.codebase.csharp.requests import Requests
from threat_modeling.codebase.csharp.scope import LANGUAGES, Code, Declared, handler, short
from threat_modeling.codebase.observations import Route
from threat_modeling.codebase.syntax import Assign, Call, Function, Name, Subscript, dotted, walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.project import Project

KEYWORDS: Final = ("CarterModule", "NancyModule")
_BASES: Final = frozenset({"ICarterModule", "CarterModule", "NancyModule"})


def routes(project: Project) -> Iterator[Route]:
    """The routes of every module."""
    code = Code(project)
    for declared in code.classes(KEYWORDS):
        if any(short(base) in _BASES for base in declared.node.bases):
            yield from _module(code, declared)


def _module(code: Code, declared: Declared) -> Iterator[Route]:
    constructors = [member for member in declared.node.body if isinstance(member, Function) and member.name == "constructor"]
    said = [node for member in constructors for node in walk(member.body) if isinstance(node, Call)]
    base = next(
        (text for call in said if dotted(call.callee) == "base" and call.arguments and (text := code.text(declared.module, call.arguments[0]))), ""
    )
    guards = tuple(Guards(code).of_calls(declared.module, said, "router"))
    endpoints = Endpoints(code, "carter", ())
    for member in declared.node.body:
        if isinstance(member, Function) and member.name == "AddRoutes":
            yield from endpoints.run(declared.module, member, Group(base, guards), 0)
    for constructor in constructors:
        for node in walk(constructor.body):
            yield from _older(code, declared, base, node)


def _older(code: Code, declared: Declared, base: str, node: object) -> Iterator[Route]:
    """`Get("/x", ...)` and `Get["/x"] = ...` in a constructor."""
    call = node if isinstance(node, Call) and isinstance(node.callee, Name) and len(node.arguments) > 1 else None
    index = node.targets[0] if isinstance(node, Assign) and isinstance(node.targets[0], Subscript) else None
    method = dotted(call.callee if call is not None else index.object if index is not None else None).upper()
    path = code.text(declared.module, call.arguments[0] if call is not None else index.index if index is not None else None)
    if method not in METHODS or path is None:
        return
    target = call.arguments[-1] if call is not None else node.value if isinstance(node, Assign) else None
    function = target if isinstance(target, Function) else None
    place = call if call is not None else node
    if isinstance(place, Call | Assign):
        full = below(base, path)
        yield Route(
            method=method,
            path=full,
            framework="carter",
            handler=handler(declared.module, function if function is not None else place, declared.node.name),
            registration=code.project.evidence(declared.module.path, place.line, place.end),
            parameters=Requests(code, forms=False).of(declared.module, function, method, names(full)),
        )


__all__ = ["KEYWORDS", "LANGUAGES", "routes"]
