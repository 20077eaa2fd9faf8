"""Routes where guessing pays (login, password reset, one-time codes) or costs (registration), and nothing slows the caller down.

CWE-307 where a secret can be guessed; CWE-770 for registration, told once and only where nothing else of the kind is found. A limiter
anywhere on the route or for the whole application, a lockout by failed attempts and a captcha all count as controls.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.handlers.application import applications
from threat_modeling.codebase.handlers.report import Kind, missing, searched
from threat_modeling.codebase.handlers.vocabulary import Purpose, words
from threat_modeling.codebase.observations import Confidence
from threat_modeling.model import ControlCategory

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from threat_modeling.codebase.handlers.application import Application
    from threat_modeling.codebase.handlers.summary import Summary
    from threat_modeling.codebase.observations import Route, Weakness
    from threat_modeling.codebase.project import Project

GUESSING: Final = Kind(
    "missing-brute-force-protection", "Secrets can be guessed without limit", "CWE-307", "missing-rate-limit", ControlCategory.RATE_LIMITING
)
FLOODING: Final = Kind("missing-registration-limit", "Registration without limit", "CWE-770", "missing-rate-limit", ControlCategory.RATE_LIMITING)
_SLOWING: Final = frozenset(
    {"limit", "limiter", "ratelimit", "throttle", "throttled", "throttling", "lockout", "locked", "attempts", "captcha", "recaptcha", "turnstile"}
    | {"brute", "slowdown", "axes", "backoff", "hcaptcha", "failed", "limiting"},
)
_KNOWN: Final = frozenset({ControlCategory.AUTHENTICATION, ControlCategory.AUTHORIZATION})
_WHOLE = re.compile(
    r"default_limits=|axes\.middleware|DEFAULT_THROTTLE|SlowAPIMiddleware|RateLimitMiddleware|GlobalLimiter|UseIpRateLimiting|UseClientRateLimiting"
)
KEYWORDS: Final = (
    "default_limits",
    "axes.middleware",
    "DEFAULT_THROTTLE",
    "SlowAPIMiddleware",
    "RateLimitMiddleware",
    "GlobalLimiter",
    "RateLimiting",
)
"""Of which a file holds one wherever the pattern above is found."""


def check(project: Project, routes: Sequence[Route]) -> Iterator[Weakness]:
    """One weakness for each handler whose secret can be guessed; for registration one, where there is no such handler."""
    for app in applications(project, routes):
        if _limited_as_a_whole(app):
            continue
        open_ = [(handler, kind) for handler in app.handlers if (kind := _kind(handler)) is not None and not _slowed(handler)]
        guessing = [found for found in open_ if found[1] is GUESSING]
        for handler, kind in guessing or open_[:1]:
            message = f"{handler.name} takes any number of tries. {searched(handler, 'a rate limit, a lockout or a captcha')}"
            yield missing(app, handler, kind, message, Confidence.MEDIUM if kind is GUESSING else Confidence.LOW)


def _kind(handler: Summary) -> Kind | None:
    purposes = handler.purposes
    known = any(guard.category in _KNOWN and guard.name != "check in the handler" for guard in handler.route.guards)
    if known or not handler.unsafe or Purpose.LOGOUT in purposes:
        return None
    if Purpose.LOGIN in purposes and (handler.reads_password or handler.fields("body")):
        return GUESSING
    if purposes & {Purpose.RESET, Purpose.OTP} and (handler.fields("body", "query") or handler.reads_password):
        return GUESSING
    return FLOODING if Purpose.REGISTER in purposes and handler.reads_password else None


def _slowed(handler: Summary) -> bool:
    if handler.guarded(ControlCategory.RATE_LIMITING):
        return True
    names = {*handler.decorators, *handler.facts.names, *(guard.name for guard in handler.route.guards)}
    return any(not _SLOWING.isdisjoint(words(name)) for name in names)


def _limited_as_a_whole(app: Application) -> bool:
    return any(_WHOLE.search(said) for said in app.code(KEYWORDS))
