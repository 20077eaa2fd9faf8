"""Routes that are mapped by calls: groups and their prefixes across functions and files, what is said after a route or a group."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.csharp.guards import ANONYMOUS, Guards, distinct, without_access
from threat_modeling.codebase.csharp.paths import below, names
from threat_modeling.codebase.csharp.requests import Requests
from threat_modeling.codebase.csharp.scope import Code, handler, short
from threat_modeling.codebase.observations import Guard, Route
from threat_modeling.codebase.syntax import (
    Assign,
    Attribute,
    Block,
    Call,
    Class,
    Evaluate,
    Function,
    Mapping,
    Module,
    Name,
    Return,
    Sequence,
    Statement,
    dotted,
    text,
    walk,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from threat_modeling.codebase.syntax import Expression, Node

VERBS: Final = {f"Map{verb.title()}": verb for verb in ("GET", "POST", "PUT", "PATCH", "DELETE")}
BUILDERS: Final = frozenset({"IEndpointRouteBuilder", "RouteGroupBuilder", "WebApplication", "IApplicationBuilder"})
_SERVICES: Final = frozenset({"MapHub", "MapHealthChecks", "MapMetrics", "MapOpenApi", "MapConnectionHandler"})
"""What maps a path to something that the framework or a hub serves."""
MAX_DEPTH: Final = 12
MAX_ROUTES: Final = 5_000
METHODS: Final = frozenset({"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "QUERY"})


@dataclass(frozen=True)
class Group:
    """A place that routes are mapped on."""

    prefix: str = ""
    guards: tuple[Guard, ...] = ()
    anonymous: bool = False


class Endpoints:
    """Follows the functions of a target that map routes."""

    def __init__(self, code: Code, framework: str, everywhere: tuple[Guard, ...]) -> None:
        self._code, self._framework, self._everywhere = code, framework, everywhere
        self._guards, self._requests = Guards(code), Requests(code, forms=False)
        self._functions: dict[str, list[tuple[Module, Function]]] = {}
        self._called: set[int] = set()
        self._count = 0

    def add(self, module: Module) -> None:
        """Take note of the functions of a file that are given something to map on."""
        for node in walk(module.body):
            if isinstance(node, Function) and any(short(parameter.annotation) in BUILDERS for parameter in node.parameters):
                self._functions.setdefault(node.name, []).append((module, node))

    def uncalled(self) -> Iterator[Route]:
        """The routes of functions that nobody was seen to call."""
        for name in sorted(self._functions):
            for module, function in self._functions[name]:
                if id(function) not in self._called:
                    yield from self.run(module, function, Group(), 0)

    def run(self, module: Module, function: Function, group: Group, depth: int) -> Iterator[Route]:
        """Follow a function that maps on a group."""
        self._called.add(id(function))
        known = {parameter.name: group for parameter in function.parameters if short(parameter.annotation) in BUILDERS}
        yield from self.follow(module, function.body, known, depth + 1)

    def follow(self, module: Module, body: Iterable[Statement], known: dict[str, Group], depth: int) -> Iterator[Route]:
        """Follow statements in order."""
        for node in body:
            if isinstance(node, Class | Function) or depth > MAX_DEPTH:
                continue
            if isinstance(node, Block):
                for branch in node.bodies:
                    yield from self.follow(module, branch, known, depth)
            elif isinstance(node, Assign | Evaluate | Return) and node.value is not None:
                yield from self._expression(module, node.value, known, depth)
                group = self._group(module, node.value, known)
                if isinstance(node, Assign) and isinstance(node.targets[0], Name) and group is not None:
                    known[node.targets[0].id] = group

    def _expression(self, module: Module, node: Expression, known: dict[str, Group], depth: int) -> Iterator[Route]:
        """A chain of calls: the one that maps, and what is said after it."""
        said: list[Call] = []
        at: object = node.operands[0] if hasattr(node, "operands") and node.operands else node
        while isinstance(at, Call):
            name = at.callee.name if isinstance(at.callee, Attribute) else dotted(at.callee)
            if isinstance(at.callee, Attribute) and (name in VERBS or name in {"Map", "MapMethods", "MapFallback"}):
                yield from self._mapped(module, at, name, said, known)
                return
            if isinstance(at.callee, Attribute) and name in _SERVICES and at.arguments:
                yield from self._service(module, at, name, said, known)
                return
            yield from self._followed(module, at, name, known, depth)
            said.append(at)
            at = at.callee.object if isinstance(at.callee, Attribute) else None

    def _followed(self, module: Module, call: Call, name: str, known: dict[str, Group], depth: int) -> Iterator[Route]:
        """A call of a function of the target that maps, or one that is handed a function that does."""
        receiver = self._group(module, call.callee.object, known) if isinstance(call.callee, Attribute) else None
        given = next((group for argument in call.arguments if (group := self._group(module, argument, known))), None)
        for home, function in self._functions.get(name.partition("<")[0], ()):
            if depth < MAX_DEPTH:
                yield from self.run(home, function, given or receiver or Group(), depth)
        for argument in call.arguments:
            if isinstance(argument, Function) and argument.parameters and depth < MAX_DEPTH and not name.startswith(("Map", "Add", "Configure")):
                inner = {**known, argument.parameters[0].name: receiver or Group()}
                yield from self.follow(module, argument.body, inner, depth + 1)

    def _group(self, module: Module, node: object, known: dict[str, Group]) -> Group | None:
        """The group that an expression is."""
        if isinstance(node, Name):
            return known.get(node.id)
        if not isinstance(node, Call) or not isinstance(node.callee, Attribute):
            return None
        name, owner = node.callee.name, node.callee.object
        if name in {"MapGroup", "NewVersionedApi"}:
            base = self._group(module, owner, known) or Group()
            prefix = self._code.text(module, node.arguments[0]) if node.arguments and name == "MapGroup" else ""
            return replace(base, prefix=below(base.prefix, prefix or ""))
        base_group = self._group(module, owner, known)
        if base_group is None:
            return None
        guards = tuple(self._guards.of_calls(module, (node,), "router"))
        if name in ANONYMOUS:
            return replace(base_group, anonymous=True, guards=without_access(base_group.guards))
        return replace(base_group, guards=(*base_group.guards, *guards), anonymous=base_group.anonymous and not guards)

    def _mapped(self, module: Module, call: Call, name: str, said: list[Call], known: dict[str, Group]) -> Iterator[Route]:
        if len(call.arguments) + len(call.keywords) < 2 or not isinstance(call.callee, Attribute):
            return
        given = [call.keyword("pattern") or (call.arguments[0] if call.arguments else None), *call.arguments[1:]]
        written = self._code.text(module, given[0])
        if written is None:
            return
        group = self._group(module, call.callee.object, known) or Group()
        methods = self._methods(module, name, given)
        target = call.keyword("handler") or call.keyword("requestDelegate") or given[-1]
        home, function, label = self._handler(module, target)
        where = handler(home, function if function is not None else call, label)
        path = below(group.prefix, written)
        decorators = function.decorators if function is not None else ()
        own = (*self._guards.of_calls(module, said, "route"), *self._guards.of_attributes(home, decorators, "route"))
        anonymous = any(dotted(c.callee).rpartition(".")[2] in ANONYMOUS or _last(c) in ANONYMOUS for c in said) or "AllowAnonymous" in {
            dotted(d) for d in decorators
        }
        guards = (*(() if group.anonymous else self._everywhere), *group.guards, *own)
        guards = without_access(guards) if anonymous else guards
        for method in methods:
            self._count += 1
            if self._count > MAX_ROUTES:
                self._code.project.cut_short(module.path, f"only the first {MAX_ROUTES:,} of its routes are listed")
                return
            yield Route(
                method=method,
                path=path,
                framework=self._framework,
                handler=where,
                registration=self._code.project.evidence(module.path, call.line, call.end),
                parameters=self._requests.of(home, function, method, names(path)),
                guards=distinct((*guards, *self._guards.in_handler(home, function))),
            )

    def _service(self, module: Module, call: Call, name: str, said: list[Call], known: dict[str, Group]) -> Iterator[Route]:
        """`MapHub<Chat>("/chat")` and `MapHealthChecks("/health")`: a path that the framework serves."""
        written = self._code.text(module, call.arguments[0])
        if written is None or not isinstance(call.callee, Attribute):
            return
        group = self._group(module, call.callee.object, known) or Group()
        anonymous = group.anonymous or any(_last(c) in ANONYMOUS for c in said)
        guards = (*self._everywhere, *group.guards, *self._guards.of_calls(module, said, "route"))
        path = below(group.prefix, written)
        yield Route(
            type="websocket" if name == "MapHub" else "http",
            method="GET",
            path=path,
            framework=self._framework,
            handler=handler(module, call, name),
            registration=self._code.project.evidence(module.path, call.line, call.end),
            parameters=self._requests.of(module, None, "GET", names(path)),
            guards=distinct(without_access(guards) if anonymous else guards),
        )

    def _methods(self, module: Module, name: str, given: list[Expression | None]) -> tuple[str, ...]:
        if name in VERBS:
            return (VERBS[name],)
        if name != "MapMethods" or len(given) < 2:
            return ("ANY",)
        listed = given[1].elements if isinstance(given[1], Sequence) else (given[1],)
        said = [text(part) or self._code.text(module, part) or dotted(part).rpartition(".")[2] for part in listed]
        return tuple(method.upper() for method in said if method.upper() in METHODS) or ("ANY",)

    def _handler(self, module: Module, target: object) -> tuple[Module, Function | None, str]:
        """A lambda, or a method by its name."""
        if isinstance(target, Function):
            return module, target, target.name
        name = dotted(target)
        own = next((n for n in walk(module.body) if isinstance(n, Function) and n.name == name.rpartition(".")[2]), None) if name else None
        if own is not None and "." not in name:
            return module, own, name
        found = self._code.project.definition(module.path, name) if name else None
        if found is not None and isinstance(found[1], Function):
            return found[0], found[1], name
        return module, own, name


def _last(call: Call) -> str:
    return call.callee.name if isinstance(call.callee, Attribute) else dotted(call.callee)


def entries(mapping: object) -> dict[str, Node]:
    """The named entries of `new { a = 1 }`."""
    return {str(text(key)): value for key, value in mapping.entries if key is not None} if isinstance(mapping, Mapping) else {}
