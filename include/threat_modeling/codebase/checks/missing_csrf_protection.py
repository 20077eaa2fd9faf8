"""State-changing routes that know their caller by a cookie and cannot tell a forged request from a real one.

CWE-352. Only for applications whose sessions live in cookies; silent where a protection is installed for the whole application, where
cookies are SameSite strict or lax by the code, where the handler validates a form with a token, and for callers known by a header.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.handlers.application import applications
from threat_modeling.codebase.handlers.report import Kind, missing, searched
from threat_modeling.codebase.handlers.vocabulary import CHANGE_WORDS, Purpose, words
from threat_modeling.codebase.observations import Confidence
from threat_modeling.model import ControlCategory

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from threat_modeling.codebase.handlers.application import Application
    from threat_modeling.codebase.handlers.summary import Summary
    from threat_modeling.codebase.observations import Route, Weakness
    from threat_modeling.codebase.project import Project

KIND: Final = Kind(
    "missing-csrf-protection",
    "State change without protection against forged requests",
    "CWE-352",
    "missing-csrf-protection",
    ControlCategory.INPUT_VALIDATION,
)
_ELSEWHERE: Final = frozenset({Purpose.LOGIN, Purpose.REGISTER, Purpose.RESET, Purpose.LOGOUT})
_PROTECTION = re.compile(
    r"CSRFProtect|CsrfProtect|SeaSurf|CsrfViewMiddleware|csurf|csrf-csrf|lusca|tiny-csrf|csrf-sync|fastapi_csrf|CSRFMiddleware|aiohttp_csrf"
    r"|AutoValidateAntiforgeryToken|UseAntiforgery|Slim\.Csrf"
    r"|same_?site=(?:strict|lax)",
    re.IGNORECASE,
)
_SAID: Final = ("csrf", "CSRF", "Csrf", "csurf", "SeaSurf", "lusca", "ameSite", "amesite", "SAMESITE", "same_site", "Csrf", "Antiforgery")
_TOKENS: Final = frozenset({"csrf", "xsrf", "csrfmiddlewaretoken", "authenticity", "nonce"})
_HEADERS: Final = frozenset({"jwt", "bearer", "token", "apikey", "oauth2", "basic", "expressjwt"})
_FRAMEWORKS: Final = frozenset({"web", "_csrf_token"})
"""The guards of Laravel and Drupal that check a token."""
_COOKIES: Final = ("AddCookie", "AddIdentity", "AddDefaultIdentity", "FormsAuthentication", "UseCookieAuthentication")
_BEARER: Final = ("AddJwtBearer", "AddBearerToken", "UseJwtBearerAuthentication")
"""By what ASP.NET knows callers: the code that reads `User` does not say it."""
KEYWORDS: Final = (*_SAID, *_COOKIES, *_BEARER)
_FORMS: Final = frozenset(
    {
        "ValidateAntiForgeryToken",
        "ValidateRequestAsync",
        "handleRequest",
        "isCsrfTokenValid",
        "validate_on_submit",
        "validate_csrf",
        "generate_csrf",
        "csrf_protect",
        "verifyCsrf",
    }
)


def check(project: Project, routes: Sequence[Route]) -> Iterator[Weakness]:
    """One weakness for each handler that changes state for a caller known by a cookie."""
    for app in applications(project, routes):
        if not _by_cookie(app) or _installed(app):
            continue
        for handler in app.handlers:
            if _forgeable(app, handler):
                message = f"{handler.name} changes state for whoever's browser sends the cookie. {searched(handler, 'a token or a SameSite cookie')}"
                yield missing(app, handler, KIND, message, Confidence.MEDIUM if handler.unsafe else Confidence.LOW)


def _by_cookie(app: Application) -> bool:
    """Whether callers are known by a cookie; the settings of ASP.NET say so, or that they send a token no browser sends by itself."""
    if not any(handler.module.language == "csharp" for handler in app.handlers):
        return app.cookie_sessions
    return app.mentions(*_COOKIES) or (app.cookie_sessions and not app.mentions(*_BEARER))


def _installed(app: Application) -> bool:
    return any(_PROTECTION.search(said) for said in app.code(_SAID))


def _forgeable(app: Application, handler: Summary) -> bool:
    if handler.route.framework == "rails" or any(guard.name in _FRAMEWORKS for guard in handler.route.guards):
        return False  # Rails' protection is one for all controllers: see rails_forgery.py
    if handler.purposes & _ELSEWHERE or not handler.authenticated or _tokens(handler):
        return False
    if handler.identities and not handler.identities & {"session", "cookie"}:
        return False
    if not handler.identities and (app.identities & {"header", "token"} or _by_header(handler)):
        return False
    return _changes(handler)


def _by_header(handler: Summary) -> bool:
    return any(not _HEADERS.isdisjoint(words(name)) for name in (*handler.decorators, *(guard.name for guard in handler.route.guards)))


def _tokens(handler: Summary) -> bool:
    names = {*handler.facts.names, *handler.decorators, *(guard.name for guard in handler.route.guards)}
    return bool(names & _FORMS) or any(not _TOKENS.isdisjoint(words(name)) for name in names)


def _changes(handler: Summary) -> bool:
    operations = {access.operation for access in handler.facts.accesses}
    written = any(origin.kind == "record" for write in handler.facts.writes for origin in write.holder)
    if handler.unsafe:
        return bool(operations & {"write", "create", "delete", "drop"}) or written or bool(handler.fields("body", "file"))
    return bool(operations & {"write", "delete", "drop"}) and not CHANGE_WORDS.isdisjoint(words(handler.title))
