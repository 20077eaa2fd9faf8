"""Finds the code of a route's handler, binds its parameters as the framework fills them, and sums up what it does."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.handlers.callees import inner_function
from threat_modeling.codebase.handlers.facts import Facts, Site
from threat_modeling.codebase.handlers.flow import Flow
from threat_modeling.codebase.handlers.location import around, constructed_by, first_line, served_by
from threat_modeling.codebase.handlers.origins import (
    requires_identity,
)
from threat_modeling.codebase.handlers.parameters import bind_parameters
from threat_modeling.codebase.handlers.vocabulary import ROLE, Purpose, has, is_password, is_person, named_purposes, path_words, words
from threat_modeling.codebase.syntax import (
    Attribute,
    Block,
    Call,
    Function,
    Module,
    Name,
    dotted,
    walk,
)
from threat_modeling.model import ControlCategory

if TYPE_CHECKING:
    from threat_modeling.codebase.handlers.callees import Callees
    from threat_modeling.codebase.handlers.provisions import Provisions
    from threat_modeling.codebase.observations import Route
    from threat_modeling.codebase.project import Project
    from threat_modeling.codebase.syntax import Statement

UNSAFE: Final = frozenset({"POST", "PUT", "PATCH", "DELETE", "ANY"})
_LOGGING_IN: Final = frozenset({"login", "authenticate", "signin", "checkpw", "jwt", "keygen", "credentials"})
_WAYS: Final = {
    "cookie": frozenset({"COOKIES", "cookies"}),
    "session": frozenset({"session", "current_user"}),
    "header": frozenset({"headers", "META", "authorization"}),
}
_CHECKING: Final = frozenset({"require", "requires", "is", "check", "ensure", "has", "only", "verify", "get", "allow", "restrict"})


@dataclass(frozen=True)
class Summary:
    """One route with the code that serves it and the facts of that code; checks decide on nothing else."""

    route: Route
    module: Module
    function: Function
    """The definition that the route names: what evidence of something missing shows."""
    code: Function
    """The function that takes the request: the definition itself, or what a factory returns."""
    facts: Facts

    @property
    def path(self) -> str:
        """The file of the handler."""
        return self.module.path

    @property
    def start(self) -> int:
        """The first line of the handler, decorators included."""
        return first_line(self.function)

    @property
    def title(self) -> str:
        """The name of the function, as the route tells it."""
        return (self.route.handler.function if self.route.handler is not None else "") or self.function.name

    @property
    def unsafe(self) -> bool:
        """Whether the route's method may change state."""
        return self.route.method in UNSAFE

    @property
    def name(self) -> str:
        """`METHOD path`."""
        return f"{self.route.method} {self.route.path}"

    @cached_property
    def identities(self) -> frozenset[str]:
        """How the handler learns who calls: session, cookie, header, token; empty where it never asks."""
        return frozenset(how for how, _ in self.facts.identities)

    @cached_property
    def decorators(self) -> tuple[str, ...]:
        """The dotted names of the handler's decorators."""
        return tuple(dotted(decorator) for decorator in self.function.decorators)

    @cached_property
    def around(self) -> tuple[str, ...]:
        """Names that stand where the route is registered, and dependencies of its decorator: guards that no resolver may know."""
        injected = (node for decorator in self.function.decorators for node in walk(decorator) if isinstance(node, Call))
        depended = [dotted(call.arguments[0]) for call in injected if dotted(call.callee) in {"Depends", "Security"} and call.arguments]
        written = re.sub(r"""(["'`]).*?\1""", "", self.route.registration.quote) if self.module.language != "python" else ""
        return (*depended, *self.route.unread, *re.findall(r"[A-Za-z_$][\w$.]*", written))

    @cached_property
    def authenticated(self) -> bool:
        """Whether a guard or the handler itself asks for the caller's identity."""
        kinds = {ControlCategory.AUTHENTICATION, ControlCategory.AUTHORIZATION}
        guarded = any(guard.category in kinds or requires_identity(guard.name) for guard in self.route.guards)
        return guarded or bool(self.identities) or any(requires_identity(name) for name in (*self.decorators, *self.around))

    @cached_property
    def authorized(self) -> bool:
        """Whether a role or permission is checked, by a guard or in the code."""
        guarded = any(
            guard.category is ControlCategory.AUTHORIZATION or (guard.category is ControlCategory.AUTHENTICATION and has(guard.name, ROLE))
            for guard in self.route.guards
        )
        named = (*self.decorators, *(name for name in self.around if has(name, _CHECKING)))
        return guarded or bool(self.facts.role_checks) or any(has(name, ROLE) for name in named)

    @cached_property
    def purposes(self) -> frozenset[Purpose]:
        """What the route is for, by its words and by what it does with passwords."""
        found = set(named_purposes(self.route.path, self.title))
        if self.unsafe and self.reads_password:
            if any(access.operation == "create" and is_person(access.entity) for access in self.facts.accesses):
                found.add(Purpose.REGISTER)
            elif self.writes_password:
                found.add(Purpose.NEW_PASSWORD)
            elif not found & {Purpose.REGISTER, Purpose.RESET, Purpose.NEW_PASSWORD, Purpose.OTP}:
                if self._creates and Purpose.LOGIN not in found:
                    found.add(Purpose.REGISTER)
                elif self._logs_in:
                    found.add(Purpose.LOGIN)
        if Purpose.LOGOUT in found or (Purpose.REGISTER in found and Purpose.LOGIN not in named_purposes(self.route.path, "")):
            found.discard(Purpose.LOGIN)
        return frozenset(found)

    @cached_property
    def _creates(self) -> bool:
        """Whether the words say that something is made: those of the path, or those of the function where nothing logs in."""
        told = (*path_words(self.route.path), *(() if self._logs_in else words(self.title)))
        return not {"create", "new", "add"}.isdisjoint(told)

    @cached_property
    def _logs_in(self) -> bool:
        """Whether a password is checked or a session begun."""
        called = any(not _LOGGING_IN.isdisjoint(words(call.name.rpartition(".")[2])) for call in self.facts.calls)
        picked = any(access.operation == "read" and any(is_password(key) for key in access.keys) for access in self.facts.accesses)
        compared = any(found.equality and any(is_password(name) for name in found.names) for found in self.facts.comparisons)
        begun = any(write.target.rpartition(".")[2] == "session" for write in self.facts.writes)
        return called or picked or begun or (compared and not self.writes_password)

    @cached_property
    def writes_password(self) -> bool:
        """Whether a password of the request is stored in a record that exists already."""
        changed = (o for a in self.facts.accesses if a.operation == "write" for field, o in a.values if is_password(field))
        assigned = (w.value for w in self.facts.writes if is_password(w.field) and any(o.kind == "record" for o in w.holder))
        return any(origin.kind == "request" for origins in (*changed, *assigned) for origin in origins)

    @cached_property
    def reads_password(self) -> bool:
        """Whether a password comes with the request."""
        return any(is_password(read.field) for read in self.facts.reads)

    def fields(self, *sources: str) -> tuple[str, ...]:
        """The names of the request's fields that the code reads from these places (all, where none is given), sorted."""
        return tuple(sorted({read.field for read in self.facts.reads if read.field not in {"", "*"} and (not sources or read.source in sources)}))

    def guarded(self, category: ControlCategory) -> bool:
        """Whether a guard of a category runs before the handler."""
        return any(guard.category is category for guard in self.route.guards)


