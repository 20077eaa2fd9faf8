"""Whether a method asks who calls: it, or what it runs, reads the token of the request or the caller that the framework knows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.jvm.calls import method_of
from threat_modeling.codebase.jvm.classes import key_of
from threat_modeling.codebase.syntax import Call, Function, Literal, walk

if TYPE_CHECKING:
    from threat_modeling.codebase.jvm.classes import Key, Place
    from threat_modeling.codebase.jvm.methods import Methods

MAX_DEPTH: Final = 4
MAX_METHODS: Final = 60
_CREDENTIALS: Final = frozenset({"authorization", "x-auth-token", "x-api-key", "x-access-token"})
_HEADERS: Final = frozenset({"getHeader", "getFirst", "header", "getHeaderString", "headers"})
_CALLERS: Final = frozenset({"getUserPrincipal", "getRemoteUser", "getCallerPrincipal"})


def asks_caller(methods: Methods, place: Place, function: Function) -> Call | None:
    """The call of a method that leads to a look at the caller's token or identity; None where there is no such call."""
    seen: set[Key] = set()
    for node in walk(function.body):
        if isinstance(node, Call) and (_is_look(node) or _leads(methods, place, node, seen, MAX_DEPTH)):
            return node
    return None


def _is_look(node: Call) -> bool:
    name = method_of(node)
    if name in _CALLERS:
        return True
    first = node.arguments[0] if node.arguments else None
    named = first.value if isinstance(first, Literal) else getattr(first, "name", getattr(first, "id", ""))
    return name in _HEADERS and isinstance(named, str) and named.lower().replace("_", "-") in _CREDENTIALS


def _leads(methods: Methods, place: Place, node: Call, seen: set[Key], depth: int) -> bool:
    found = methods.running(node.callee, place) if depth else None
    if found is None or key_of(found[0].module.path, found[1]) in seen or len(seen) >= MAX_METHODS:
        return False
    seen.add(key_of(found[0].module.path, found[1]))
    inside, function = found
    return any(isinstance(inner, Call) and (_is_look(inner) or _leads(methods, inside, inner, seen, depth - 1)) for inner in walk(function.body))
