"""Ruby's expressions lowered; see languages/ruby.py for what Ruby has and the tree spells otherwise."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, ClassVar, Final

from threat_modeling.codebase.ruby.literals import joined, number, unescaped
from threat_modeling.codebase.ruby.shapes import chosen, operation, special
from threat_modeling.codebase.syntax import (
    Assign,
    Attribute,
    Block,
    Call,
    Evaluate,
    Expression,
    Function,
    Import,
    Keyword,
    Literal,
    Mapping,
    Name,
    Node,
    Operation,
    Other,
    Return,
    Sequence,
    Statement,
    Subscript,
    Symbol,
)

if TYPE_CHECKING:
    from ast_grep_py import SgNode

MAX_DEPTH: Final = 90
"""Levels of nesting that are lowered; below it stands an empty Other, counted as an error, so that no reader can overflow."""
MAX_PARTS: Final = 20

Span = tuple[int, int]

_CALLED: Final = """
    to_i to_f to_d to_r html_safe constantize safe_constantize shellescape classify destroy delete save all first last count delete_all
    destroy_all classify camelize demodulize sha1 hexdigest
"""
CALLED: Final = frozenset(_CALLED.split())
"""Methods that are calls without arguments too, as those that end with ! or ?: what they do matters more than how they read."""

UNKNOWN: Final[Span] = (0, 1)
"""A span of several lines: the node below must be asked for its own."""
SKIPPED: Final = frozenset({"comment", "heredoc_body", "heredoc_end", "empty_statement", "uninterpreted"})

_PLAIN = re.compile(r"""'([^'\\\n]*)'|"([^"\\\n#]*)"|:([A-Za-z_]\w*[?!=]?)""")
_CONSTANTS = re.compile(r"[A-Z]\w*(?:::[A-Z]\w*)*")


Lower = Callable[[Any, "SgNode", Span], Node]


def span_of(node: SgNode) -> Span:
    """First and last line, 1-based."""
    place = node.range()
    return place.start.line + 1, place.end.line + 1


