"""What routes lack, one check a file. A check is `check(project, routes)`; each weakness it yields has one CWE and one place."""

from __future__ import annotations

import pkgutil
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from threat_modeling.codebase.observations import Route, Weakness
    from threat_modeling.codebase.project import Project


def weaknesses(project: Project, routes: Sequence[Route]) -> list[Weakness]:
    """What all checks find, each weakness once: a handler of several routes is reported for the first that may change state."""
    found: dict[tuple[str, str, int], Weakness] = {}
    for name in sorted(module.name for module in pkgutil.iter_modules(__path__)):
        for weakness in import_module(f"{__name__}.{name}").check(project, routes):
            key = (weakness.rule, weakness.evidence.path, weakness.evidence.start)
            if key not in found or (_safe(found[key]) and not _safe(weakness)):
                found[key] = weakness
    return [found[key] for key in sorted(found, key=lambda key: (key[1], key[2], key[0]))]


def _safe(weakness: Weakness) -> bool:
    return (weakness.route or "").startswith(("GET ", "HEAD "))
