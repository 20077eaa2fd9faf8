"""What PHP code that runs before a handler guards: told by what it does, or by its usual name where its code is not the target's."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.handlers.vocabulary import ROLE, has
from threat_modeling.codebase.syntax import Attribute, Block, Call, Literal, Name, Operation, Return, Subscript, dotted, walk
from threat_modeling.model import ControlCategory

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.syntax import Node, Statement

_USUAL: Final = (
    (re.compile(r"^(?:guest|web|api|bindings|Substitute\w*|cors|HandleCors)$"), None),
    (
        re.compile(
            r"(?:^|[._:\\])(?:can|role|roles|permission|permissions|ability|abilities|scope|scopes|admin|is_?admin)(?::|$)"
            r"|(?:Role|Permission|Admin|Acl|Rbac|Authori[sz]ation|Access)(?:Control)?(?:Middleware|Filter)?$",
            re.IGNORECASE,
        ),
        ControlCategory.AUTHORIZATION,
    ),
    (
        re.compile(
            r"^(?:auth|jwt|sanctum|passport|verified|signed|session|login|oauth2?|api_?key|token|authenticated?|logged_?in)\b(?!or)|^auth[._:]"
            r"|(?:Authenticat\w*|Jwt\w*|Auth|LoginRequired|LoginCheck|CheckLogin|TokenAuth\w*|ApiKey|BasicAuth\w*|Bearer\w*|OAuth\w*)"
            r"(?:Middleware|Filter)?$",
            re.IGNORECASE,
        ),
        ControlCategory.AUTHENTICATION,
    ),
    (re.compile(r"throttle|rate_?limit", re.IGNORECASE), ControlCategory.RATE_LIMITING),
    (re.compile(r"csrf|xsrf", re.IGNORECASE), ControlCategory.CORS_CSP),
)
_AUTHORIZING: Final = frozenset(
    {"authorize", "authorizeForUser", "authorizeResource", "denyAccessUnlessGranted", "isGranted", "checkAccess", "authorizeUser", "hasPermission"}
)
_IDENTIFYING: Final = frozenset({"requireLogin", "requireAuth", "checkLogin", "requireLogged", "loginRequired"})
_TURNING_AWAY: Final = """
    abort abort_if abort_unless redirect redirectToRoute setStatusCode withStatus http_response_code header deny denyAccess exit
"""
_REFUSING: Final = frozenset(_TURNING_AWAY.split())
_IDENTITY: Final = re.compile(
    r"^\$?(?:user|identity|token|jwt|session|auth\w*|bearerToken|isGuest|loggedIn|isLoggedIn|user_?id|_SESSION|apiKey|api_key)$", re.IGNORECASE
)


def usual(name: str) -> ControlCategory | None:
    """What a middleware by this name is for, by the usual wording."""
    last = name.rpartition("\\")[2].rpartition(".")[2] if ":" not in name else name
    return next((category for pattern, category in _USUAL if pattern.search(last)), None)


def of_body(body: tuple[Statement, ...]) -> tuple[ControlCategory, ...]:
    """What a function guards that runs before a handler: it can turn a caller away, by who they are or what they may do."""
    if not refuses(body):
        return ()
    words = set(_words(body))
    found = []
    if any(_IDENTITY.match(word) for word in words):
        found.append(ControlCategory.AUTHENTICATION)
    if any(has(word, ROLE - {"scope", "scopes"}) for word in words):
        found.append(ControlCategory.AUTHORIZATION)
    if any("limiter" in word.lower() or "toomany" in word.lower() for word in words):
        found.append(ControlCategory.RATE_LIMITING)
    return tuple(found)


def in_handler(body: tuple[Statement, ...]) -> Iterator[tuple[ControlCategory, str, Node]]:
    """Guards that a handler applies itself."""
    for statement in body:
        if isinstance(statement, Block) and statement.kind == "if" and any(refuses(inner) or _leaves(inner) for inner in statement.bodies):
            words = set(_words(statement.heads))
            if any(has(word, ROLE - {"scope", "scopes"}) for word in words):
                yield ControlCategory.AUTHORIZATION, "check in the handler", statement
            elif any(map(_absent, statement.heads)) and any(_IDENTITY.match(word) for word in words):
                yield ControlCategory.AUTHENTICATION, "check in the handler", statement
    for node in walk(body):
        name = dotted(node.callee).rpartition(".")[2] if isinstance(node, Call) else ""
        if name in _AUTHORIZING:
            yield ControlCategory.AUTHORIZATION, name, node
        elif name in _IDENTIFYING:
            yield ControlCategory.AUTHENTICATION, name, node


def refuses(body: object) -> bool:
    """Whether code can turn a caller away: an error, a redirect, an answer with 401 or 403."""
    for node in walk(body):
        if isinstance(node, Return) and node.operator == "raise":
            return True
        if isinstance(node, Call):
            name = dotted(node.callee).rpartition(".")[2]
            if name in _REFUSING:
                return True
            if any(isinstance(argument, Literal) and argument.value in {401, 403, 419, 429} for argument in node.arguments):
                return True
    return False


def _leaves(body: tuple[Statement, ...]) -> bool:
    return any(isinstance(node, Call) and dotted(node.callee) == "exit" for node in walk(body))


def _absent(head: Node) -> bool:
    """Tell a condition that asks for something missing: `!$a`, `empty($a)`, `$a === null`, `$a->guest()`."""
    for node in walk(head):
        sign = node.operator if isinstance(node, Operation) else ""
        if sign in {"!", "!=", "!=="} or (isinstance(node, Operation) and sign in {"==", "==="} and any(map(_nothing, node.operands))):
            return True
        if isinstance(node, Call) and dotted(node.callee).rpartition(".")[2] in {"empty", "is_null", "guest", "isGuest"}:
            return True
        if isinstance(node, Attribute) and node.name == "isGuest":
            return True
    return False


def _nothing(node: Node) -> bool:
    return isinstance(node, Literal) and not node.value


def _words(body: object) -> Iterator[str]:
    for node in walk(body):
        if isinstance(node, Name):
            yield node.id.lstrip("$")
        elif isinstance(node, Attribute):
            yield node.name
        elif isinstance(node, Subscript) and isinstance(node.index, Literal) and isinstance(node.index.value, str):
            yield node.index.value
