"""Routes for debugging and introspection that anybody reaches (CWE-489), and metrics or environment shown to anybody (CWE-200).

A route that shows passwords as well is reported for that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.checks.excessive_exposure import shown
from threat_modeling.codebase.handlers.application import applications
from threat_modeling.codebase.handlers.report import Kind, missing, searched
from threat_modeling.codebase.handlers.vocabulary import METRIC_WORDS, Purpose, path_words
from threat_modeling.model import ControlCategory

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from threat_modeling.codebase.handlers.summary import Summary
    from threat_modeling.codebase.observations import Route, Weakness
    from threat_modeling.codebase.project import Project

DEBUG: Final = Kind("debug-route", "Debugging route open to anybody", "CWE-489", "debug-exposed", ControlCategory.AUTHENTICATION)
METRICS: Final = Kind("metrics-route", "Metrics open to anybody", "CWE-200", "sensitive-data-exposure", ControlCategory.AUTHENTICATION)


def check(project: Project, routes: Sequence[Route]) -> Iterator[Weakness]:
    """One weakness for each open handler whose words say debugging or metrics."""
    for app in applications(project, routes):
        for handler in app.handlers:
            kind = _kind(handler)
            if kind is not None and not handler.authenticated and shown(app, handler) is None:
                yield missing(app, handler, kind, f"{handler.name} serves operators. {searched(handler, 'authentication')}")


def _kind(handler: Summary) -> Kind | None:
    if Purpose.DEBUG in handler.purposes:
        return DEBUG
    last = path_words(handler.route.path)[-1:]
    return METRICS if METRIC_WORDS & set(last) and not handler.unsafe else None
