"""What Ruby code that runs before a handler guards: told by what it does, or by its usual name where its code is not the target's."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.handlers.vocabulary import ROLE, has
from threat_modeling.codebase.syntax import Attribute, Block, Call, Function, Literal, Name, Operation, Return, Subscript, dotted, walk
from threat_modeling.model import ControlCategory

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from threat_modeling.codebase.syntax import Node, Statement

_TURNING_AWAY: Final = """
    redirect_to redirect_back redirect_back_or_to head halt error! error deny_access access_denied not_found forbidden forbidden! unauthorized
    unauthorized! authenticate_or_request_with_http_basic authenticate_or_request_with_http_token request_http_basic_authentication
    request_http_token_authentication throw redirect request_authentication invalid_authentication user_not_authorized
"""
_REJECTING: Final = frozenset(_TURNING_AWAY.split())
_VARIABLES: Final = frozenset({"redirect", "error", "head", "throw"})
"""Words that are no calls when they stand alone."""
_BASIC: Final = frozenset({"authenticate_or_request_with_http_basic", "authenticate_or_request_with_http_token"})
_IDENTITY: Final = re.compile(
    r"^(?:current_\w+|signed_in\?|logged_in\?|\w+_signed_in\?|session|cookies|authenticat\w*[!?]?|warden|jwt|rodauth|require_session"
    r"|doorkeeper_\w+!?|bearer_token|auth_token|access_token|api_key|api_token|authorization|http_authorization|resume_session)$",
    re.IGNORECASE,
)
_PRIVILEGE: Final = re.compile(r"^(?:can\?|cannot\?|authorize!?|allowed_to\?|policy|is_admin\?|admin\?|owner\?|permitted\?|has_role\?)$")

_NAMES: Final = (
    (re.compile(r"^require_no_|^redirect_if_|^skip_|^set_|^load_(?!and_)|^find_"), None),
    (
        re.compile(
            r"admin|_role|permission|privilege|^authorize(?!_request|d?_user)|^load_and_authorize|^verify_authorized|correct_user|owner|^can_|_can_|moderator|staff"
        ),
        ControlCategory.AUTHORIZATION,
    ),
    (
        re.compile(
            r"^authenticate|^doorkeeper_authorize|authorize_request|authorized?_user|(?:require|ensure|check|verify|need|validate)_?\w*"
            r"(?:login|logged_in|user|auth\w*|signed_in|sign_in|token|session|api_key)|login_required|logged_in_user|signed_in_user|^logged_in|^authenticated"
            r"|^require_account|^jwt_"
        ),
        ControlCategory.AUTHENTICATION,
    ),
    (re.compile(r"^verify_authenticity_token$|forgery"), ControlCategory.CORS_CSP),
    (re.compile(r"throttle|rate_limit"), ControlCategory.RATE_LIMITING),
)
_CALLED: Final = {
    "authorize": ControlCategory.AUTHORIZATION,
    "authorize!": ControlCategory.AUTHORIZATION,
    "policy_scope": ControlCategory.AUTHORIZATION,
    "doorkeeper_authorize!": ControlCategory.AUTHENTICATION,
    "require_login": ControlCategory.AUTHENTICATION,
    "require_authentication": ControlCategory.AUTHENTICATION,
    "require_oauth_authorization": ControlCategory.AUTHENTICATION,
    "protected!": ControlCategory.AUTHENTICATION,
}
_AUTHENTICATE = re.compile(r"^authenticate(?:_\w+)?!$|^authenticate_or_request_with_http_\w+$|^require_(?:login|user|auth\w*)!?$")
MAX_CALLS: Final = 3


def usual(name: str) -> ControlCategory | None:
    """What a callback whose code stands elsewhere is for, by the usual wording of its name."""
    return next((category for pattern, category in _NAMES if pattern.search(name)), None)


def called(name: str) -> ControlCategory | None:
    """What a call inside a handler guards, by the names of Pundit, CanCanCan, Devise, Doorkeeper and Rodauth."""
    last = name.rpartition(".")[2]
    if last in _CALLED:
        return _CALLED[last]
    return ControlCategory.AUTHENTICATION if _AUTHENTICATE.match(last) else None


def of_body(body: tuple[Statement, ...], find: Callable[[str], Function | None], depth: int = MAX_CALLS) -> tuple[ControlCategory, ...]:
    """What a function guards that runs before a handler: it can turn a caller away, by who they are or what they may do."""
    if not _rejects(body, find, depth):
        return ()
    words = set(_words(body, find, depth))
    found = []
    if words & _BASIC or (_asks_who(body, find, depth) and any(_IDENTITY.match(word) for word in words)):
        found.append(ControlCategory.AUTHENTICATION)
    if _privileged(body, find, depth):
        found.append(ControlCategory.AUTHORIZATION)
    return tuple(found)


def in_handler(body: tuple[Statement, ...], find: Callable[[str], Function | None]) -> Iterator[tuple[ControlCategory, str, Node]]:
    """Guards that a handler applies itself: calls that are known to, methods of its class that turn callers away, branches that do."""
    for statement in body:
        if isinstance(statement, Block) and statement.kind == "if" and any(_rejects(inner, find, 1) for inner in statement.bodies):
            if _privileged(statement.heads, find, 1):
                yield ControlCategory.AUTHORIZATION, "check in the handler", statement
            elif any(map(_absent, statement.heads)) and any(_IDENTITY.match(word) for word in _words(statement.heads, find, 1)):
                yield ControlCategory.AUTHENTICATION, "check in the handler", statement
    for node in walk(body):
        if isinstance(node, Call | Name | Attribute):
            name = dotted(node.callee if isinstance(node, Call) else node)
            category = called(name)
            if category is not None:
                yield category, name.rpartition(".")[2], node
            elif isinstance(node, Call) and "." not in name.removeprefix("self."):
                function = find(name.removeprefix("self."))
                for category in of_body(function.body, find, 1) if function is not None and not _answers(function) else ():
                    yield category, function.name if function is not None else name, node


def _asks_who(body: object, find: Callable[[str], Function | None], depth: int) -> bool:
    """Tell code that turns away who is not known; who is known may be turned away too, from a page to log in."""
    branches = [node for node in walk(body) if isinstance(node, Block) and node.kind == "if"]
    turning = [node for node in branches if any(_rejects(inner, find, depth) for inner in node.bodies)]
    if not turning:
        return True
    return any(any(map(_absent, node.heads)) or (len(node.bodies) > len(node.heads) and _rejects(node.bodies[-1], find, depth)) for node in turning)


def _absent(head: Node) -> bool:
    """Tell a condition that asks for something missing or different: `!a`, `a.nil?`, `a.blank?`, `a == nil`, `a != b`."""
    for node in walk(head):
        if isinstance(node, Operation) and (node.operator in {"!", "not", "!="} or (node.operator == "==" and any(map(_nil, node.operands)))):
            return True
        if isinstance(node, Attribute) and node.name in {"nil?", "blank?", "empty?", "guest?", "anonymous?"}:
            return True
    return False


def _nil(node: Node) -> bool:
    return isinstance(node, Literal) and not node.value


def _privileged(body: object, find: Callable[[str], Function | None], depth: int) -> bool:
    """Tell code that asks what the caller may do: a role of theirs, a policy, or whether a record is their own."""
    for node in walk(body):
        if _owner(node):
            return True
        if isinstance(node, Name | Attribute):
            name = node.id if isinstance(node, Name) else node.name
            holder = dotted(node.object).removesuffix("()") if isinstance(node, Attribute) else "self"
            own = holder == "self" or holder.removeprefix("self.").startswith("current_")
            if own and (_PRIVILEGE.match(name) or has(name, ROLE)):
                return True
        if isinstance(node, Call) and depth > 1:
            function = find(_name(node))
            if function is not None and _privileged(function.body, find, depth - 1):
                return True
    return False


def _answers(function: Function) -> bool:
    """Tell a method that does the handler's work, not a check."""
    return len(function.body) > 8


