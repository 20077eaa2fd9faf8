"""Where code of Node.js finds out who calls: headers, cookies, sessions, what earlier middleware put on the request."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.syntax import Attribute, Call, Expression, Literal, Mapping, Name, Node, Subscript, dotted

if TYPE_CHECKING:
    from threat_modeling.codebase.syntax import Assign

_HEADERS: Final = re.compile(
    r"^(?:(?:proxy-)?authorization|cookie|api-?key|(?!x-(?:csrf|xsrf|idempotency|cache|trace|request)-)x-(?:[\w-]+-)?(?:token|key|secret|signature))$",
    re.IGNORECASE,
)
_TOKEN: Final = re.compile(r"token|session|sid|jwt|auth", re.IGNORECASE)
_OF_EVENT: Final = {"getHeader": _HEADERS, "getRequestHeader": _HEADERS, "getCookie": _TOKEN}
"""Functions of h3 that are given the event of a request, then a name."""
_ACTOR: Final = re.compile(
    r"(?:^|\.)(?:req|request|ctx|c|context|state|locals|socket)\.(?:user|auth|userId|user_id|currentUser|account|principal|isAuthenticated|isUnauthenticated)$"
)
_SESSION: Final = re.compile(r"(?:^|\.)session$")
_NO_ACTOR: Final = frozenset({"cookie", "save", "destroy", "regenerate", "reload", "touch", "flash", "maxAge", "id", "captcha"})
_ROLE: Final = re.compile(r"^(?:role|roles|is_?[aA]dmin|admin|permissions?|scopes?|has(?:Role|Permission)|privileges?|accessLevel|isStaff)$")


def is_credential(node: Node) -> bool:
    """Whether a node reads what tells who calls."""
    if isinstance(node, Attribute):
        return reads(node.object, node.name)
    if isinstance(node, Subscript) and isinstance(node.index, Literal):
        return reads(node.object, str(node.index.value))
    if isinstance(node, Call) and isinstance(node.callee, Attribute) and node.callee.name in {"header", "get"} and node.arguments:
        first = node.arguments[0]
        cookies = dotted(node.callee.object).rpartition(".")[2] == "cookies"
        return isinstance(first, Literal) and (_TOKEN.search if cookies else _HEADERS.match)(str(first.value)) is not None
    if isinstance(node, Call) and isinstance(node.callee, Name) and node.callee.id in _OF_EVENT and len(node.arguments) > 1:
        second = node.arguments[1]
        return isinstance(second, Literal) and _OF_EVENT[node.callee.id].search(str(second.value)) is not None
    return False


def reads(owner: Expression, name: str) -> bool:
    """Whether `owner.name` tells who calls."""
    path = dotted(owner)
    holder = path.rpartition(".")[2]
    if holder in {"headers", "header"}:
        return _HEADERS.match(name) is not None
    if holder in {"cookies", "signedCookies"}:
        return _TOKEN.search(name) is not None
    if _SESSION.search(path):
        return name not in _NO_ACTOR
    return _ACTOR.search(f"{path}.{name}") is not None


def destructures(node: Assign) -> bool:
    """`const {authorization} = req.headers`, `const {user} = req`."""
    if node.value is None:
        return False
    keys = [str(key.value) for target in node.targets if isinstance(target, Mapping) for key, _ in target.entries if isinstance(key, Literal)]
    return any(reads(node.value, key) for key in keys)


def is_role(node: Node) -> bool:
    """Whether a node names what a caller may do."""
    return isinstance(node, Attribute) and _ROLE.match(node.name) is not None
