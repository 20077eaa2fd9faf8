"""Follows the values of one handler, statement by statement and into the project functions it calls, and notes what happens to them.

The walk is flow-ordered but takes every branch, and one name means one thing inside a function: enough to tell which values come
from the request, which from the caller's identity, and where they meet. Calls are followed two levels deep, within a budget.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from threat_modeling.codebase.handlers import go
from threat_modeling.codebase.handlers.calls import Calls
from threat_modeling.codebase.handlers.dialect import DIALECTS, Dialect
from threat_modeling.codebase.handlers.facts import Comparison, Facts, FieldWrite, Frame, Read, Response, Site
from threat_modeling.codebase.handlers.origins import NONE, REQUEST, REQUEST_NAMES, Origin, Origins, identity, names_identity, narrow
from threat_modeling.codebase.handlers.vocabulary import PEOPLE, ROLE, has
from threat_modeling.codebase.syntax import (
    Assign,
    Attribute,
    Block,
    Call,
    Class,
    Evaluate,
    Expression,
    Function,
    Import,
    Literal,
    Mapping,
    Module,
    Name,
    Node,
    Operation,
    Other,
    Return,
    Sequence,
    Subscript,
    children,
    dotted,
    text,
    walk,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from threat_modeling.codebase.handlers.callees import Callees
    from threat_modeling.codebase.handlers.provisions import Provisions

MAX_FOLLOWED: Final = 60
"""Project functions that are followed for one handler."""

MAX_STEPS: Final = 50_000
"""Expressions that are evaluated for one handler before no further function is followed."""

COMPARING: Final = frozenset({"==", "!=", "===", "!==", "in", "not in", "is", "is not", "<", ">", "<=", ">="})
_SESSION_WORDS: Final = PEOPLE | {"session", "identity", "current", "auth", "claims", "jwt", "token", "uid", "principal"}


class Flow:
    """One handler's walk. `run` fills `facts`."""

    def __init__(self, callees: Callees, provided: Provisions) -> None:
        self.facts = Facts()
        self.callees = callees
        self.calls = Calls(self)
        self.provided = provided
        self.followed: list[int] = []
        self.budget = MAX_FOLLOWED
        self.cut_short = False
        """Whether the budget was spent while there was more to follow."""
        self.quiet = 0
        self.steps = 0
        self.known: dict[int, tuple[object, Origins]] = {}
        """What was evaluated, with the node itself so that its id stays its own: asked again in silence, nothing is run twice."""
        self.idle = False
        """In a function that is handed to another one: what it returns decides nothing that is seen here."""
        self.deciding = 0
        self.frame: Frame

    def run(self, module: Module, function: Function, names: dict[str, Origins], around: tuple[Node, ...] = ()) -> Facts:
        """Follow a handler whose parameters have these origins; `around` is the body of the function that it is made in."""
        self.frame = Frame(module, function.name, 0, 0, dict(names))
        for node in around:
            if isinstance(node, Assign) and isinstance(node.value, Function):
                self.frame.locals.update({target.id: node.value for target in node.targets if isinstance(target, Name)})
            elif isinstance(node, Function) and node.name:
                self.frame.locals[node.name] = node
            elif isinstance(node, Assign) and isinstance(node.value, Call):
                self.frame.instances.update(
                    {t.id: made for t in node.targets if isinstance(t, Name) and (made := self.callees.made(module, node.value))}
                )
        self.followed.append(id(function))
        self.statements(function.body)
        return self.facts

    def site(self, node: Node) -> Site:
        """The place of a node, as checks cite it."""
        frame = self.frame
        return Site(frame.module.path, node.line, frame.top or node.line, frame.depth, frame.function)

    @contextmanager
    def silence(self) -> Iterator[None]:
        """Evaluate again without noting anything twice."""
        self.quiet += 1
        try:
            yield
        finally:
            self.quiet -= 1

    @property
    def dialect(self) -> Dialect | None:
        """What the language of the function tells of its frameworks, where it has ways of its own."""
        return DIALECTS.get(self.frame.module.language)

    # statements

    def statements(self, body: tuple[Node, ...]) -> None:
        """Run statements in order; functions among them can be called before their line."""
        for statement in body:
            if isinstance(statement, Function) and statement.name:
                self.frame.locals[statement.name] = statement
        for statement in body:
            self.statement(statement)

    def statement(self, node: Node) -> None:
        """Run one statement."""
        if isinstance(node, Assign):
            self.assign(node)
        elif isinstance(node, Return):
            self.return_(node)
        elif isinstance(node, Evaluate):
            self.value(node.value)
        elif isinstance(node, Block):
            self.block(node)
        elif isinstance(node, Other):
            for child in node.children:
                self.statement(child)
        elif not isinstance(node, (Import, Function, Class)):
            self.value(node)

    def block(self, node: Block) -> None:
        """Run heads and every branch; a caught error is bound to its name."""
        for head in node.heads:
            self.deciding += 1
            self.value(head)
            self.deciding -= 1
            if node.kind in {"if", "while", "switch"}:
                self.condition(head)
        for index, body in enumerate(node.bodies):
            rest = body
            if node.kind == "try" and index and body and isinstance(body[0], Assign) and _catches(body[0], node):
                named = body[0].value or body[0].annotation or next(iter(node.heads[index - 1 : index]), None)
                caught = dotted(named).rpartition(".")[2].rpartition("\\")[2]
                for target in body[0].targets:
                    self.bind(target, frozenset({Origin("error", caught or "any")}))
                rest = body[1:]
            self.statements(rest)

    def condition(self, expression: Expression) -> None:
        """A test of a role or permission in it is an authorization check, unless the value tested is the caller's own claim."""
        if self.quiet:
            return
        for node in walk(expression):
            name = node.name if isinstance(node, Attribute) else text(node.index) if isinstance(node, Subscript) else None
            if name and has(name, ROLE):
                with self.silence():
                    held = self.value(node)
                if not any(origin.kind == "request" for origin in held) or any(origin.kind == "identity" for origin in held):
                    self.facts.role_checks.append(self.site(node))

    def return_(self, node: Return) -> None:
        """Note what a function gives back, and a handler answers."""
        if node.value is None or isinstance(node.value, Function):
            return
        origins = self.value(node.value)
        if node.operator == "raise":
            return
        self.frame.returned |= origins
        if self.frame.depth == 0 and not self.quiet and node.operator == "return":
            self.facts.responses.append(Response(origins, node.value, _serializes(node.value), self.site(node)))

    def assign(self, node: Assign) -> None:
        """Bind the targets to what the value comes from."""
        if isinstance(node.value, Function):
            for target in node.targets:
                if isinstance(target, Name):
                    self.frame.locals[target.id] = node.value
            return
        if made := self.callees.made(self.frame.module, node.value):
            self.frame.instances.update({target.id: made for target in node.targets if isinstance(target, Name)})
        origins = self.value(node.value) if node.value is not None else NONE
        constant = self.calls.constant(node.value) if node.value is not None else ""
        for target in node.targets:
            if constant and isinstance(target, Name):
                self.frame.texts[target.id] = constant
            self.bind(target, origins, grow=node.operator != "=")

    def bind(self, target: Expression, origins: Origins, *, grow: bool = True) -> None:
        """Names keep what they held before: branches are joined, and a wrong guess must not hide an identity."""
        if isinstance(target, Name):
            known = self.frame.names.get(target.id, NONE) if grow or target.id in self.frame.names else NONE
            self.frame.names[target.id] = known | origins
            self.facts.names.add(target.id)
        elif isinstance(target, (Attribute, Subscript)):
            self.write(target, origins)
        elif isinstance(target, Sequence):
            for element in target.elements:
                self.bind(element, origins)
        elif isinstance(target, Mapping):
            for key, value in target.entries:
                name = text(key) or (key.id if isinstance(key, Name) else "")
                self.bind(value, self.noted(narrow(origins, name), target) if name else origins)
        elif isinstance(target, (Operation, Other)):
            for child in children(target):
                self.bind(child, origins)  # type: ignore[arg-type]

    def write(self, target: Attribute | Subscript, origins: Origins) -> None:
        """Note a field that is set, and let its holder take part of the value."""
        with self.silence():
            holder = self.value(target.object)
        name = target.name if isinstance(target, Attribute) else text(target.index) or ""
        if isinstance(target.object, Name) and origins:
            self.frame.names[target.object.id] = self.frame.names.get(target.object.id, NONE) | origins
        if not self.quiet:
            self.facts.names.add(name)
            self.facts.writes.append(FieldWrite(dotted(target.object), name, holder, origins, self.site(target)))

    # expressions

    def value(self, node: object) -> Origins:
        """Where an expression's value comes from; what it does on the way is noted."""
        if self.quiet and id(node) in self.known:
            return self.known[id(node)][1]
        self.steps += 1
        if self.steps > MAX_STEPS:
            self.budget = 0
        found = _EVALUATE.get(type(node), Flow.joined)(self, node)
        if not self.quiet:
            self.known[id(node)] = (node, found)
        return found

    def literal(self, node: Literal) -> Origins:
        """A constant comes from nowhere; its text is kept."""
        if isinstance(node.value, str) and not self.quiet:
            self.facts.texts.append((node.value, self.site(node)))
        return NONE

    def walrus(self, node: Assign) -> Origins:
        """An assignment inside an expression."""
        self.assign(node)
        return NONE

    def called(self, node: Call) -> Origins:
        """A call, see Calls."""
        return self.calls.call(node)

    def joined(self, node: object) -> Origins:
        """All origins of the parts of an expression."""
        found = NONE
        for child in children(node):
            if isinstance(child, (Block, Return, Evaluate)):
                self.statement(child)
            else:
                found |= self.value(child)
        return found

    def name(self, node: Name) -> Origins:
        """A variable, or a name that a framework provides."""
        if node.id in self.frame.names:
            return self.frame.names[node.id]
        if (dialect := self.dialect) is not None and (given := dialect.known(node.id)) is not None:
            return self.noted(given, node)
        if node.id in REQUEST_NAMES and self.framework(node.id):
            return frozenset({REQUEST})
        if names_identity(node.id) or (node.id == "session" and self.framework("session")):
            return self.noted(frozenset({identity("session")}), node)
        return NONE

    def framework(self, name: str) -> bool:
        """Whether a global name is a web framework's (`from flask import request`)."""
        module = self.frame.module.imports.get(name, ("", ""))[0].partition(".")[0]
        return module in {"flask", "quart", "connexion", "bottle", "sanic", "starlette"}

    def attribute(self, node: Attribute) -> Origins:
        """A field of a request, session or record, or of any value."""
        self.facts.names.add(node.name)
        if isinstance(node.object, Name) and node.object.id == "g" and self.framework("g"):
            way = self.provided.on_globals.get(node.name, "session")
            return self.noted(frozenset({identity(way)}), node) if has(node.name, _SESSION_WORDS) else NONE
        if (dialect := self.dialect) is not None and (given := dialect.known(dotted(node))) is not None:
            return self.noted(given, node)
        base = self.value(node.object)
        if dialect is not None and (given := dialect.part(base, node.name)) is not None:
            return self.noted(given, node, base)
        if base and node.name in self.provided.on_request and any(origin.kind == "request" for origin in base):
            return self.noted(frozenset({identity("token")}), node)
        if self.frame.module.language == go.LANGUAGE and (part := go.part(base, node.name)) is not None:
            return part
        return self.noted(narrow(base, node.name), node, base)

    def subscript(self, node: Subscript) -> Origins:
        """A field by its key."""
        base, key = self.value(node.object), text(node.index)
        if key is None:
            return base | self.value(node.index)
        self.facts.names.add(key)
        return self.noted(narrow(base, key), node, base)

    def noted(self, origins: Origins, node: Node, base: Origins = NONE) -> Origins:
        """Note the request fields and identities that a step brought to light."""
        if self.quiet:
            return origins
        for origin in sorted(origins - base):
            if origin.kind == "request" and origin.source != "*":
                self.facts.reads.append(Read(origin.source, origin.field, self.site(node)))
            elif origin.kind == "identity":
                self.facts.identities.append((origin.source, self.site(node)))
        return origins

    def operation(self, node: Operation) -> Origins:
        """Origins of all operands; tests and comparisons are noted."""
        parts = [self.value(operand) for operand in node.operands]
        if node.operator in {"?:", "&&", "||", "and", "or"}:
            self.condition(node.operands[0])
        if node.operator in COMPARING and len(parts) > 1 and not self.quiet and (self.deciding or not self.idle):
            names = frozenset(n.name if isinstance(n, Attribute) else n.id for n in walk(node) if isinstance(n, (Attribute, Name)))
            self.facts.comparisons.append(Comparison(parts[0], frozenset().union(*parts[1:]), names, self.site(node), node.operator))
        return frozenset().union(*parts)

    def mapping(self, node: Mapping) -> Origins:
        """Origins of all entries, in order."""
        found = NONE
        for key, value in node.entries:
            name = text(key) or ""
            self.facts.names.add(name)
            given = self.value(value)
            if key is None:
                self.overridden(node, found, given)
            found |= given
        return found

    def overridden(self, node: Node, held: Origins, given: Origins) -> None:
        """A whole request body over values that hold the caller's identity."""
        if not self.quiet and whole_body(given) and any(origin.kind == "identity" for origin in held):
            self.facts.overrides.append(self.site(node))


_EVALUATE: Final[dict[type, Callable[[Flow, Any], Origins]]] = {
    Name: Flow.name,
    Literal: Flow.literal,
    Attribute: Flow.attribute,
    Subscript: Flow.subscript,
    Call: Flow.called,
    Operation: Flow.operation,
    Mapping: Flow.mapping,
    Function: lambda _flow, _node: NONE,
    Assign: Flow.walrus,
}


def _catches(node: Assign, block: Block) -> bool:
    """Whether an assignment binds a caught error: its value is one of the types caught, or nothing."""
    return node.value is None or node.value in block.heads


def whole_body(origins: Origins) -> bool:
    """Whether a whole request body is among the origins, and not just fields of it."""
    return any(origin.kind == "request" and origin.source == "body" and not origin.field for origin in origins)


def _serializes(node: Expression) -> bool:
    """Whether a returned value is turned into JSON by the code that returns it."""
    names = (dotted(n.callee).rpartition(".")[2] for n in walk(node) if isinstance(n, Call))
    return any(name in {"jsonify", "JsonResponse", "JSONResponse", "dumps", "json_response", "jsonable_encoder", "Ok", "Json"} for name in names)
