"""What guards a route in Rust: middleware and extractors that look who calls and refuse, and what known crates do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.rust.evaluation import type_name
from threat_modeling.codebase.rust.values import Foreign, Func
from threat_modeling.codebase.syntax import Attribute, Call, Class, Function, Literal, Module, Name, dotted, walk
from threat_modeling.model import ControlCategory

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.rust.evaluation import Evaluation
    from threat_modeling.codebase.rust.values import Value

DEPTH: Final = 2
_REFUSING: Final = frozenset({"UNAUTHORIZED", "Unauthorized", "ErrorUnauthorized", "HttpUnauthorized", "401"})
_FORBIDDING: Final = frozenset({"FORBIDDEN", "Forbidden", "ErrorForbidden", "403"})
_LIMITING: Final = frozenset({"TOO_MANY_REQUESTS", "TooManyRequests", "429"})
_KNOWING: Final = frozenset(
    {
        "authorization",
        "cookie",
        "cookies",
        "get_private",
        "x-api-key",
        "api-key",
        "token",
        "session",
        "identity",
        "bearerauth",
        "decode",
        "claims",
        "jwt",
    }
)
_ROLES: Final = frozenset({"role", "roles", "is_admin", "admin", "permission", "permissions", "scope", "scopes"})
_EXTRACTING: Final = frozenset({"FromRequest", "FromRequestParts", "Extractible", "ApiExtractor", "FromRequestBody"})
_MARKS: Final = {
    "httpauth": ControlCategory.AUTHENTICATION,
    "basicauth": ControlCategory.AUTHENTICATION,
    "bearerauth": ControlCategory.AUTHENTICATION,
    "jwtauth": ControlCategory.AUTHENTICATION,
    "requireauthorization": ControlCategory.AUTHENTICATION,
    "validaterequestheaderlayer": ControlCategory.AUTHENTICATION,
    "asyncrequireauthorizationlayer": ControlCategory.AUTHENTICATION,
    "login_required": ControlCategory.AUTHENTICATION,
    "permission_required": ControlCategory.AUTHORIZATION,
    "grants": ControlCategory.AUTHORIZATION,
    "casbin": ControlCategory.AUTHORIZATION,
    "governor": ControlCategory.RATE_LIMITING,
    "ratelimit": ControlCategory.RATE_LIMITING,
    "rate_limit": ControlCategory.RATE_LIMITING,
    "cors": ControlCategory.CORS_CSP,
    "csrf": ControlCategory.CORS_CSP,
    "csrfcookie": ControlCategory.CORS_CSP,
    "shield": ControlCategory.CORS_CSP,
    "tracelayer": ControlCategory.LOGGING_AUDIT,
    "middleware::logger": ControlCategory.LOGGING_AUDIT,
}
"""Parts of the paths of middleware of known crates."""


class Observer:
    """Observes the functions of one target, each once."""

    def __init__(self, evaluation: Evaluation) -> None:
        self._evaluation = evaluation
        self._seen: dict[int, frozenset[str]] = {}

    def controls(self, value: Value) -> tuple[ControlCategory, ...]:
        """The controls that middleware is."""
        if isinstance(value, Func):
            return self.of_function(value.module, value.function)
        if not isinstance(value, Foreign):
            return ()
        name = value.name.lower()
        found = {category for mark, category in _MARKS.items() if mark in name} if not name.startswith("self::") else set()
        for argument in value.arguments:
            found |= set(self.controls(argument))
        if name.startswith("self::"):
            found |= set(self._of_type(name.split("::")[1:], value.name))
        return tuple(sorted(found))

    def _of_type(self, _lower: list[str], name: str) -> Iterator[ControlCategory]:
        """Middleware that is a type of the target: what the functions of its implementations do."""
        parts = [part for part in name.split("::")[1:] if part[:1].isupper()]
        for module, function, owner in self._evaluation.functions:
            if owner in parts or (parts and owner == f"{parts[0]}Middleware"):
                yield from self.of_function(module, function)

    def of_function(self, module: Module, function: Function) -> tuple[ControlCategory, ...]:
        """The controls that a function's body is, what it calls included."""
        said = self._said(module, function, DEPTH)
        lower = {word.lower() for word in said}
        knows = bool(lower & _KNOWING)
        found = set()
        if knows and (said & _REFUSING or (said & _FORBIDDING and not lower & _ROLES)):
            found.add(ControlCategory.AUTHENTICATION)
        if knows and said & _FORBIDDING and lower & _ROLES:
            found.add(ControlCategory.AUTHORIZATION)
        if said & _LIMITING:
            found.add(ControlCategory.RATE_LIMITING)
        return tuple(sorted(found))

    def _said(self, module: Module, function: Function, depth: int) -> frozenset[str]:
        if id(function) in self._seen:
            return self._seen[id(function)]
        self._seen[id(function)] = frozenset()
        words: set[str] = set()
        for node in walk((*function.parameters, *function.body)):
            if isinstance(node, Name):
                words.add(node.id)
            elif isinstance(node, Attribute):
                words.add(node.name)
            elif isinstance(node, Literal):
                words.add(str(node.value))
            if isinstance(node, Call) and depth and isinstance(node.callee, Name | Attribute):
                found = self._evaluation.project.definition(module.path, dotted(node.callee)) if "(" not in dotted(node.callee) else None
                if found is not None and isinstance(found[1], Function):
                    words |= self._said(found[0], found[1], depth - 1)
        self._seen[id(function)] = frozenset(words)
        return self._seen[id(function)]

    def extractors(self, module: Module, function: Function) -> Iterator[tuple[ControlCategory, str]]:
        """(control, type) of parameters that are made from the request by code of the target which may refuse."""
        for parameter in function.parameters:
            name = type_name(parameter.annotation)
            for home, node in self._implementations(module, name) if name else ():
                for member in node.body:
                    if isinstance(member, Function):
                        yield from ((category, name) for category in self.of_function(home, member))

    def _implementations(self, module: Module, name: str) -> Iterator[tuple[Module, Class]]:
        found = self._evaluation.project.definition(module.path, name)
        home = found[0] if found is not None else module
        for node in home.body:
            if isinstance(node, Class) and node.name == name and any(type_name(base) in _EXTRACTING for base in node.bases):
                yield home, node
