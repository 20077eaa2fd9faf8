"""Ruby's methods, blocks, classes and modules lowered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import structs

from threat_modeling.codebase.ruby.expressions import Expressions, Span
from threat_modeling.codebase.syntax import (
    Block,
    Call,
    Class,
    Evaluate,
    Expression,
    Function,
    Keyword,
    Literal,
    Name,
    Node,
    Parameter,
    Return,
    Statement,
    dotted,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ast_grep_py import SgNode

VISIBILITY = frozenset({"private", "protected", "public", "module_function", "private_class_method"})
MAX_TAIL = 8
"""Branches in branches whose last value a method gives back."""


class Definitions(Expressions):
    """The part of the lowering that makes functions and classes."""

    def method(self, node: SgNode, span: Span) -> Function:
        """`def a`, `def self.a`: names of its own, its last value given back."""
        name, body, singleton = node.field("name"), node.field("body"), node.field("object")
        outer, self.locals = self.locals, set()
        parameters = self.parameters(node.field("parameters"), span)
        if body is not None and body.kind() == "body_statement":
            statements = self.block(body, span)
        else:
            value = self.expression(body, span) if body is not None else None
            statements = (Evaluate(value.line, value.end, value),) if value is not None else ()
        self.locals = outer
        decorators = (Name(span[0], span[0], "self"),) if singleton is not None else ()
        return Function(*span, name.text() if name is not None else "", parameters, decorators, given_back(statements))

    def function(self, node: SgNode, span: Span) -> Function:
        """A block or a lambda: it sees the names around it."""
        outer, self.locals = self.locals, set(self.locals)
        inner = node.field("body")
        parameters = self.parameters(node.field("parameters"), span)
        body = self.function(inner, span).body if node.kind() == "lambda" and inner is not None else self.block(inner, span)
        self.locals = outer
        return Function(*span, "", parameters, (), body)

    def parameters(self, node: SgNode | None, span: Span) -> tuple[Parameter, ...]:
        """The parameters of a method or a block; their names are local."""
        return tuple(self._parameters(node, span)) if node is not None else ()

    def _parameters(self, node: SgNode, span: Span) -> Iterator[Parameter]:
        for child in node.named_children():
            kind = child.kind()
            if kind == "identifier":
                name = child.text()
                self.locals.add(name)
                yield Parameter(*span, name)
            elif kind == "destructured_parameter":
                binds = tuple(found.text() for found in child.find_all(kind="identifier"))
                self.locals.update(binds)
                yield Parameter(*span, "", binds=binds)
            elif kind.endswith("_parameter"):
                name_node, value = child.field("name"), child.field("value")
                name = name_node.text() if name_node is not None else ""
                self.locals.add(name)
                yield Parameter(*span, name, self.expression(value, span) if value is not None else None)

    def class_(self, node: SgNode, span: Span) -> Class:
        """A class or a module."""
        name, base, body = node.field("name"), node.field("superclass"), node.field("body")
        bases: tuple[Expression, ...] = self.operands(base, span) if base is not None else ()
        outer, self.locals = self.locals, set()
        self.classes += 1
        members = tuple(placed(self.block(body, span)))
        self.classes -= 1
        self.locals = outer
        keywords = (Keyword(*span, "module", Literal(*span, value=True)),) if node.kind() == "module" else ()
        return Class(*span, name.text().removeprefix("::") if name is not None else "", bases, keywords, (), members)

    def singleton(self, node: SgNode, span: Span) -> Node:
        """`class << self`: its methods are those of the class."""
        members = tuple(placed(self.block(node.field("body"), span)))
        mark = Name(span[0], span[0], "self")
        return Block(*span, "singleton", (), (tuple(decorated(member, mark) if isinstance(member, Function) else member for member in members),))


def decorated(function: Function, mark: Expression) -> Function:
    """A function with one more decorator."""
    return structs.replace(function, decorators=(*function.decorators, mark))


def placed(body: Iterable[Statement]) -> Iterator[Statement]:
    """The members of a class: those below `private` or named by it carry it as a decorator."""
    members = [inner for statement in body for inner in _opened(statement)]
    named = {name: mark for member in members for name, mark in _named(member)}
    current: Name | None = None
    for member in members:
        value = member.value if isinstance(member, Evaluate) else None
        if isinstance(value, Name) and value.id in VISIBILITY:
            current = value if value.id not in {"public", "module_function"} else None
        elif isinstance(value, Call) and dotted(value.callee) in VISIBILITY and any(isinstance(a, Function) for a in value.arguments):
            mark = Name(value.line, value.line, dotted(value.callee))
            yield from (decorated(inner, mark) for inner in value.arguments if isinstance(inner, Function))
            continue
        elif isinstance(member, Function):
            found = named.get(member.name, current)
            yield decorated(member, found) if found is not None and found.id != "public" else member
            continue
        yield Evaluate(member.line, member.end, Call(value.line, value.end, value)) if isinstance(value, Name) else member


def _opened(statement: Statement) -> tuple[Statement, ...]:
    """What `class << self` holds, or the statement itself."""
    return statement.bodies[0] if isinstance(statement, Block) and statement.kind == "singleton" else (statement,)


def _named(member: Statement) -> Iterator[tuple[str, Name]]:
    """`private :a, :b`."""
    value = member.value if isinstance(member, Evaluate) else None
    if isinstance(value, Call) and dotted(value.callee) in VISIBILITY:
        for argument in value.arguments:
            if isinstance(argument, Literal) and isinstance(argument.value, str):
                yield argument.value, Name(value.line, value.line, dotted(value.callee))


def given_back(body: tuple[Statement, ...], depth: int = MAX_TAIL) -> tuple[Statement, ...]:
    """A method's body whose last value, in each branch, is returned."""
    if not body or depth == 0:
        return body
    *before, final = body
    if isinstance(final, Evaluate):
        final = Return(final.line, final.end, final.value)
    elif isinstance(final, Block) and final.kind in {"if", "switch", "try", "begin"}:
        final = structs.replace(final, bodies=tuple(given_back(inner, depth - 1) for inner in final.bodies))
    return (*before, final)
