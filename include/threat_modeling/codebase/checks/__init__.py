"""What routes lack, one check a file. A check is `check(project, routes)`; each weakness it yields has one CWE and one place.

What it looks for in the text of files it may name in KEYWORDS: all are looked for in one pass.
"""

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
    from threat_modeling.codebase.handlers import application  # noqa: PLC0415 - parsers load only where an agent works
    from threat_modeling.codebase.handlers.models import LANGUAGES  # noqa: PLC0415

    found: dict[tuple[str, str, int], Weakness] = {}
    checks = [import_module(f"{__name__}.{name}") for name in sorted(module.name for module in pkgutil.iter_modules(__path__))]
    keywords = tuple(keyword for check in checks for keyword in getattr(check, "KEYWORDS", ()))
    project.look_for(dict.fromkeys(LANGUAGES, keywords))
    for check in checks:
        for weakness in check.check(project, routes):
            key = (weakness.rule, weakness.evidence.path, weakness.evidence.start)
            if key not in found or (_safe(found[key]) and not _safe(weakness)):
                found[key] = weakness
    application.forget()
    return [found[key] for key in sorted(found, key=lambda key: (key[1], key[2], key[0]))]


def _safe(weakness: Weakness) -> bool:
    return (weakness.route or "").startswith(("GET ", "HEAD "))
