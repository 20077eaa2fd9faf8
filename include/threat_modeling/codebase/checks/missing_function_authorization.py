"""Administrative routes that any logged-in caller reaches, in an application whose users have roles.

CWE-862. Routes without any authentication are reported as such (CWE-306), not here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.handlers.application import applications
from threat_modeling.codebase.handlers.report import Kind, missing, searched
from threat_modeling.codebase.handlers.vocabulary import Purpose
from threat_modeling.model import ControlCategory

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from threat_modeling.codebase.observations import Route, Weakness
    from threat_modeling.codebase.project import Project

KIND: Final = Kind(
    "missing-function-authorization",
    "Administrative route without a role check",
    "CWE-862",
    "missing-authorization",
    ControlCategory.AUTHORIZATION,
)


def check(project: Project, routes: Sequence[Route]) -> Iterator[Weakness]:
    """One weakness for each administrative handler that authenticates and checks no role."""
    for app in applications(project, routes):
        for handler in app.handlers if app.roles else ():
            if Purpose.ADMIN in handler.purposes and Purpose.LOGIN not in handler.purposes and handler.authenticated and not handler.authorized:
                message = (
                    f"{handler.name} is administrative and open to every authenticated caller. {searched(handler, 'a role or permission check')}"
                )
                yield missing(app, handler, KIND, message)
