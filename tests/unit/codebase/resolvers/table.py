"""A project's routes as tables that a test can compare."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from threat_modeling.codebase.project import Project

if TYPE_CHECKING:
    from types import ModuleType

    from threat_modeling.codebase.observations import Route

CODEBASES = Path(__file__).parents[3] / "codebases"


def routes_of(name: str, resolver: ModuleType) -> dict[str, Route]:
    """`METHOD path` -> route; each must be found once."""
    found = list(resolver.routes(Project(CODEBASES / name)))
    named = {f"{route.method} {route.path}": route for route in found}
    assert len(named) == len(found)
    return named


def handlers(routes: dict[str, Route]) -> dict[str, str]:
    """`METHOD path` -> `file:line function`, "" where no code serves it."""
    return {name: f"{r.handler.file}:{r.handler.line} {r.handler.function}" if r.handler else "" for name, r in routes.items()}


def guards(route: Route) -> set[str]:
    """`category name scope` of each guard."""
    return {f"{guard.category.value} {guard.name} {guard.scope}" for guard in route.guards}


def parameters(route: Route) -> set[str]:
    """`source name` of each parameter."""
    return {f"{parameter.source} {parameter.name}" for parameter in route.parameters}


def written(folder: Path, resolver: ModuleType, files: dict[str, str]) -> dict[str, Route]:
    """`METHOD path` -> route of a project that consists of these files; each must be found once."""
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    found = list(resolver.routes(Project(folder)))
    named = {f"{route.method} {route.path}": route for route in found}
    assert len(named) == len(found)
    return named


def seen(routes: dict[str, Route]) -> dict[str, set[str]]:
    """`METHOD path` -> guards of each route."""
    return {name: guards(route) for name, route in routes.items()}