def _rejects(body: object, find: Callable[[str], Function | None], depth: int) -> bool:
    for node in walk(body):
        if isinstance(node, Return) and node.operator == "raise":
            return True
        if isinstance(node, Call | Name):
            name = _name(node)
            if (name in _REJECTING and not (isinstance(node, Name) and name in _VARIABLES)) or (
                name == "render" and isinstance(node, Call) and _refuses(node)
            ):
                return True
            function = find(name) if depth > 1 and isinstance(node, Call) else None
            if function is not None and _rejects(function.body, find, depth - 1):
                return True
    return False


def _refuses(call: Call) -> bool:
    """`render ..., status: :unauthorized`."""
    status = call.keyword("status")
    return isinstance(status, Literal) and status.value in {"unauthorized", "forbidden", 401, 403, 404, "not_found"}


def _name(node: Call | Name) -> str:
    name = dotted(node.callee) if isinstance(node, Call) else node.id
    return name.removeprefix("self.") if name.count(".") <= 1 else name.rpartition(".")[2]


def _words(body: object, find: Callable[[str], Function | None], depth: int) -> Iterator[str]:
    """The names and keys that code uses, of the methods it calls too."""
    for node in walk(body):
        if isinstance(node, Name):
            yield node.id
        elif isinstance(node, Attribute):
            yield node.name
        elif isinstance(node, Subscript) and isinstance(node.index, Literal) and isinstance(node.index.value, str):
            yield node.index.value
        if isinstance(node, Call) and depth > 1:
            function = find(_name(node))
            if function is not None:
                yield from _words(function.body, find, depth - 1)


def _owner(node: Node) -> bool:
    """`@post.user == current_user`, `current_user.id != params[:id]`."""
    if not isinstance(node, Operation) or node.operator not in {"==", "!="} or len(node.operands) != 2:
        return False
    sides = [any(isinstance(part, Name) and part.id.startswith("current_") for part in walk(side)) for side in node.operands]
    constants = any(isinstance(side, Literal) for side in node.operands)
    return any(sides) and not constants
