"""Passwords that are accepted whatever they are: no length, no pattern, no validator.

CWE-521, once for an application, at its first handler that takes a new password. A validator that always agrees is reported where it stands.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.handlers.application import applications
from threat_modeling.codebase.handlers.report import Kind, missing
from threat_modeling.codebase.handlers.vocabulary import Purpose, words
from threat_modeling.codebase.observations import Confidence, Weakness
from threat_modeling.codebase.syntax import Function, Literal, Return, walk
from threat_modeling.model import ControlCategory

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from threat_modeling.codebase.handlers.application import Application
    from threat_modeling.codebase.handlers.summary import Summary
    from threat_modeling.codebase.observations import Route
    from threat_modeling.codebase.project import Project

KIND: Final = Kind("weak-password-policy", "Any password is accepted", "CWE-521", "weak-password-policy", ControlCategory.AUTHENTICATION)
KEYWORDS: Final = (
    "PASSWORD_VALIDATORS",
    "minLength",
    "min_length",
    "trong",
    "isLength",
    "zxcvbn",
    "Length(",
    "minlength",
    ".min(",
    "password_strength",
)
_VALIDATING: Final = frozenset({"complexity", "strength", "strong", "zxcvbn", "minlength", "policy", "validator", "validators", "valid"})
_DECLARED = re.compile(
    r"AUTH_PASSWORD_VALIDATORS|minLength|min_length|isStrongPassword|isLength|zxcvbn|password_strength|PasswordPolicy|minlength|^min=|\.min$",
    re.MULTILINE,
)


def check(project: Project, routes: Sequence[Route]) -> Iterator[Weakness]:
    """One weakness for each application that validates no password."""
    for app in applications(project, routes):
        yield from _agreeing(app)
        takers = [h for h in app.handlers if h.writes_password or (Purpose.REGISTER in h.purposes and h.reads_password)]
        if takers and not any(_validates(handler) for handler in takers) and not _declares(app):
            first = min(takers, key=lambda handler: (handler.path, handler.start))
            message = (
                f"{first.name} takes any password. Looked for a length, a pattern and a validator in the handler, what it calls, models and settings."
            )
            yield missing(app, first, KIND, message, Confidence.LOW)


def _agreeing(app: Application) -> Iterator[Weakness]:
    """Functions that claim to judge a password and always say yes."""
    for module in app.modules(("password", "Password")):
        for node in walk(module.body):
            if isinstance(node, Function) and _judges(node) and len(node.body) == 1 and isinstance(node.body[0], Return):
                value = node.body[0].value
                if isinstance(value, Literal) and value.value is True:
                    yield Weakness(
                        rule=KIND.rule,
                        title=KIND.title,
                        message=f"{node.name} accepts every password: it does nothing but return true.",
                        cwe=KIND.cwe,
                        weakness_class=KIND.weakness_class,
                        category=KIND.category,
                        confidence=Confidence.HIGH,
                        evidence=app.project.evidence(module.path, node.line, node.end),
                        function=node.name,
                    )


def _judges(function: Function) -> bool:
    own = set(words(function.name))
    return "password" in own and bool(own & {"complexity", "strength", "strong", "policy", "validate", "valid", "check"})


def _validates(handler: Summary) -> bool:
    facts = handler.facts
    for call in facts.calls:
        last = call.name.rpartition(".")[2]
        about = any(origin.kind == "request" for origin in call.arguments | call.receiver)
        if about and (last in {"len", "match", "search", "fullmatch", "test"} or not _VALIDATING.isdisjoint(words(last))):
            return True
    return "length" in facts.names and any("length" in comparison.names for comparison in facts.comparisons)


def _declares(app: Application) -> bool:
    return any(_DECLARED.search(said) for said in app.code(KEYWORDS))
