"""Applications whose login leaves no trace: neither success nor failure is logged.

CWE-778, once for an application, at its first login handler. Silent where any code of the application logs requests or events.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.handlers.application import applications
from threat_modeling.codebase.handlers.report import Kind, missing, searched
from threat_modeling.codebase.handlers.vocabulary import Purpose, words
from threat_modeling.codebase.observations import Confidence
from threat_modeling.model import ControlCategory

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from threat_modeling.codebase.handlers.summary import Summary
    from threat_modeling.codebase.observations import Route, Weakness
    from threat_modeling.codebase.project import Project

KIND: Final = Kind("unlogged-security-events", "Logins leave no trace", "CWE-778", "insufficient-logging", ControlCategory.LOGGING_AUDIT)
_LOGGERS: Final = ("getLogger", "logging.", "logger.", "loguru", "structlog", "winston", "morgan", "pino", "bunyan", "log4js", "app.logger", "\nlog.")
KEYWORDS: Final = tuple(logger.strip() for logger in _LOGGERS)
_LOGGING: Final = frozenset({"logger", "logging", "log", "audit", "auditlog"})


def check(project: Project, routes: Sequence[Route]) -> Iterator[Weakness]:
    """One weakness for each application that logs nothing."""
    for app in applications(project, routes):
        logins = [h for h in app.handlers if Purpose.LOGIN in h.purposes and h.unsafe and h.reads_password]
        if logins and not any(_logs(handler) for handler in logins) and not app.mentions(*_LOGGERS):
            first = min(logins, key=lambda h: (h.path, h.start))
            message = (
                f"{first.name} logs neither failed nor successful logins, and nothing else in the application logs. {searched(first, 'a log call')}"
            )
            yield missing(app, first, KIND, message, Confidence.LOW)


def _logs(handler: Summary) -> bool:
    return any(not _LOGGING.isdisjoint(words(name)) for name in {*handler.facts.names, *handler.decorators})
