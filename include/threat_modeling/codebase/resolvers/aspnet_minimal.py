"""ASP.NET Core's minimal APIs: mapped routes, groups across functions, authorization of groups and routes, fallback policies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.csharp.endpoints import Endpoints, Group
from threat_modeling.codebase.csharp.guards import Guards
from threat_modeling.codebase.csharp.scope import LANGUAGES, Code, short
from threat_modeling.codebase.syntax import Class, Function, walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.observations import Route
    from threat_modeling.codebase.project import Project
    from threat_modeling.codebase.syntax import Module

KEYWORDS: Final = (
    ".MapGet",
    ".MapPost",
    ".MapPut",
    ".MapPatch",
    ".MapDelete",
    ".MapMethods",
    ".Map(",
    ".MapFallback",
    ".MapGroup",
    ".MapHub",
    ".MapHealthChecks",
)
_POLICIES: Final = ("FallbackPolicy",)
_STARTING: Final = frozenset({"Main", "Configure", "ConfigureApp"})


def routes(project: Project) -> Iterator[Route]:
    """The routes that a target maps by calls; modules of Carter are Carter's."""
    code = Code(project)
    modules = [module for module in code.modules(KEYWORDS) if not _is_carter(module)]
    if not modules:
        return
    endpoints = Endpoints(code, "aspnet-minimal", Guards(code).everywhere(_POLICIES))
    for module in modules:
        endpoints.add(module)
    starting = {module.path: module for module in (*modules, *code.modules(("WebApplication.Create", "UseEndpoints")))}
    for module in (starting[path] for path in sorted(starting)):
        yield from endpoints.follow(module, [node for node in module.body if not isinstance(node, Class)], {}, 0)
        for node in walk(module.body):
            if isinstance(node, Function) and node.name in _STARTING:
                yield from endpoints.run(module, node, Group(), 0)
    yield from endpoints.uncalled()


def _is_carter(module: Module) -> bool:
    return any(isinstance(node, Class) and any(short(base) in {"ICarterModule", "CarterModule"} for base in node.bases) for node in walk(module.body))


__all__ = ["KEYWORDS", "LANGUAGES", "routes"]
