"""Error messages of the system that reach the caller.

CWE-209. Only for errors that were not expected (caught as a whole): a validation error is meant for the caller.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.handlers.application import applications
from threat_modeling.codebase.handlers.report import Kind, present
from threat_modeling.model import ControlCategory

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from threat_modeling.codebase.handlers.facts import Site
    from threat_modeling.codebase.handlers.origins import Origins
    from threat_modeling.codebase.handlers.summary import Summary
    from threat_modeling.codebase.observations import Route, Weakness
    from threat_modeling.codebase.project import Project

KIND: Final = Kind(
    "error-details-to-caller", "Details of internal errors reach the caller", "CWE-209", "error-details-to-caller", ControlCategory.OUTPUT_ENCODING
)
_BROAD = re.compile(
    r"^(any|Exception|Throwable|BaseException|Error|unknown|\w*(?:Database|SQLAlchemy|Operational|Integrity|OS|IO|Runtime)Error"
    r"|(?:PDO|Query|Sql|Db|DbUpdate)Exception)$"
)
_TOLD: Final = frozenset({"flash", "add_message", "abort"})


def check(project: Project, routes: Sequence[Route]) -> Iterator[Weakness]:
    """One weakness for each handler that answers with an unexpected error."""
    for app in applications(project, routes):
        for handler in app.handlers:
            site = _shown(handler)
            if site is not None:
                yield present(app, handler, KIND, f"{handler.name} puts the text of an unexpected error into its answer.", site)


def _shown(handler: Summary) -> Site | None:
    for response in handler.facts.responses:
        if _unexpected(response.origins):
            return response.site
    for call in handler.facts.calls:
        if call.name.rpartition(".")[2] in _TOLD and _unexpected(call.arguments) and call.site.depth <= 1:
            return call.site
    return None


def _unexpected(origins: Origins) -> bool:
    return any(origin.kind == "error" and _BROAD.match(origin.source) for origin in origins)
