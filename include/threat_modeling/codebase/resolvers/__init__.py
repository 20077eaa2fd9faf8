"""Entry points from source: one framework a file, `LANGUAGES`, `KEYWORDS` and `routes(project)`; found by name."""

from __future__ import annotations

import pkgutil
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from threat_modeling.codebase.observations import Route
    from threat_modeling.codebase.project import Project


def all_routes(project: Project) -> tuple[Route, ...]:
    """Every route that any resolver finds in the whole target, in the order of resolvers and of what they yield."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__) if not module.name.startswith("_"))
    return tuple(route for name in names for route in import_module(f"{__name__}.{name}").routes(project))
