"""Login, reset and registration routes whose messages tell whether an account exists.

CWE-204. Told by the texts themselves: one that says that the account is unknown (or taken) while another outcome is worded differently.
"Invalid user or password" tells nothing and is fine.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.handlers.application import applications
from threat_modeling.codebase.handlers.report import Kind, present
from threat_modeling.codebase.handlers.vocabulary import Purpose
from threat_modeling.codebase.observations import Confidence
from threat_modeling.model import ControlCategory

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from threat_modeling.codebase.handlers.facts import Site
    from threat_modeling.codebase.handlers.summary import Summary
    from threat_modeling.codebase.observations import Route, Weakness
    from threat_modeling.codebase.project import Project

KIND: Final = Kind("user-enumeration", "Messages tell which accounts exist", "CWE-204", "user-enumeration", ControlCategory.AUTHENTICATION)
_ACCOUNT = r"\b(?:user ?name|user|account|e-?mail(?: address)?|member|login|customer)"
_UNKNOWN = re.compile(
    rf"{_ACCOUNT}\b[^.]{{0,30}}\b(?:does ?n[o']t exist|not exist|not found|not registered|unknown|incorrect|invalid|wrong|not in our|not recognized)"
    rf"|\b(?:unknown|invalid|incorrect|wrong|find no|no such|no registered) ?{_ACCOUNT}\b"
    rf"|\bno {_ACCOUNT[2:]} (?:with|for|found|exists|matching|registered|under|named|has|by)\b"
    rf"|\b(?:do not have (?:the|that|this|an?)|not find (?:an?|the|your)?) ?{_ACCOUNT}\b",
    re.IGNORECASE,
)
_PASSWORD = re.compile(
    r"\b(?:password|pass)\b[^.]{0,20}\b(?:incorrect|wrong|invalid|not correct|does ?n[o']t match|mismatch)"
    r"|\b(?:incorrect|wrong|invalid|bad) password\b",
    re.IGNORECASE,
)
_EITHER = re.compile(
    rf"{_ACCOUNT}s?(?: ?name)?\s*(?:or|and|/|&)\s*(?:the |your )?pass|pass\w*\s*(?:or|and|/|&)\s*(?:the |your )?{_ACCOUNT[2:]}", re.IGNORECASE
)
_TAKEN = re.compile(rf"{_ACCOUNT}\b[^.]{{0,30}}\b(?:already (?:exist|taken|registered|in use|used)\w*|exists|taken|in use)", re.IGNORECASE)


def check(project: Project, routes: Sequence[Route]) -> Iterator[Weakness]:
    """One weakness for each handler that gives an account away."""
    for app in applications(project, routes):
        for handler in app.handlers:
            found = _telling(handler) if Purpose.LOGIN in handler.purposes or not handler.authenticated else None
            if found is not None:
                what, site, confidence = found
                yield present(app, handler, KIND, f"{handler.name} answers {what}.", site, confidence=confidence)


def _telling(handler: Summary) -> tuple[str, Site, Confidence] | None:
    unknown, password, taken = _first(handler, _UNKNOWN), _first(handler, _PASSWORD), _first(handler, _TAKEN)
    if Purpose.LOGIN in handler.purposes and unknown and password and unknown.line != password.line:
        return "differently for an unknown account and for a wrong password", unknown, Confidence.HIGH
    if Purpose.RESET in handler.purposes and unknown:
        return "differently for accounts that do not exist", unknown, Confidence.MEDIUM
    if Purpose.REGISTER in handler.purposes and taken:
        return "that an account exists already", taken, Confidence.LOW
    return None


def _first(handler: Summary, pattern: re.Pattern[str]) -> Site | None:
    return next((site for text, site in handler.facts.texts if len(text) < 200 and pattern.search(text) and not _EITHER.search(text)), None)
