"""Whether a method turns a caller away: it answers 401 or 403, throws what does, or sends to a login."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.jvm.calls import method_of
from threat_modeling.codebase.jvm.classes import simple
from threat_modeling.codebase.syntax import Attribute, Call, Function, Literal, Name, Return, walk

if TYPE_CHECKING:
    from threat_modeling.codebase.jvm.classes import Place
    from threat_modeling.codebase.syntax import Node

UNAUTHORIZED: Final = frozenset(
    {"SC_UNAUTHORIZED", "UNAUTHORIZED", "Unauthorized", "HTTP_UNAUTHORIZED", "SC_FORBIDDEN", "FORBIDDEN", "Forbidden", "HTTP_FORBIDDEN"}
)
_THROWN: Final = frozenset(
    {
        *("NotAuthorizedException", "ForbiddenException", "AccessDeniedException", "UnauthorizedException", "AuthenticationException"),
        *("BadCredentialsException", "UnauthorizedResponse", "ForbiddenResponse", "AuthenticationCredentialsNotFoundException"),
    }
)
_ANSWERS: Final = frozenset(
    {"sendError", "setStatus", "setStatusCode", "status", "abortWith", "halt", "fail", "sendResponseHeaders", "respond", "error", "code"}
)
_REDIRECTS: Final = frozenset({"sendRedirect", "redirect", "seeOther", "temporaryRedirect"})
MAX_DEPTH: Final = 2


def refuses(place: Place, function: Function, depth: int = MAX_DEPTH) -> bool:
    """Whether a method, or another one of its class that it calls, turns callers away."""
    for node in walk(function.body):
        if function.name == "preHandle" and isinstance(node, Return) and isinstance(node.value, Literal) and node.value.value is False:
            return True
        if isinstance(node, Return) and node.operator == "raise" and isinstance(node.value, Call) and _names(node.value):
            return True
        if isinstance(node, Call):
            name = method_of(node)
            if name in _ANSWERS and _says_no(node):
                return True
            if name in _REDIRECTS and _to_login(node):
                return True
            if depth and (isinstance(node.callee, Name) or _is_own(node)):
                called = place.method(name) if place.classes else None
                if called is not None and called is not function and refuses(place, called, depth - 1):
                    return True
    return False


def _is_own(call: Call) -> bool:
    return isinstance(call.callee, Attribute) and isinstance(call.callee.object, Name) and call.callee.object.id == "this"


def _names(made: Call) -> bool:
    return simple(made.callee) in _THROWN or _says_no(made)


def _says_no(call: Call) -> bool:
    return any(_is_refusal(node) for argument in call.arguments for node in walk(argument))


def _is_refusal(node: Node) -> bool:
    if isinstance(node, Literal):
        return node.value in {401, 403} and not isinstance(node.value, bool)
    return (isinstance(node, Name) and node.id in UNAUTHORIZED) or (isinstance(node, Attribute) and node.name in UNAUTHORIZED)


def _to_login(call: Call) -> bool:
    texts = (node.value for argument in call.arguments for node in walk(argument) if isinstance(node, Literal) and isinstance(node.value, str))
    return any(word in text.lower() for text in texts for word in ("login", "signin", "sign-in"))