def summarize(project: Project, route: Route, callees: Callees, provided: Provisions) -> Summary | None:
    """The summary of a route; None where its handler's code is not found or nests too deeply to be followed."""
    module = project.module(route.handler.file) if route.handler is not None else None
    if module is None or route.handler is None:
        return None
    function = served_by(module, route.handler.function, route.handler.line, route.handler.end, route.method)
    outside: tuple[Statement, ...] = around(module, function) if function is not None else ()
    if function is None:
        constructed = constructed_by(project, module, route.handler.function)
        if constructed is None:
            return None
        module, function, outside = constructed
    code = inner_function(function)
    flow = Flow(callees, provided)
    names = bind_parameters(project, module, code, route, flow)
    _decorated(callees, module, function, flow)
    try:
        facts = flow.run(module, code, names, outside)
    except RecursionError:
        project.cut_short(module.path, f"{function.name or 'a handler'} is nested too deeply to be followed")
        return None
    if flow.cut_short:
        project.cut_short(module.path, f"{function.name or 'a handler'} was not followed to the end: it runs too much other code")
    return Summary(route, module, function, code, facts)


def _decorated(callees: Callees, module: Module, function: Function, flow: Flow) -> None:
    """What the project's own decorators around a handler ask for: by what they know the caller, and whether they check a role."""
    for decorator in function.decorators:
        name = dotted(decorator).removesuffix("()")
        found = callees.definition(module.path, name) if name and "(" not in name else None
        if found is None or not isinstance(found[1], Function):
            continue
        site = Site(module.path, decorator.line, decorator.line, 0, function.name)
        used = {node.name for node in walk(found[1].body) if isinstance(node, Attribute)} | {
            node.id for node in walk(found[1].body) if isinstance(node, Name)
        }
        for way, names in _WAYS.items():
            if used & names and (requires_identity(name) or way == "session"):
                flow.facts.identities.append((way, site))
        heads = (head for node in walk(found[1].body) if isinstance(node, Block) and node.kind == "if" for head in node.heads)
        if any(isinstance(node, Attribute) and has(node.name, ROLE) for head in heads for node in walk(head)):
            flow.facts.role_checks.append(site)
