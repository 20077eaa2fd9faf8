"""Lists that are answered whole, however long they grow.

CWE-770, once for an application, at its first such handler: the remedy (paging) is one for all of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.handlers.application import applications
from threat_modeling.codebase.handlers.report import Kind, present
from threat_modeling.codebase.handlers.vocabulary import words
from threat_modeling.codebase.observations import Confidence
from threat_modeling.model import ControlCategory

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from threat_modeling.codebase.handlers.facts import Access
    from threat_modeling.codebase.handlers.summary import Summary
    from threat_modeling.codebase.observations import Route, Weakness
    from threat_modeling.codebase.project import Project

KIND: Final = Kind("unbounded-list", "List without paging", "CWE-770", "unbounded-resource", ControlCategory.RATE_LIMITING)
_PAGING: Final = frozenset({"limit", "page", "paginate", "pagination", "paginator", "offset", "skip", "slice", "islice", "take", "cursor", "per"})


def check(project: Project, routes: Sequence[Route]) -> Iterator[Weakness]:
    """One weakness for each application that answers whole tables."""
    for app in applications(project, routes):
        lists = [(handler, access) for handler in app.handlers if (access := _unbounded(handler)) is not None]
        if lists:
            handler, access = min(lists, key=lambda found: (found[0].path, found[1].site.top))
            count = len({h.function for h, _ in lists})
            message = f"{handler.name} answers with every {access.entity} there is; handlers of the application that do not page: {count}."
            yield present(app, handler, KIND, message, access.site, confidence=Confidence.LOW)


def _unbounded(handler: Summary) -> Access | None:
    if handler.route.method not in {"GET", "ANY"} or any(not _PAGING.isdisjoint(words(name)) for name in handler.facts.names):
        return None
    shown = {origin.source for response in handler.facts.responses for origin in response.origins if origin.kind == "record"}
    lists = (a for a in handler.facts.accesses if a.operation == "list" and not a.limited and not a.selected_by)
    return next((access for access in lists if access.entity in shown), None)
