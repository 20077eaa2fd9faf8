"""Where a request tells who calls: headers and cookies of that kind, sessions, decoded tokens, the framework's user."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.syntax import Attribute, Call, Literal, Name, Node, Operation, Subscript

if TYPE_CHECKING:
    from threat_modeling.codebase.python.scopes import Scope

_CREDENTIAL = re.compile(
    r"^(?:http_)?(?:x[-_])?(?:authori[sz]ation|auth|bearer|token|api[-_]?key|jwt|session|(?:access|auth|session|id|api|user|jwt)[-_]?tokens?)$",
    re.IGNORECASE,
)
_SESSION_KEY = re.compile(
    r"user|uid|log(?:ged)?_?(?:in|on)|auth|account|admin|role|name|email|token|identity|member|customer|^id$|_id$", re.IGNORECASE
)
_HEADERS: Final = frozenset({"headers", "META", "environ", "cookies", "COOKIES"})
_DECODERS: Final = re.compile(
    r"^(?:jwt|jose\.jwt|jose\.jws|joserfc\.jwt|authlib\.jose\.jwt|jwcrypto\.jwt)\.(?:decode|verify|JWT)$"
    r"|^flask_jwt_extended\.(?:decode_token|get_jwt_identity|get_jwt|get_current_user|get_jwt_claims|verify_jwt_in_request)$"
    r"|(?:^|\.)verify_(?:id_token|oauth2_token|access_token|session_cookie)$|^rest_framework\.authentication\.|^rest_framework\.authtoken\.models\.Token\.objects\.get$"
)
_USERS: Final = frozenset(
    {
        "flask_login.current_user",
        "flask_jwt_extended.current_user",
        "flask_jwt_extended.get_current_user",
        "flask_security.current_user",
        "flask_jwt.current_identity",
    },
)
_REQUEST_USERS: Final = re.compile(
    r"(?:^|\.)(?:request|req|info\.context|_request)\.(?:user|auth|authorization|state\.user|current_user)(?:\.|$)"
    r"|^(?:flask|quart)\.g\.(?:(?:current|logged_in|auth|authenticated)_)?(?:user|customer|member|account|principal|identity|employee|client|patient)(?:_id)?(?:\.|$)"
)


def reads_identity(scope: Scope, node: Node) -> bool:
    """Tell whether this very node (not what is below it) reads who calls."""
    if isinstance(node, Attribute | Name):
        name = scope.qualified(node)
        return name in _USERS or bool(_REQUEST_USERS.search(name))
    if isinstance(node, Call):
        return bool(_DECODERS.search(scope.qualified(node.callee).replace("()", ""))) or _looked_up(scope, node)
    if isinstance(node, Subscript) and isinstance(node.index, Literal):
        return _keyed(scope, node.object, node.index)
    if isinstance(node, Operation) and node.operator in {"in", "not in"} and len(node.operands) == 2:
        return _keyed(scope, node.operands[1], node.operands[0])
    return False


def _looked_up(scope: Scope, call: Call) -> bool:
    """`session.get("user")`, `request.headers.get("Authorization")`, `request.get_header("Authorization")`."""
    if not isinstance(call.callee, Attribute) or not call.arguments or call.callee.name not in {"get", "pop", "get_header", "getlist", "get_cookie"}:
        return False
    if call.callee.name in {"get_header", "get_cookie"}:
        return _names_credential(call.arguments[0])
    return _keyed(scope, call.callee.object, call.arguments[0])


def _keyed(scope: Scope, container: object, key: object) -> bool:
    name = scope.qualified(container)
    last = name.rpartition(".")[2]
    if last in _HEADERS:
        return _names_credential(key)
    is_session = name in {"flask.session", "quart.session", "bottle.session"} or name.endswith("request.session") or name == "session"
    return is_session and isinstance(key, Literal) and isinstance(key.value, str) and bool(_SESSION_KEY.search(key.value))


def _names_credential(key: object) -> bool:
    return isinstance(key, Literal) and isinstance(key.value, str) and names_credential(key.value)


def names_credential(name: str) -> bool:
    """Tell the name of a header, cookie or parameter that carries credentials."""
    return bool(_CREDENTIAL.match(name))
