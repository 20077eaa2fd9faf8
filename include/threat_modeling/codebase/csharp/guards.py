"""What guards a route in .NET: attributes, what is said after a route or a group, policies for all routes, checks in the handler."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from threat_modeling.codebase.csharp.scope import attributes
from threat_modeling.codebase.observations import Guard
from threat_modeling.codebase.syntax import Assign, Attribute, Call, Function, Name, Return, dotted, walk
from threat_modeling.codebase.syntax import Literal as LiteralNode
from threat_modeling.model import ControlCategory

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from threat_modeling.codebase.csharp.scope import Code
    from threat_modeling.codebase.syntax import Expression, Module, Node

Scope = Literal["application", "router", "route", "handler"]

ATTRIBUTES: Final = {
    "Authorize": ControlCategory.AUTHENTICATION,
    "Authenticate": ControlCategory.AUTHENTICATION,
    "RequiredRole": ControlCategory.AUTHORIZATION,
    "RequiredPermission": ControlCategory.AUTHORIZATION,
    "RequiresAnyRole": ControlCategory.AUTHORIZATION,
    "PrincipalPermission": ControlCategory.AUTHORIZATION,
    "EnableRateLimiting": ControlCategory.RATE_LIMITING,
    "ValidateAntiForgeryToken": ControlCategory.CORS_CSP,
    "AutoValidateAntiforgeryToken": ControlCategory.CORS_CSP,
    "EnableCors": ControlCategory.CORS_CSP,
    "ValidateModel": ControlCategory.INPUT_VALIDATION,
}
CALLS: Final = {
    "RequireAuthorization": ControlCategory.AUTHENTICATION,
    "RequireRateLimiting": ControlCategory.RATE_LIMITING,
    "RequireCors": ControlCategory.CORS_CSP,
    "Roles": ControlCategory.AUTHORIZATION,
    "Permissions": ControlCategory.AUTHORIZATION,
    "PermissionsAll": ControlCategory.AUTHORIZATION,
    "Claims": ControlCategory.AUTHORIZATION,
    "ClaimsAll": ControlCategory.AUTHORIZATION,
    "Policies": ControlCategory.AUTHORIZATION,
    "Throttle": ControlCategory.RATE_LIMITING,
}
ANONYMOUS: Final = frozenset({"AllowAnonymous", "OverrideAuthorization"})
ACCESS: Final = frozenset({ControlCategory.AUTHENTICATION, ControlCategory.AUTHORIZATION})
_REFUSING: Final = frozenset({"Unauthorized", "Challenge", "UnauthorizedResult", "HttpUnauthorizedResult", "Status401Unauthorized", "Forbid"})
_KNOWING: Final = frozenset({"IsAuthenticated", "Authorization", "AuthenticateAsync"})


class Guards:
    """Makes guards of one target."""

    def __init__(self, code: Code) -> None:
        self._code = code

    def of_attributes(self, module: Module, decorators: tuple[Expression, ...], scope: Scope) -> Iterator[Guard]:
        """`[Authorize(Roles = "x")]` proves who calls, and checks a role where it names one."""
        for name, node in attributes(decorators):
            if name in ATTRIBUTES:
                yield self.guard(module, node, ATTRIBUTES[name], name, scope)
            named = isinstance(node, Call) and (bool(node.arguments) or bool(node.keyword("Roles") or node.keyword("Policy")))
            if name == "Authorize" and named:
                yield self.guard(module, node, ControlCategory.AUTHORIZATION, name, scope)

    def of_calls(self, module: Module, calls: Iterable[Call], scope: Scope) -> Iterator[Guard]:
        """`.RequireAuthorization("admin")` after a route or a group."""
        for call in calls:
            name = call.callee.name if isinstance(call.callee, Attribute) else dotted(call.callee)
            if name in CALLS:
                yield self.guard(module, call, CALLS[name], name, scope)
            if name == "RequireAuthorization" and call.arguments:
                yield self.guard(module, call, ControlCategory.AUTHORIZATION, name, scope)

    def everywhere(self, keywords: tuple[str, ...]) -> tuple[Guard, ...]:
        """A fallback policy, or a filter for all controllers."""
        found: list[Guard] = []
        for module in self._code.modules(keywords):
            for node in walk(module.body):
                if isinstance(node, Assign) and dotted(node.targets[0]).endswith(".FallbackPolicy") and not _is_nothing(node.value):
                    found.append(self.guard(module, node, ControlCategory.AUTHENTICATION, "FallbackPolicy", "application"))
                elif isinstance(node, Call) and isinstance(node.callee, Attribute) and node.callee.name == "SetFallbackPolicy":
                    found.append(self.guard(module, node, ControlCategory.AUTHENTICATION, "SetFallbackPolicy", "application"))
                elif isinstance(node, Call) and dotted(node.callee).lower().endswith("filters.add"):
                    found += self._filters(module, node)
        return tuple(found)

    def _filters(self, module: Module, node: Call) -> Iterator[Guard]:
        for argument in node.arguments:
            name = (
                dotted(argument.callee if isinstance(argument, Call) else argument)
                .rpartition(".")[2]
                .removesuffix("Attribute")
                .removesuffix("Filter")
            )
            if name in ATTRIBUTES:
                yield self.guard(module, node, ATTRIBUTES[name], name, "application")

    def in_handler(self, module: Module, function: Function | None) -> Iterator[Guard]:
        """A handler that looks who calls, and refuses."""
        if function is None:
            return
        names = {node.name if isinstance(node, Attribute) else node.id for node in walk(function.body) if isinstance(node, Attribute | Name)}
        names |= {str(node.value) for node in walk(function.body) if isinstance(node, LiteralNode)}
        refuses = any(isinstance(node, Return) for node in walk(function.body)) and bool(names & _REFUSING or "401" in names)
        if names & _KNOWING and refuses:
            yield self.guard(module, function, ControlCategory.AUTHENTICATION, function.name or "handler", "handler")

    def guard(self, module: Module, node: Node, category: ControlCategory, name: str, scope: Scope) -> Guard:
        """One guard, with the lines that say so."""
        return Guard(category=category, name=name, scope=scope, evidence=self._code.project.evidence(module.path, node.line, node.end))


def is_anonymous(decorators: tuple[Expression, ...]) -> bool:
    """Whether `[AllowAnonymous]` lifts what the class or the application demands."""
    return any(name in ANONYMOUS for name, _ in attributes(decorators))


def without_access(guards: Iterable[Guard]) -> tuple[Guard, ...]:
    """Guards without those that ask who calls."""
    return tuple(guard for guard in guards if guard.category not in ACCESS)


def distinct(guards: Iterable[Guard]) -> tuple[Guard, ...]:
    """Each guard once."""
    return tuple({(guard.category, guard.name, guard.scope): guard for guard in guards}.values())


def _is_nothing(node: object) -> bool:
    return isinstance(node, LiteralNode) and node.value is None