class Expressions:
    """One file's expressions: knows its methods and the local names of the method it is in; counts errors and depth."""

    table: ClassVar[dict[str, Lower]] = {}
    """Grammar's kind -> how it is lowered."""

    def __init__(self, methods: frozenset[str], heredocs: dict[int, SgNode]) -> None:
        self.errors = 0
        self.depth = 0
        self.methods = methods
        self.heredocs = heredocs
        self.locals: set[str] = set()
        self.classes = 0
        self.constants: dict[str, int] = {}
        """Constants that the file uses, with the line of their first use."""

    def lower(self, node: SgNode, span: Span, kind: str | None = None) -> Node:
        """The lowered node, expression or statement; `span` is the enclosing node's, and the node's own where that is one line."""
        if kind is None:
            kind = node.kind()
        if span[0] != span[1]:
            span = span_of(node)
        if self.depth >= MAX_DEPTH:
            self.errors += 1
            return Other(*span, kind)
        self.depth += 1
        lowered = self.table.get(kind, Expressions.other)(self, node, span)
        self.depth -= 1
        return lowered

    def expression(self, node: SgNode, span: Span, kind: str | None = None) -> Expression:
        """A node where a value is asked for: an assignment is Operation "=", an `if` of single values Operation "?:"."""
        lowered = self.lower(node, span, kind)
        if isinstance(lowered, Assign):
            value = lowered.value if lowered.value is not None else Literal(lowered.line, lowered.end, None)
            return Operation(lowered.line, lowered.end, lowered.operator, (*lowered.targets, value))
        if isinstance(lowered, Evaluate):
            return lowered.value
        if isinstance(lowered, Block):
            return chosen(lowered)
        if isinstance(lowered, Return | Import):
            return Other(lowered.line, lowered.end, "statement", (lowered,))
        return lowered  # type: ignore[return-value]

    def operands(self, node: SgNode, span: Span) -> tuple[Expression, ...]:
        """All named children as expressions."""
        return tuple([self.expression(child, span, kind) for child in node.named_children() if (kind := child.kind()) not in SKIPPED])

    def other(self, node: SgNode, span: Span) -> Expression:
        """A node without a counterpart; its children stay reachable."""
        kind = node.kind()
        if kind == "ERROR":
            self.errors += 1
            return Other(*span, kind, self.block(node, span))
        return Other(*span, kind, self.operands(node, span))

    def block(self, node: SgNode | None, span: Span) -> tuple[Statement, ...]:
        """Statements below a node; see languages/ruby.py."""
        raise NotImplementedError

    def function(self, node: SgNode, span: Span) -> Function:
        """A block or lambda; see languages/ruby.py."""
        raise NotImplementedError

    # names and constants

    def identifier(self, node: SgNode, span: Span) -> Expression:
        """A local name, or a method of this file that is called without arguments."""
        name = node.text()
        if name in self.methods and name not in self.locals:
            return Call(*span, self.own(name, span))
        return Name(*span, name)

    def own(self, name: str, span: Span) -> Expression:
        """A method that is called without a receiver: one of this file's belongs to self."""
        if self.classes and name in self.methods:
            return Attribute(*span, Name(*span, "self"), name)
        return Name(*span, name)

    def instance_variable(self, node: SgNode, span: Span) -> Expression:
        """`@a` and `@@a` are attributes of self."""
        return Attribute(*span, Name(*span, "self"), node.text().lstrip("@"))

    def plain_name(self, node: SgNode, span: Span) -> Expression:
        """self, super, globals and the like."""
        return Name(*span, node.text())

    def constant(self, node: SgNode, span: Span) -> Expression:
        """`A`, `A::B`, `::A`."""
        written = node.text().removeprefix("::")
        if not _CONSTANTS.fullmatch(written):
            parts = self.operands(node, span)
            return Attribute(*span, parts[0], str(getattr(parts[-1], "id", ""))) if len(parts) > 1 else Other(*span, "scope_resolution", parts)
        self.constants.setdefault(written, span[0])
        first, *rest = written.split("::")[:MAX_PARTS]
        value: Expression = Name(*span, first)
        for name in rest:
            value = Attribute(*span, value, name)
        return value

    def nothing(self, node: SgNode, span: Span) -> Literal:
        """nil, true, false."""
        return Literal(*span, {"true": True, "false": False}.get(node.kind()))

    def number(self, node: SgNode, span: Span) -> Expression:
        """A number; one without a value that fits is Other."""
        value = number(node.text())
        return Other(*span, node.kind()) if value is None else Literal(*span, value)

    def symbol(self, node: SgNode, span: Span) -> Expression:
        """`:a`, a key `a:`."""
        return Symbol(*span, node.text().strip(":\"'"))

    def string(self, node: SgNode, span: Span) -> Expression:
        """A string, a delimited symbol, an element of %w: text, or a Join with what is interpolated."""
        plain = _PLAIN.fullmatch(node.text())
        if plain:
            return Literal(*span, plain[plain.lastindex or 1])
        return joined(*span, list(self.pieces(node, span)))

    def quoted_symbol(self, node: SgNode, span: Span) -> Expression:
        """`:"a b"`, an element of %i."""
        value = joined(*span, list(self.pieces(node, span)))
        return Symbol(*span, value.value) if isinstance(value, Literal) else value

    def pieces(self, node: SgNode, span: Span) -> Iterator[Expression]:
        """The constant and the interpolated parts of a text."""
        raw = node.text()[:1] == "'"
        for child in node.named_children():
            kind = child.kind()
            if kind == "interpolation":
                yield self.interpolated(child, span)
            elif kind in {"string_content", "escape_sequence", "heredoc_content"}:
                source = child.text()
                yield Literal(*span, source.replace("\\'", "'").replace("\\\\", "\\") if raw else unescaped(source))

    def interpolated(self, node: SgNode, span: Span) -> Expression:
        """`#{a}`; several statements stay an Other."""
        parts = self.operands(node, span)
        return parts[0] if len(parts) == 1 else Other(*span, "interpolation", parts)

    def chained(self, node: SgNode, span: Span) -> Expression:
        """Adjacent strings."""
        return joined(*span, list(self.operands(node, span)))

    def heredoc(self, node: SgNode, span: Span) -> Expression:
        """`<<~A`: the text that stands below."""
        body = self.heredocs.get(node.range().start.index)
        pieces = list(self.pieces(body, span_of(body))) if body is not None else []
        if pieces and isinstance(pieces[0], Literal):
            pieces[0] = Literal(*span, str(pieces[0].value).removeprefix("\n"))
        return joined(*span, pieces)

    def subshell(self, node: SgNode, span: Span) -> Expression:
        """A command in backticks: a call of the name `backtick`."""
        return Call(*span, Name(*span, "backtick"), (joined(*span, list(self.pieces(node, span))),))

    def regex(self, node: SgNode, span: Span) -> Expression:
        """A regular expression: Other "regex" over its source, slashes included; with values in it, over a Join."""
        pieces = list(self.pieces(node, span))
        if all(isinstance(piece, Literal) for piece in pieces):
            return Other(*span, "regex", (Literal(*span, node.text()),))
        return Other(*span, "pattern", (joined(*span, pieces),))

    # operators

    def binary(self, node: SgNode, span: Span) -> Expression:
        """`+` with text and `%` on text are a Join; a long chain is unrolled, for it is left-nested without end."""
        chain: list[tuple[str, SgNode]] = []
        current, kind = node, "binary"
        while kind == "binary":
            left, operator, right = current.field("left"), current.field("operator"), current.field("right")
            if left is None or operator is None or right is None:
                return self.other(node, span)
            chain.append((operator.kind(), right))
            current, kind = left, left.kind()
        value = self.expression(current, span, kind)
        for sign, operand in reversed(chain):
            value = operation(span, sign, value, self.expression(operand, span))
        return value

    def unary(self, node: SgNode, span: Span) -> Expression:
        """`!x`, `not x`, `-x`, `defined?(x)`."""
        operator = node.field("operator")
        return Operation(*span, operator.text() if operator is not None else "!", self.operands(node, span))

    def conditional(self, node: SgNode, span: Span) -> Expression:
        """`a ? b : c`."""
        return Operation(*span, "?:", self.operands(node, span))

    def interval(self, node: SgNode, span: Span) -> Expression:
        """`a..b`."""
        return Operation(*span, "..", self.operands(node, span))

    def spread(self, node: SgNode, span: Span) -> Expression:
        """`*a`."""
        return Operation(*span, "...", self.operands(node, span))

    def handed_block(self, node: SgNode, span: Span) -> Expression:
        """`&a` as an argument."""
        return Operation(*span, "&", self.operands(node, span))

    def inner(self, node: SgNode, span: Span) -> Expression:
        """Parentheses; with several statements they stay an Other."""
        parts = self.operands(node, span)
        return parts[0] if len(parts) == 1 else Other(*span, "statements", parts)

    # collections

    def array(self, node: SgNode, span: Span) -> Sequence:
        """`[a, b]`, %w, %i."""
        return Sequence(*span, self.operands(node, span))

    def mapping(self, node: SgNode, span: Span) -> Mapping:
        """`{a: 1, "b" => 2, **c}`."""
        return Mapping(*span, tuple(self.entries(node, span)))

    def entries(self, node: SgNode, span: Span) -> Iterator[tuple[Expression | None, Expression]]:
        """The pairs of a hash; a key without a value stands for the name of its own."""
        for child in node.named_children():
            kind = child.kind()
            if kind == "pair":
                yield self.pair(child, span)
            elif kind == "hash_splat_argument":
                yield None, self.inner(child, span)

    def pair(self, node: SgNode, span: Span) -> tuple[Expression, Expression]:
        """Key and value of one pair."""
        key, value = node.field("key"), node.field("value")
        own = span if span[0] == span[1] else span_of(node)
        name = self.expression(key, own) if key is not None else Literal(*own, None)
        if value is None:
            return name, Name(*own, str(getattr(name, "value", "")))
        if isinstance(name, Literal) and not isinstance(name, Symbol) and key is not None and ":" in {c.kind() for c in node.children()[1:2]}:
            name = Symbol(name.line, name.end, name.value)
        return name, self.expression(value, own)

    def subscript(self, node: SgNode, span: Span) -> Expression:
        """`a[b]`; with several indexes they are a Sequence."""
        parts = self.operands(node, span)
        if len(parts) < 2:
            return Subscript(*span, parts[0], Literal(*span, None)) if parts else Other(*span, "element_reference")
        return Subscript(*span, parts[0], parts[1] if len(parts) == 2 else Sequence(*span, parts[1:]))

    # calls

    def call(self, node: SgNode, span: Span) -> Node:
        """A call; without receiver, arguments and block it is an attribute. Its block is the last argument."""
        receiver, method, given, block = (node.field(name) for name in ("receiver", "method", "arguments", "block"))
        name = method.text() if method is not None else "call"
        if receiver is None:
            if method is not None and method.kind() == "constant":
                self.constants.setdefault(name, span[0])
            callee = self.own(name, span)
        else:
            target = self.expression(receiver, span)
            callee = Attribute(*span, target, name)
            if given is None and block is None and name not in CALLED and name[-1:] not in "!?":
                return callee if method is None or method.kind() != "constant" else self.constant(node, span)
        arguments, keywords = self.arguments(given, span) if given is not None else ((), ())
        if block is not None:
            arguments = (*arguments, self.function(block, span if span[0] == span[1] else span_of(block)))
        return special(name, span, Call(*span, callee, arguments, keywords)) if receiver is None else Call(*span, callee, arguments, keywords)

    def arguments(self, node: SgNode, span: Span) -> tuple[tuple[Expression, ...], tuple[Keyword, ...]]:
        """Positional and named arguments; pairs whose key is no symbol are one Mapping at the end."""
        positional: list[Expression] = []
        keywords: list[Keyword] = []
        pairs: list[tuple[Expression | None, Expression]] = []
        for child in node.named_children():
            kind = child.kind()
            if kind == "pair":
                key, value = self.pair(child, span)
                if isinstance(key, Symbol):
                    keywords.append(Keyword(key.line, value.end, str(key.value), value))
                else:
                    pairs.append((key, value))
            elif kind == "hash_splat_argument":
                splat = self.inner(child, span)
                keywords.append(Keyword(splat.line, splat.end, None, splat))
            elif kind not in SKIPPED:
                positional.append(self.expression(child, span, kind))
        if pairs:
            positional.append(Mapping(pairs[0][1].line, pairs[-1][1].end, tuple(pairs)))
        return tuple(positional), tuple(keywords)


