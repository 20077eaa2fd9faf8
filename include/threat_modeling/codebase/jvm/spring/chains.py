"""Filter chains of Spring Security: ordered rules of which requests pass, by path and method."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from threat_modeling.codebase.jvm.annotations import find
from threat_modeling.codebase.jvm.calls import in_order, method_of
from threat_modeling.codebase.jvm.classes import modules_of, places, simple
from threat_modeling.codebase.jvm.paths import matches
from threat_modeling.codebase.syntax import Attribute, Call, Function, Name, dotted, walk
from threat_modeling.codebase.syntax import Literal as Constant

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.jvm.classes import Place
    from threat_modeling.codebase.jvm.routes import Reading
    from threat_modeling.codebase.syntax import Expression, Node

Decision: TypeAlias = Literal["open", "authenticated", "authorized"]

KEYWORDS: Final = ("HttpSecurity", "WebSecurity", "SecurityWebFilterChain")
_MATCHERS: Final = frozenset(
    {"requestMatchers", "antMatchers", "mvcMatchers", "regexMatchers", "pathMatchers", "anyRequest", "anyExchange", "matchers"}
)
_SCOPES: Final = frozenset({"securityMatcher", "securityMatchers", "antMatcher", "mvcMatcher", "requestMatcher", "regexMatcher"})
_DECISIONS: Final[dict[str, Decision]] = {
    **dict.fromkeys(("permitAll", "anonymous", "ignoring"), "open"),
    **dict.fromkeys(("authenticated", "fullyAuthenticated", "rememberMe"), "authenticated"),
    **dict.fromkeys(("hasRole", "hasAnyRole", "hasAuthority", "hasAnyAuthority", "hasAllRoles", "hasAllAuthorities"), "authorized"),
    **dict.fromkeys(("denyAll", "access", "hasIpAddress"), "authorized"),
}
_METHODS: Final = frozenset({"GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE"})
_LAST: Final = 2**31


@dataclass(frozen=True, slots=True)
class Rule:
    """Requests of these methods (all, where none is given) and patterns ("**" for any) are decided so."""

    methods: tuple[str, ...]
    patterns: tuple[str, ...]
    decision: Decision
    place: Place
    node: Node

    def covers(self, verb: str, path: str) -> bool:
        """Whether it decides a request."""
        if self.methods and verb not in self.methods:
            return False
        return any(pattern == "**" or matches(pattern, path) for pattern in self.patterns)


@dataclass(slots=True)
class Chain:
    """One filter chain with the paths that it is for (all, where none are given)."""

    place: Place
    order: int
    scopes: list[str] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)

    def covers(self, path: str) -> bool:
        """Whether requests to a path go through this chain."""
        return not self.scopes or any(matches(scope, path) for scope in self.scopes)


def chains(reading: Reading) -> list[Chain]:
    """The chains of all applications of a target, in the order in which they are asked."""
    found = [chain for module in modules_of(reading.project, KEYWORDS) for place in places(module) for chain in _of_class(reading, place)]
    return sorted(found, key=lambda chain: chain.order)


def _of_class(reading: Reading, place: Place) -> Iterator[Chain]:
    for method in place.methods():
        kinds = {simple(parameter.annotation) for parameter in method.parameters} | {simple(method.returns)}
        if kinds & {"HttpSecurity", "ServerHttpSecurity", "SecurityFilterChain", "SecurityWebFilterChain"}:
            yield _Builder(reading, place, method).chain
        elif kinds & {"WebSecurity", "WebSecurityCustomizer"}:
            chain = _Builder(reading, place, method, ignoring=True).chain
            chain.order = -1
            if chain.rules:
                chain.scopes = [pattern for rule in chain.rules for pattern in rule.patterns]
                yield chain


class _Builder:
    """Reads the calls of one method in order."""

    def __init__(self, reading: Reading, place: Place, method: Function, *, ignoring: bool = False) -> None:
        self._reading, self._place, self._ignoring = reading, place, ignoring
        self._pending: tuple[tuple[str, ...], tuple[str, ...], Call] | None = None
        self._scoping = False
        self.chain = Chain(place, _order(reading, place, method))
        for call in in_order(method.body):
            self._read(call, method_of(call))

    def _read(self, call: Call, name: str) -> None:
        if name == "authorize" and len(call.arguments) > 1:
            self._kotlin(call)
        elif name in _SCOPES and isinstance(call.callee, Attribute) and not self._pending and _is_security(call.callee.object):
            self.chain.scopes += self._patterns(call)[1]
        elif name in _SCOPES and not isinstance(call.callee, Attribute):
            self.chain.scopes += self._patterns(call)[1] if name.startswith("securityMatcher") else ()
        elif name in _MATCHERS:
            self._match(call, name)
        elif name == "and":
            self._scoping = False
        elif name in _DECISIONS and self._pending is not None:
            methods, patterns, site = self._pending
            self._add(methods, patterns, self._decision(call, name), site)
            self._pending = None

    def _match(self, call: Call, name: str) -> None:
        if not call.arguments and name in {"requestMatchers", "matchers"}:
            self._scoping = True
            return
        methods, patterns = ((), ("**",)) if name in {"anyRequest", "anyExchange"} else self._patterns(call)
        if self._scoping:
            self.chain.scopes += patterns
        elif self._ignoring:
            self._add(methods, patterns, "open", call)
        else:
            self._pending = (methods, patterns, call)

    def _add(self, methods: tuple[str, ...], patterns: tuple[str, ...], decision: Decision, node: Node) -> None:
        if patterns:
            self.chain.rules.append(Rule(methods, patterns, decision, self._place, node))

    def _kotlin(self, call: Call) -> None:
        """`authorize("/a/**", permitAll)`, `authorize(anyRequest, authenticated)` of the Kotlin DSL."""
        *matching, deciding = call.arguments
        everything = any(dotted(argument) == "anyRequest" for argument in matching)
        methods, patterns = ((), ("**",)) if everything else self._patterns(Call(call.line, call.end, call.callee, tuple(matching)))
        name = dotted(deciding.callee if isinstance(deciding, Call) else deciding)
        if name in _DECISIONS:
            self._add(methods, patterns, _DECISIONS[name], call)

    def _patterns(self, call: Call) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The methods and patterns that a matcher's arguments name; matchers of the framework are calls in it."""
        methods: list[str] = []
        patterns: list[str] = []
        for argument in call.arguments:
            self._argument(argument, methods, patterns)
        if methods and not patterns and len(call.arguments) == 1:
            patterns.append("**")
        return tuple(methods), tuple(patterns)

    def _argument(self, argument: Expression, methods: list[str], patterns: list[str]) -> None:
        name = dotted(argument).rpartition(".")[2]
        if name in _METHODS:
            methods.append(name)
        elif isinstance(argument, Call) and not self._reading.constants.texts(self._place, argument):
            for inner in walk((*argument.arguments, argument.callee)):
                if isinstance(inner, Constant | Name | Attribute):
                    text = self._reading.constants.text(self._place, inner) if not isinstance(inner, Constant) else inner.value
                    word = dotted(inner).rpartition(".")[2]
                    if word in _METHODS or (isinstance(text, str) and text in _METHODS):
                        methods.append(word if word in _METHODS else str(text))
                    elif isinstance(text, str) and text.startswith(("/", "*")):
                        patterns.append(text)
        else:
            patterns += self._reading.constants.texts(self._place, argument)

    def _decision(self, call: Call, name: str) -> Decision:
        if name != "access" or not call.arguments:
            return _DECISIONS[name]
        text = self._reading.constants.text(self._place, call.arguments[0])
        return expression_decision(text) if text is not None else "authorized"


def expression_decision(text: str) -> Decision:
    """What an expression of Spring Security demands."""
    bare = text.replace(" ", "")
    if "permitAll" in bare or "isAnonymous" in bare:
        return "open"
    return "authenticated" if bare in {"isAuthenticated()", "isFullyAuthenticated()", "isRememberMe()", "authenticated"} else "authorized"


def _is_security(node: object) -> bool:
    """Tell `http.antMatcher(...)` from a matcher among the rules."""
    return isinstance(node, Name) or (isinstance(node, Call) and method_of(node) in {"and", "csrf", "cors", "disable"})


def _order(reading: Reading, place: Place, method: Function) -> int:
    for decorators in (method.decorators, place.node.decorators):
        mark = find(place, decorators, ("Order",))
        if mark is not None:
            text = reading.constants.text(place, mark.argument("value")) or ""
            return int(text) if text.lstrip("-").isdigit() else 0
    return _LAST
