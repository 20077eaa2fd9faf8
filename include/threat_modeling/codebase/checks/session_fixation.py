"""Logins that keep the session they were given.

CWE-384. Only for sessions that the server keeps under an id: sessions of Express, aiohttp and Django, and Flask's with a server-side store;
a signed client-side session has no id that could be fixed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.handlers.application import applications
from threat_modeling.codebase.handlers.report import Kind, present
from threat_modeling.codebase.handlers.vocabulary import Purpose
from threat_modeling.model import ControlCategory

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from threat_modeling.codebase.handlers.application import Application
    from threat_modeling.codebase.handlers.facts import Site
    from threat_modeling.codebase.handlers.summary import Summary
    from threat_modeling.codebase.observations import Route, Weakness
    from threat_modeling.codebase.project import Project

KIND: Final = Kind("session-fixation", "Session is not renewed at login", "CWE-384", "session-fixation", ControlCategory.AUTHENTICATION)
_RENEWING: Final = frozenset({"regenerate", "cycle_key", "flush", "new_session", "invalidate", "clear", "logIn", "auth_login", "rotate", "destroy"})
_STORES: Final = {
    "express": ("express-session",),
    "aiohttp": ("aiohttp_session",),
    "django": ("request.session",),
    "flask": ("flask_session", "flask-session"),
}
KEYWORDS: Final = (*(store for stores in _STORES.values() for store in stores), "express-session")


def check(project: Project, routes: Sequence[Route]) -> Iterator[Weakness]:
    """One weakness for each login handler that writes into the session it found."""
    for app in applications(project, routes):
        for handler in app.handlers:
            site = _kept(handler) if Purpose.LOGIN in handler.purposes else None
            if site is not None and not handler.facts.names & _RENEWING and _server_side(app, handler):
                message = f"{handler.name} puts the user into the session that the caller brought; no call that renews its id was found."
                yield present(app, handler, KIND, message, site)


def _kept(handler: Summary) -> Site | None:
    return next((w.site for w in handler.facts.writes if w.target.rpartition(".")[2] == "session" and w.field), None)


def _server_side(app: Application, handler: Summary) -> bool:
    return app.mentions(*_STORES.get(handler.route.framework, ("express-session",)))
