"""Routes that change state, destroy records, administrate or list accounts for anybody, in an application that knows its callers.

CWE-306. Silent where no route of the application authenticates, on routes that are public by nature (login, registration, health),
and where the handler asks for an identity in any way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.handlers.application import applications
from threat_modeling.codebase.handlers.report import Kind, missing, searched
from threat_modeling.codebase.handlers.vocabulary import Purpose, has, is_person
from threat_modeling.codebase.observations import Confidence
from threat_modeling.model import ControlCategory

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from threat_modeling.codebase.handlers.facts import Access
    from threat_modeling.codebase.handlers.summary import Summary
    from threat_modeling.codebase.observations import Route, Weakness
    from threat_modeling.codebase.project import Project

KIND: Final = Kind(
    "missing-authentication", "Sensitive route without authentication", "CWE-306", "missing-authentication", ControlCategory.AUTHENTICATION
)
_OPEN: Final = frozenset({Purpose.LOGIN, Purpose.REGISTER, Purpose.RESET, Purpose.OTP, Purpose.LOGOUT})
_TOKENS: Final = frozenset({"token", "code", "secret", "nonce", "signature"})
_POWERFUL: Final = frozenset(
    {"eval", "exec", "system", "popen", "Popen", "check_output", "unlink", "rmtree", "execSync", "spawn"},
)
"""Functions that run or destroy something on the machine; drawing a page or reading a document is for anybody, however badly it is done."""


def check(project: Project, routes: Sequence[Route]) -> Iterator[Weakness]:
    """One weakness for each handler that does something sensitive for callers it does not know."""
    for app in applications(project, routes):
        if app.authenticates:
            for handler in app.handlers:
                if reason := sensitive(handler):
                    message = f"{handler.name} {reason[0]}, and callers need no identity. {searched(handler, 'authentication')}"
                    yield missing(app, handler, KIND, message, Confidence.LOW if handler.route.unread else reason[1])


def sensitive(handler: Summary) -> tuple[str, Confidence] | None:
    """What an unauthenticated handler does that needs an identity, with the confidence; None where it asks for one or needs none."""
    if handler.authenticated or handler.purposes & _OPEN:
        return None
    operations = {access.operation for access in handler.facts.accesses}
    if any(access.operation in {"drop", "delete"} and not _by_token(access) for access in handler.facts.accesses):
        return "destroys stored records", Confidence.HIGH
    if Purpose.ADMIN in handler.purposes:
        return "belongs to administration", Confidence.MEDIUM if handler.unsafe or operations else Confidence.LOW
    if handler.purposes & {Purpose.PUBLIC, Purpose.DEBUG}:
        return None
    if _powerful(handler):
        return "hands the caller's input to a powerful function", Confidence.MEDIUM
    return _changing(handler, operations) if handler.unsafe else _listing(handler)


def _by_token(access: Access) -> bool:
    """Whether who knows a secret of the record may act on it: `DELETE ... WHERE token = ?`."""
    return any(has(key, _TOKENS) for key in access.keys)


def _powerful(handler: Summary) -> bool:
    for call in handler.facts.calls:
        last = call.qualified.rpartition(".")[2]
        if last in _POWERFUL and (last != "exec" or call.name == "exec") and any(origin.kind == "request" for origin in call.arguments):
            return True
    return False


def _changing(handler: Summary, operations: set[str]) -> tuple[str, Confidence] | None:
    written = any(origin.kind == "record" for write in handler.facts.writes for origin in write.holder)
    if operations & {"write", "create"} or written:
        return "changes stored records", Confidence.MEDIUM
    if handler.route.method in {"PUT", "PATCH", "DELETE"} or handler.fields("body", "file"):
        return "acts on what the caller submits", Confidence.LOW
    return None


def _listing(handler: Summary) -> tuple[str, Confidence] | None:
    listed = {access.entity for access in handler.facts.accesses if access.operation == "list" and is_person(access.entity)}
    shown = {origin.source for response in handler.facts.responses for origin in response.origins if origin.kind == "record"}
    return ("lists accounts", Confidence.MEDIUM) if listed & shown else None