EXPRESSIONS: Final[dict[str, Lower]] = {
    "identifier": Expressions.identifier,
    **dict.fromkeys(("instance_variable", "class_variable"), Expressions.instance_variable),
    **dict.fromkeys(("self", "super", "global_variable", "file", "line", "encoding"), Expressions.plain_name),
    **dict.fromkeys(("constant", "scope_resolution"), Expressions.constant),
    **dict.fromkeys(("nil", "true", "false"), Expressions.nothing),
    **dict.fromkeys(("integer", "float", "rational", "complex"), Expressions.number),
    **dict.fromkeys(("simple_symbol", "hash_key_symbol"), Expressions.symbol),
    **dict.fromkeys(("string", "bare_string", "character"), Expressions.string),
    **dict.fromkeys(("delimited_symbol", "bare_symbol"), Expressions.quoted_symbol),
    "chained_string": Expressions.chained,
    "heredoc_beginning": Expressions.heredoc,
    "subshell": Expressions.subshell,
    "regex": Expressions.regex,
    "binary": Expressions.binary,
    "unary": Expressions.unary,
    "conditional": Expressions.conditional,
    "range": Expressions.interval,
    "splat_argument": Expressions.spread,
    "block_argument": Expressions.handed_block,
    **dict.fromkeys(("parenthesized_statements", "interpolation", "hash_splat_argument", "pattern"), Expressions.inner),
    **dict.fromkeys(("array", "string_array", "symbol_array", "right_assignment_list", "argument_list"), Expressions.array),
    "hash": Expressions.mapping,
    "element_reference": Expressions.subscript,
    "call": Expressions.call,
}
