"""Passwords and other secrets that callers have to put into the address of a request.

CWE-598: addresses end up in logs, histories and referrers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.handlers.application import applications
from threat_modeling.codebase.handlers.report import Kind, present
from threat_modeling.codebase.handlers.vocabulary import Purpose, is_secret
from threat_modeling.model import ControlCategory

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from threat_modeling.codebase.handlers.facts import Read
    from threat_modeling.codebase.handlers.summary import Summary
    from threat_modeling.codebase.observations import Route, Weakness
    from threat_modeling.codebase.project import Project

KIND: Final = Kind("sensitive-query", "Secret in the address of a request", "CWE-598", "sensitive-query", ControlCategory.SECRETS_MANAGEMENT)


def check(project: Project, routes: Sequence[Route]) -> Iterator[Weakness]:
    """One weakness for each handler that reads a secret from the query."""
    for app in applications(project, routes):
        for handler in app.handlers:
            read = next((read for read in handler.facts.reads if _secret(handler, read)), None)
            if read is not None:
                message = f"{handler.name} takes {read.field} from the query of the address, which is logged and remembered on the way."
                yield present(app, handler, KIND, message, read.site)


def _secret(handler: Summary, read: Read) -> bool:
    if read.source != "query":
        return False
    return is_secret(read.field) or (Purpose.NEW_PASSWORD in handler.purposes and read.field in {"new", "current", "old", "repeat"})
