"""What a function among the handlers of a route does: proves who calls, checks a role, refuses, limits, lets pass.

Told by what its body does and by what it calls, also in other packages; names chosen by the application count for nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.go.values import Closure, Foreign, Frame, Given
from threat_modeling.codebase.syntax import Attribute, Call, Function, Literal, Name, Node, Subscript, dotted, walk
from threat_modeling.model import ControlCategory

if TYPE_CHECKING:
    from threat_modeling.codebase.go.evaluation import Evaluation

DEPTH: Final = 3
_HEADERS: Final = frozenset(
    {"authorization", "cookie", "x-api-key", "x-auth-token", "x-access-token", "x-token", "api-key", "apikey", "token", "x-authorization"}
)
_COOKIES: Final = frozenset({"Cookie", "Cookies", "GetCookie", "CookieParser", "BasicAuth", "GetSecureCookie"})
_GETTERS: Final = frozenset(
    {"Get", "GetHeader", "Header", "Peek", "Values", "HeaderParameter", "GetReqHeaders", "GetString", "MustGet", "Value", "Locals"}
)
_IDENTITIES: Final = frozenset(
    {
        "user",
        "userid",
        "username",
        "uid",
        "account",
        "accountid",
        "claims",
        "principal",
        "identity",
        "email",
        "sub",
        "subject",
        "currentuser",
        "session",
    }
)
_ROLES: Final = frozenset({"role", "roles", "isadmin", "admin", "permission", "permissions", "scope", "scopes", "enforce"})
_UNAUTHENTICATED: Final = frozenset({"StatusUnauthorized", "ErrUnauthorized", "StatusProxyAuthRequired"})
_FORBIDDEN: Final = frozenset({"StatusForbidden", "ErrForbidden"})
_LIMITED: Final = frozenset({"StatusTooManyRequests", "ErrTooManyRequests"})
_JWT: Final = ("github.com/golang-jwt", "github.com/dgrijalva/jwt", "github.com/lestrrat-go/jwx", "github.com/go-jose", "gopkg.in/square/go-jose")
_VERIFYING: Final = frozenset(
    {"ParseWithClaims", "Parse", "ParseSigned", "VerifyIDToken", "VerifyToken", "ParseString", "ParseRequest", "Introspect"}
)
_PASSING: Final = frozenset({"Next", "ServeHTTP", "ProcessFilter", "Do"})


@dataclass(slots=True)
class Behavior:
    """What was seen of a function and of what it calls."""

    reads_credential: bool = False
    verifies: bool = False
    checks_role: bool = False
    unauthenticated: bool = False
    """It answers 401, or sends to the login."""
    forbids: bool = False
    limits: bool = False
    passes: bool = False

    def add(self, other: Behavior) -> None:
        """Take over what a called function does; that it lets pass says nothing about its caller."""
        self.reads_credential |= other.reads_credential
        self.verifies |= other.verifies
        self.checks_role |= other.checks_role
        self.unauthenticated |= other.unauthenticated
        self.forbids |= other.forbids
        self.limits |= other.limits

    @property
    def controls(self) -> tuple[ControlCategory, ...]:
        """The controls that a function of this behavior is."""
        found = set()
        knows = self.reads_credential or self.verifies
        if knows and (self.unauthenticated or (self.forbids and (self.verifies or not self.checks_role))):
            found.add(ControlCategory.AUTHENTICATION)
        if knows and self.forbids and self.checks_role:
            found.add(ControlCategory.AUTHORIZATION)
        if self.limits:
            found.add(ControlCategory.RATE_LIMITING)
        return tuple(sorted(found))


class Observer:
    """Observes the functions of one target, each once."""

    def __init__(self, evaluation: Evaluation) -> None:
        self._evaluation = evaluation
        self._seen: dict[int, Behavior] = {}

    def behavior(self, closure: Closure, depth: int = DEPTH) -> Behavior:
        """What a function does."""
        key = id(closure.function)
        if key not in self._seen:
            self._seen[key] = Behavior()
            self._observe(closure, self._seen[key], depth)
        return self._seen[key]

    def _observe(self, closure: Closure, found: Behavior, depth: int) -> None:
        frame = Frame(closure.frame.module, closure.frame, {"this": closure.this}, package=closure.frame.package)
        functions = [closure.function, *(node for node in walk(closure.function.body) if isinstance(node, Function))]
        for function in functions:
            for parameter in function.parameters:
                frame.names[parameter.name] = Given(parameter.name, self._evaluation.type_name(parameter.annotation, closure.frame))
        onward = {parameter.name for function in functions for parameter in function.parameters} | set(closure.frame.parameters)
        for node in walk(closure.function.body):
            self._names(node, found)
            if isinstance(node, Call):
                self._call(node, found, frame, onward, depth)

    @staticmethod
    def _names(node: Node, found: Behavior) -> None:
        name = node.id if isinstance(node, Name) else node.name if isinstance(node, Attribute) else ""
        found.unauthenticated |= name in _UNAUTHENTICATED
        found.forbids |= name in _FORBIDDEN
        found.limits |= name in _LIMITED
        found.checks_role |= name.lower().replace("_", "") in _ROLES
        if isinstance(node, Subscript) and isinstance(node.index, Literal):
            found.checks_role |= str(node.index.value).lower() in _ROLES
            found.reads_credential |= str(node.index.value).lower() in _HEADERS and "header" in dotted(node.object).lower()

    def _call(self, call: Call, found: Behavior, frame: Frame, onward: set[str], depth: int) -> None:
        last = call.callee.name if isinstance(call.callee, Attribute) else call.callee.id if isinstance(call.callee, Name) else ""
        found.passes |= last in _PASSING or (isinstance(call.callee, Name) and last in onward)
        texts = [str(a.value) for a in call.arguments if isinstance(a, Literal) and isinstance(a.value, str)]
        codes = {a.value for a in call.arguments if isinstance(a, Literal) and isinstance(a.value, int)}
        found.unauthenticated |= 401 in codes or (last == "Redirect" and any("login" in text.lower() or "signin" in text.lower() for text in texts))
        found.forbids |= 403 in codes
        found.limits |= 429 in codes
        found.reads_credential |= last in _COOKIES or (last in _GETTERS and bool(texts) and self._is_credential(texts[0], dotted(call.callee)))
        if depth and isinstance(call.callee, Name | Attribute) and last not in onward | _PASSING:
            self._follow(call, last, found, frame, depth)

    @staticmethod
    def _is_credential(name: str, receiver: str) -> bool:
        return name.lower() in _HEADERS or name.lower().replace("_", "").replace("-", "") in _IDENTITIES or "session" in receiver.lower()

    def _follow(self, call: Call, last: str, found: Behavior, frame: Frame, depth: int) -> None:
        called = self._evaluation.value(call.callee, frame)
        if isinstance(called, Closure):
            found.add(self.behavior(called, depth - 1))
        elif isinstance(called, Foreign):
            found.verifies |= last in _VERIFYING and called.name.startswith(_JWT)
        elif last in _VERIFYING - {"Parse"}:
            found.verifies = True
