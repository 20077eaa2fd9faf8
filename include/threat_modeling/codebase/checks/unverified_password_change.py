"""Password changes that do not ask for the password in force.

CWE-620. A reset by a token that was sent to the owner is another thing, and an administrator who checks a role may set passwords.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.handlers.application import applications
from threat_modeling.codebase.handlers.report import Kind, missing
from threat_modeling.codebase.handlers.vocabulary import Purpose, is_old_password, words
from threat_modeling.model import ControlCategory

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from threat_modeling.codebase.handlers.summary import Summary
    from threat_modeling.codebase.observations import Route, Weakness
    from threat_modeling.codebase.project import Project

KIND: Final = Kind(
    "unverified-password-change",
    "Password change without the password in force",
    "CWE-620",
    "unverified-password-change",
    ControlCategory.AUTHENTICATION,
)
_PROVED: Final = frozenset(
    {"check_password", "verify_password", "check_password_hash", "compare", "compareSync", "checkpw", "PasswordChangeForm", "authenticate"}
)


def check(project: Project, routes: Sequence[Route]) -> Iterator[Weakness]:
    """One weakness for each handler that sets a new password without proof of the old one."""
    for app in applications(project, routes):
        for handler in app.handlers:
            if (
                handler.writes_password
                and not handler.purposes & {Purpose.REGISTER, Purpose.RESET, Purpose.LOGIN, Purpose.ADMIN}
                and not _proved(handler)
            ):
                message = f"{handler.name} sets a password; neither a field for the password in force nor a comparison with it was found."
                yield missing(app, handler, KIND, message)


def _proved(handler: Summary) -> bool:
    if handler.authorized or handler.facts.names & _PROVED:
        return True
    return any(is_old_password(name) or {"otp", "token"} & set(words(name)) for name in handler.fields("body", "query"))
