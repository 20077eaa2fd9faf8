"""Entry points: one file a framework, found by being here.

A file defines `routes(project) -> Iterator[Route]`, and where it reads code, `LANGUAGES` and `KEYWORDS`: a project without any of
these words has none of its routes.
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from typing import TYPE_CHECKING

from threat_modeling.codebase.documented import compared
from threat_modeling.codebase.languages import languages

if TYPE_CHECKING:
    from collections.abc import Iterable
    from types import ModuleType

    from threat_modeling.codebase.observations import Route
    from threat_modeling.codebase.project import Project


@cache
def resolvers() -> tuple[ModuleType, ...]:
    """The files of this folder, by name."""
    names = sorted(entry.name for entry in pkgutil.iter_modules(__path__))
    return tuple(importlib.import_module(f"{__name__}.{name}") for name in names)


def routes(project: Project) -> list[Route]:
    """All entry points of a project, each once, ordered by path, method and place."""
    project.look_for(_keywords())
    return merged(route for resolver in resolvers() for route in resolver.routes(project))


@cache
def _keywords() -> dict[str, tuple[str, ...]]:
    """The words that the resolvers of each language look for."""
    found: dict[str, dict[str, None]] = {language: {} for language in languages()}
    for resolver in resolvers():
        for language in found.keys() & set(getattr(resolver, "LANGUAGES", ())):
            found[language].update(dict.fromkeys(getattr(resolver, "KEYWORDS", ())))
    return {language: tuple(words) for language, words in found.items()}


def merged(found: Iterable[Route]) -> list[Route]:
    """Each entry point once: what a specification documents and code serves is the code's route; exact repetitions go."""
    unique = {
        (route.method, route.path, route.registration.place, route.handler and (route.handler.file, route.handler.line)): route for route in found
    }
    return sorted(
        compared(unique.values()),
        key=lambda route: (route.path, route.method, route.framework, route.registration.path, route.registration.start),
    )
