"""What a call does to the values of a handler: it tells an identity, touches a store, makes a record, or runs code of the project."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.handlers import go, typed
from threat_modeling.codebase.handlers.facts import Access, CallFact, Frame, Response
from threat_modeling.codebase.handlers.lookups import Lookup, lookup
from threat_modeling.codebase.handlers.origins import (
    IDENTITY_QUALIFIED,
    NONE,
    REQUEST,
    SERIALIZERS,
    WRITING_OUT,
    Origin,
    Origins,
    fetched,
    identity,
    names_identity,
    narrow,
)
from threat_modeling.codebase.handlers.vocabulary import ROLE, has
from threat_modeling.codebase.syntax import Attribute, Call, Function, Join, Literal, Mapping, Name, Operation, children, dotted, text

if TYPE_CHECKING:
    from threat_modeling.codebase.handlers.callees import Callee
    from threat_modeling.codebase.handlers.flow import Flow

MAX_CALLS: Final = 2
"""Levels of project functions that are followed below a handler."""

RESPONDING: Final = frozenset({"json", "send", "jsonp", "end", "render", "write"})
_RESPONSE_NAMES: Final = frozenset({"res", "response", "reply", "resp"})
_MUTATORS: Final = frozenset({"update", "append", "extend", "assign", "add", "push", "set", "insert", "setdefault"})
_CHECKING: Final = frozenset(
    {"require", "requires", "check", "ensure", "assert", "verify", "has", "is", "can", "enforce", "authorize", "test", "user"},
)
_DECIDING: Final = frozenset({"filter", "find", "some", "every", "findIndex", "any", "all", "map", "then", "flatMap", "reduce"})
_KEYED: Final = frozenset({"get", "getlist", "getAll", "getall", "pop", "header", "param", "input", "setdefault"})


class Calls:
    """Evaluates the calls of one handler's walk."""

    def __init__(self, flow: Flow) -> None:
        self.flow = flow

    def call(self, node: Call) -> Origins:
        """What a call gives back; callbacks among its arguments run with that."""
        receiver = self.flow.value(node.callee.object) if isinstance(node.callee, Attribute) else NONE
        method = node.callee.name if isinstance(node.callee, Attribute) else ""
        key = text(node.arguments[0]) if node.arguments else None
        if (dialect := self.flow.dialect) is not None and (taken := dialect.given(self.flow, node, receiver)) is not None:
            return taken
        if dialect is None and key and method in _KEYED and _holds(receiver):
            self.flow.facts.names.add(key)
            return self.flow.noted(fetched(receiver, method, key), node, receiver)
        if self.flow.frame.module.language == go.LANGUAGE and key and (given := go.keyed(node, receiver, key)) is not None:
            self.flow.facts.names.add(key)
            return self.flow.noted(given, node, receiver)
        if self.flow.frame.module.language in typed.LANGUAGES:
            known = self.typed(node, receiver, key)
            if known is not None:
                return known
        plain = [self.flow.value(argument) for argument in node.arguments if not isinstance(argument, Function)]
        named = {k.name or "": self.flow.value(k.value) for k in node.keywords}
        arguments = frozenset().union(*plain, *named.values())
        self.mutated(node, method, arguments)
        self.note_call(node, receiver, arguments, plain)
        result = self.result(node, receiver, arguments, plain, named)
        for argument in node.arguments:
            if isinstance(argument, Function):
                result |= self.callback(argument, result | receiver, method)
        return result

    def typed(self, node: Call, receiver: Origins, key: str | None) -> Origins | None:
        """Getters, setters and what a request object of Java or Kotlin gives for a name; None for any other call."""
        if key and (given := typed.keyed(node, receiver, key)) is not None:
            return self.flow.noted(given, node, receiver)
        written = typed.assigned(node)
        if written is not None:
            self.flow.statement(written)
            return NONE
        same = typed.compared(node)
        if same is not None:
            return self.flow.value(same)
        field = typed.property_of(node)
        return self.flow.value(field) if field is not None and receiver and REQUEST not in receiver else None

    def result(self, node: Call, receiver: Origins, arguments: Origins, plain: list[Origins], named: dict[str, Origins]) -> Origins:
        """Origins of the value that a call gives back."""
        name = dotted(node.callee)
        callee = self.flow.callees.find(self.flow.frame.module, node, receiver, self.flow.frame.locals, self.flow.frame.instances)
        if names_identity(name) or self.flow.callees.qualified(self.flow.frame.module, node) in IDENTITY_QUALIFIED:
            return self.identified(node, callee, receiver, plain, named)
        texts = node.arguments[: 2 if self.flow.frame.module.language == go.LANGUAGE else 1]  # Go's come after a context
        sql = next((said for argument in texts if (said := self.constant(argument))), "")
        dialect = self.flow.dialect
        found = lookup(node, receiver, sql) if dialect is None else dialect.lookup(node, receiver, sql, self.flow.callees.models)
        if found is not None:
            return self.access(node, found, receiver)
        if callee is not None and (callee.record or self.allowed(callee)):
            return self.constructed(node, callee, arguments) if callee.record else self.follow(node, callee, receiver, plain, named)
        last = name.rpartition(".")[2]
        if REQUEST in receiver:
            given = go.part(receiver, last) if self.flow.frame.module.language == go.LANGUAGE else None
            return given if given is not None else self.flow.noted(narrow(receiver, last), node, receiver)
        if (self.flow.frame.module.language in typed.LANGUAGES and typed.shows(node, name)) or (dialect is not None and dialect.shows(name)):
            return receiver | arguments
        return _kept(last, receiver) | (
            _passed(last, arguments) if last in SERIALIZERS or last.endswith(("Serializer", "Schema", "Out", "Dto")) else _without_records(arguments)
        )

    def identified(self, node: Call, callee: Callee | None, receiver: Origins, plain: list[Origins], named: dict[str, Origins]) -> Origins:
        """A call that tells who the caller is; the project's own function shows by what."""
        if any(origin.kind == "identity" for origin in receiver) or callee is None or callee.record or not self.allowed(callee):
            header = any(REQUEST in origins for origins in plain)
            return self.flow.noted(frozenset({identity("header" if header else "token")}), node)
        before = len(self.flow.facts.identities)
        self.follow(node, callee, receiver, plain, named)
        ways = sorted({way for way, _ in self.flow.facts.identities[before:]} - {"token"})
        return self.flow.noted(frozenset({identity(ways[0] if ways else "token")}), node)

    def note_call(self, node: Call, receiver: Origins, arguments: Origins, plain: list[Origins]) -> None:
        """Note the call, role checks and answers by a response object."""
        if self.flow.quiet:
            return
        name = dotted(node.callee) or (node.callee.name if isinstance(node.callee, Attribute) else "")
        last = name.rpartition(".")[2]
        site = self.flow.site(node)
        self.flow.facts.names.add(last)
        self.flow.facts.calls.append(
            CallFact(name, self.flow.callees.qualified(self.flow.frame.module, node), site, arguments, receiver, tuple(plain))
        )
        if has(last, ROLE) and has(last, _CHECKING):
            self.flow.facts.role_checks.append(site)
        if last in RESPONDING and name.partition(".")[0].rstrip("()") in _RESPONSE_NAMES and node.arguments:
            shown = node.arguments[-1] if last == "render" else node.arguments[0]
            self.flow.facts.responses.append(Response(arguments, shown, last != "render", site))

    def mutated(self, node: Call, method: str, arguments: Origins) -> None:
        """`data.update(other)`: the name now holds the other's values too."""
        if method in _MUTATORS and isinstance(node.callee, Attribute) and isinstance(node.callee.object, Name) and arguments:
            target = node.callee.object.id
            if method == "update":
                self.flow.overridden(node, self.flow.frame.names.get(target, NONE), arguments)
            if target in self.flow.frame.names and not any(origin.kind == "record" for origin in self.flow.frame.names[target]):
                self.flow.frame.names[target] |= arguments

    def access(self, node: Call, found: Lookup, receiver: Origins) -> Origins:
        """Note a store access; its result is a record."""
        with self.flow.silence():
            selected = frozenset().union(*(self.flow.value(selector) for selector in found.selectors), _without_records(receiver))
            values = tuple((name, self.flow.value(value)) for name, value in found.values)
            whole = frozenset().union(*(self.flow.value(value) for value in found.whole))
        narrowed = any(word in dotted(node.callee).lower() for word in ("filter", "where", "limit", "paginate"))
        operation = "read" if found.operation == "list" and narrowed else found.operation
        if not self.flow.quiet:
            limited = found.limited or narrowed
            fact = Access(operation, found.entity, self.flow.site(node), found.keys, selected, values, whole, limited)
            self.flow.facts.accesses.append(fact)
            self.flow.facts.names.update(found.keys)
        return _without_records(selected) | {Origin("record", found.entity)}

    def constructed(self, node: Call, callee: Callee, arguments: Origins) -> Origins:
        """`User(name=..., **data)`: a record is made."""
        with self.flow.silence():
            values = tuple((k.name, self.flow.value(k.value)) for k in node.keywords if k.name)
            fields = [pair for a in node.arguments if isinstance(a, Mapping) for pair in a.entries]
            values += tuple((str(text(key)), self.flow.value(value)) for key, value in fields if key is not None)
            spread = [k.value for k in node.keywords if not k.name] + [value for key, value in fields if key is None]
            plain = [a for a in node.arguments if not isinstance(a, Mapping)] if node.new else []
            whole = frozenset().union(*(self.flow.value(part) for part in (*spread, *plain)))
        if not self.flow.quiet:
            self.flow.facts.accesses.append(Access("create", callee.record, self.flow.site(node), (), NONE, values, whole))
        return _without_records(arguments) | {Origin("record", callee.record)}

    def allowed(self, callee: Callee) -> bool:
        """Whether a function may be followed: not twice on one way, not too deep, within the budget."""
        wanted = not self.flow.quiet and self.flow.frame.depth < MAX_CALLS and id(callee.function) not in self.flow.followed
        self.flow.cut_short = self.flow.cut_short or (wanted and self.flow.budget <= 0)
        return wanted and self.flow.budget > 0

    def follow(self, node: Call, callee: Callee, receiver: Origins, plain: list[Origins], named: dict[str, Origins]) -> Origins:
        """Walk a project function with its parameters bound to what is given, and return what it gives back."""
        function, caller = callee.function, self.flow.frame
        self.flow.budget -= 1
        self.flow.followed.append(id(function))
        parameters = list(function.parameters)
        bound: dict[str, Origins] = {}
        if parameters and parameters[0].name in {"self", "cls"} and not callee.explicit_self:
            bound[parameters.pop(0).name] = receiver
        for parameter, origins in zip(parameters, plain, strict=False):
            bound[parameter.name] = origins
        bound.update({name: origins for name, origins in named.items() if name})
        inner = callee.locals if callee.module is caller.module else {}
        self.flow.frame = Frame(callee.module, function.name, caller.depth + 1, caller.top or node.line, bound, {}, dict(inner))
        self.flow.statements(function.body)
        returned = self.flow.frame.returned
        self.flow.frame = caller
        self.flow.followed.pop()
        return _without_errors(returned)

    def callback(self, function: Function, given: Origins, method: str) -> Origins:
        """A function that is handed over runs with what the call yields; an error parameter holds an error."""
        self.flow.cut_short = self.flow.cut_short or (not self.flow.quiet and self.flow.budget <= 0)
        if not self.flow.quiet and self.flow.budget > 0:
            self.flow.budget -= 1
            for parameter in function.parameters:
                failed = parameter.name in {"err", "error", "e", "exc"} or method == "catch"
                for name in parameter.binds or (parameter.name,):
                    self.flow.frame.names[name] = frozenset({Origin("error", "any")}) if failed else given
            before, self.flow.frame.returned = self.flow.frame.returned, NONE
            depth, self.flow.frame.depth = self.flow.frame.depth, max(self.flow.frame.depth, 1)
            idle, self.flow.idle = self.flow.idle, self.flow.idle or method not in _DECIDING
            self.flow.statements(function.body)
            self.flow.frame.depth, self.flow.idle = depth, idle
            returned, self.flow.frame.returned = self.flow.frame.returned, before
            return _without_errors(returned) if method in {"map", "then"} else NONE
        return NONE

    def constant(self, node: object) -> str:
        """The constant text of an expression, holes left out; "" for none."""
        if isinstance(node, Name):
            return self.flow.frame.texts.get(node.id, "")
        if isinstance(node, Literal):
            return node.value if isinstance(node.value, str) else ""
        if isinstance(node, (Join, Operation)):
            return " ".join(part for child in children(node) if (part := self.constant(child)))
        if isinstance(node, Call):
            inner = node.callee.object if isinstance(node.callee, Attribute) else node.arguments[0] if node.arguments else None
            return self.constant(inner) if isinstance(inner, (Literal, Join, Name, Operation)) else ""
        return ""


def _holds(origins: Origins) -> bool:
    return any(origin.kind in {"request", "identity"} for origin in origins)


def _kept(name: str, receiver: Origins) -> Origins:
    """What a method gives back of its object: of a record, the field of its name."""
    return narrow(_records(receiver), name) | _without_records(receiver) if name else receiver


def _passed(name: str, origins: Origins) -> Origins:
    """What a converting call passes on; a record that it writes out as a whole is marked so."""
    if name not in WRITING_OUT:
        return origins
    return frozenset(replace(origin, field="*") if origin.kind == "record" and not origin.field else origin for origin in origins)


def _without_errors(origins: Origins) -> Origins:
    """An error that a function hands back is no longer an unexpected one."""
    return frozenset(origin for origin in origins if origin.kind != "error")


def _records(origins: Origins) -> Origins:
    return frozenset(origin for origin in origins if origin.kind == "record")


def _without_records(origins: Origins) -> Origins:
    return frozenset(origin for origin in origins if origin.kind != "record")
