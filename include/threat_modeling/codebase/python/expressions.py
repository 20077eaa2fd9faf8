"""Python's expressions lowered; see languages/python.py for what Python has and the tree spells otherwise."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.python.joins import formatted, is_text, joined
from threat_modeling.codebase.python.literals import number, unescaped
from threat_modeling.codebase.python.simple import simple
from threat_modeling.codebase.syntax import (
    Assign,
    Attribute,
    Call,
    Expression,
    Function,
    Join,
    Keyword,
    Literal,
    Mapping,
    Name,
    Operation,
    Other,
    Parameter,
    Return,
    Sequence,
    Statement,
    Subscript,
)

if TYPE_CHECKING:
    from ast_grep_py import SgNode

MAX_DEPTH: Final = 90
"""Levels of nesting that are lowered; below it stands an empty Other, counted as an error, so that no reader can overflow."""

Span = tuple[int, int]

UNKNOWN: Final[Span] = (0, 1)
"""A span of several lines: the node below must be asked for its own."""
SKIPPED: Final = frozenset({"comment", "line_continuation", "pass_statement", "positional_separator", "keyword_separator"})

_DOTTED = re.compile(r"[^\W\d]\w*(?:\.[^\W\d]\w*)+")
_PLAIN = re.compile(r"""[uUrRbB]{0,2}(?:"([^"\\\n]*)"|'([^'\\\n]*)')""")
_QUOTES = re.compile(r"""([A-Za-z]*)('{3}|"{3}|'|")""")


def span_of(node: SgNode) -> Span:
    """First and last line, 1-based."""
    place = node.range()
    return place.start.line + 1, place.end.line + 1


class Expressions:
    """One file's expressions: counts errors and watches the depth."""

    def __init__(self) -> None:
        self.errors = 0
        self.depth = 0

    def expression(self, node: SgNode, span: Span, kind: str | None = None) -> Expression:
        """The lowered expression; `span` is the enclosing node's, and the node's own where that is one line."""
        if kind is None:
            kind = node.kind()
        if span[0] != span[1]:
            span = span_of(node)
        if kind == "identifier":
            return Name(*span, node.text())
        lower = _EXPRESSIONS.get(kind, Expressions.other)
        if self.depth >= MAX_DEPTH:
            return self.cut(span, kind)
        self.depth += 1
        lowered = lower(self, node, span)
        self.depth -= 1
        return lowered

    def cut(self, span: Span, kind: str) -> Other:
        """What stands below the deepest level that is lowered."""
        self.errors += 1
        return Other(*span, kind)

    def other(self, node: SgNode, span: Span) -> Expression:
        """A node without a counterpart; its children stay reachable."""
        kind = node.kind()
        if kind == "ERROR":
            self.errors += 1
        return Other(*span, kind, self.operands(node, span))

    def operands(self, node: SgNode, span: Span) -> tuple[Expression, ...]:
        """All named children as expressions."""
        return tuple([self.expression(child, span, kind) for child in node.named_children() if (kind := child.kind()) not in SKIPPED])

    def only(self, node: SgNode, span: Span) -> Expression | None:
        """The first operand, or None: of a return, raise, yield. A cause (`raise x from y`) is left out."""
        for child in node.named_children():
            kind = child.kind()
            if kind not in SKIPPED:
                return self.expression(child, span, kind)
        return None

    def transparent(self, node: SgNode, span: Span) -> Expression:
        """Parentheses and wrappers stand for what they hold."""
        inner = self.only(node, span)
        return Other(*span, node.kind()) if inner is None else inner

    def attribute(self, node: SgNode, span: Span) -> Expression:
        """`a.b.c`: a chain of plain names is read as one text."""
        source = node.text()
        if _DOTTED.fullmatch(source):
            first, *names = source.split(".")
            value: Expression = Name(*span, first)
            for name in names[:MAX_DEPTH]:
                value = Attribute(*span, value, name)
            self.errors += len(names) > MAX_DEPTH
            return value
        target, name_node = node.field("object"), node.field("attribute")
        if target is None or name_node is None:
            return self.other(node, span)
        return Attribute(*span, self.expression(target, span), name_node.text())

    def call(self, node: SgNode, span: Span) -> Expression:
        """A call; a lone generator expression is its one argument."""
        plain = simple(node.text(), span[0]) if span[0] == span[1] else None
        if plain is not None:
            return plain
        parts = [(child, kind) for child in node.named_children() if (kind := child.kind()) not in SKIPPED]
        if len(parts) != 2:
            return self.other(node, span)
        (callee, callee_kind), (given, given_kind) = parts
        function = self.expression(callee, span, callee_kind)
        if given_kind == "argument_list":
            arguments, keywords = self.arguments(given, span)
        else:
            arguments, keywords = (self.expression(given, span, given_kind),), ()
        return Call(*span, function, arguments, keywords)

    def arguments(self, node: SgNode, span: Span) -> tuple[tuple[Expression, ...], tuple[Keyword, ...]]:
        """Positional and named arguments of a call or a class."""
        arguments: list[Expression] = []
        keywords: list[Keyword] = []
        for child in node.named_children():
            kind = child.kind()
            if kind == "keyword_argument":
                own = span if span[0] == span[1] else span_of(child)
                name, value = child.field("name"), child.field("value")
                if name is not None and value is not None:
                    keywords.append(Keyword(*own, name.text(), self.expression(value, own)))
            elif kind == "dictionary_splat":
                splat = self.transparent(child, span)
                keywords.append(Keyword(splat.line, splat.end, None, splat))
            elif kind not in SKIPPED:
                arguments.append(self.expression(child, span, kind))
        return tuple(arguments), tuple(keywords)

    def string(self, node: SgNode, span: Span) -> Expression:
        """A literal, or a Join where an f-string holds values."""
        source = node.text()
        plain = _PLAIN.fullmatch(source)
        if plain:
            return Literal(*span, plain[plain.lastindex or 1])
        opening = _QUOTES.match(source)
        if opening is None:
            return self.other(node, span)
        prefix, quotes = opening[1].lower(), opening[2]
        raw = "r" in prefix
        if "f" not in prefix and "t" not in prefix:
            content = source[opening.end() : -len(quotes)]
            return Literal(*span, content if raw else unescaped(content))
        return joined(span, self.interpolated(node, span, raw=raw))

    def interpolated(self, node: SgNode, span: Span, *, raw: bool) -> Iterator[Expression]:
        """The pieces of an f-string."""
        for child in node.named_children():
            kind = child.kind()
            if kind == "string_content":
                content = child.text().replace("{{", "{").replace("}}", "}")
                yield Literal(*span, content if raw else unescaped(content))
            elif kind == "interpolation":
                yield self.expression(child, span, kind)

    def concatenated(self, node: SgNode, span: Span) -> Expression:
        """Adjacent literals."""
        return joined(span, iter(self.operands(node, span)))

    def number(self, node: SgNode, span: Span) -> Expression:
        """A number; one without a value that fits is Other."""
        value = number(node.text())
        return Other(*span, node.kind()) if value is None else Literal(*span, value)

    def constant(self, node: SgNode, span: Span) -> Expression:
        """True, False, None."""
        return Literal(*span, {"true": True, "false": False}.get(node.kind()))

    def binary(self, node: SgNode, span: Span) -> Expression:
        """A chain `a + b + c` is left-nested without end: it is unrolled, and equal operators make one flat node."""
        chain: list[tuple[str, SgNode]] = []
        current, kind = node, node.kind()
        while True:
            parts = [child for child in current.children() if child.kind() not in SKIPPED]
            if len(parts) != 3:
                return self.other(node, span)
            chain.append((parts[1].kind(), parts[2]))
            current = parts[0]
            if current.kind() != kind:
                break
        operator, operands, levels = "", [self.expression(current, span)], 0
        for next_operator, right in reversed(chain):
            if operator and next_operator != operator:
                operands, levels = [self.operation(span, operator, operands)], levels + 1
                if levels + self.depth > MAX_DEPTH:
                    return self.cut(span, kind)
            operator = next_operator
            operands.append(self.expression(right, span))
        return self.operation(span, operator, operands)

    def operation(self, span: Span, operator: str, operands: list[Expression]) -> Expression:
        """An Operation, or a Join where text is added up or formatted with `%`."""
        if operator == "+" and any(is_text(part) or isinstance(part, Join) for part in operands):
            return joined(span, iter(operands))
        if operator == "%" and (is_text(operands[0]) or isinstance(operands[0], Join)):
            return joined(span, formatted(span, operands[0], operands[1:]))
        return Operation(*span, operator, tuple(operands))

    def comparison(self, node: SgNode, span: Span) -> Expression:
        """`a < b < c` is one Operation named by its first operator."""
        operator = ""
        operands: list[Expression] = []
        for child in node.children():
            kind = child.kind()
            if child.is_named() and kind not in SKIPPED:
                operands.append(self.expression(child, span, kind))
            elif kind not in SKIPPED:
                operator = operator or kind
        return Operation(*span, operator, tuple(operands))

    def unary(self, node: SgNode, span: Span) -> Expression:
        """`not x`, `-x`, `~x`; a negative number is a Literal."""
        operator = node.child(0)
        operands = self.operands(node, span)
        value = operands[0].value if len(operands) == 1 and isinstance(operands[0], Literal) else None
        kind = "not" if operator is None else operator.kind()
        if kind == "-" and isinstance(value, int | float) and not isinstance(value, bool):
            return Literal(*span, -value)
        return Operation(*span, kind, operands)

    def spread(self, node: SgNode, span: Span) -> Expression:
        """`*x`."""
        return Operation(*span, "...", self.operands(node, span))

    def worded(self, node: SgNode, span: Span) -> Expression:
        """`await x`, and `yield x` inside an expression."""
        return Operation(*span, node.kind(), self.operands(node, span))

    def conditional(self, node: SgNode, span: Span) -> Expression:
        """`a if c else b`, condition first."""
        operands = self.operands(node, span)
        if len(operands) != 3:
            return Other(*span, node.kind(), operands)
        return Operation(*span, "?:", (operands[1], operands[0], operands[2]))

    def subscript(self, node: SgNode, span: Span) -> Expression:
        """`a[b]`; several indices are a Sequence."""
        operands = self.operands(node, span)
        if len(operands) < 2:
            return Other(*span, node.kind(), operands)
        return Subscript(*span, operands[0], operands[1] if len(operands) == 2 else Sequence(*span, operands[1:]))

    def generic(self, node: SgNode, span: Span) -> Expression:
        """`list[int]` where a type is declared."""
        name, *rest = node.named_children()
        arguments = [self.expression(child, span) for part in rest for child in part.named_children()]
        if not arguments:
            return self.other(node, span)
        return Subscript(*span, self.expression(name, span), arguments[0] if len(arguments) == 1 else Sequence(*span, tuple(arguments)))

    def sequence(self, node: SgNode, span: Span) -> Expression:
        """Lists, tuples, sets, and targets like them."""
        return Sequence(*span, self.operands(node, span))

    def mapping(self, node: SgNode, span: Span) -> Expression:
        """A dict."""
        entries: list[tuple[Expression | None, Expression]] = []
        for child in node.named_children():
            kind = child.kind()
            if kind == "pair":
                key, value = child.field("key"), child.field("value")
                if key is not None and value is not None:
                    entries.append((self.expression(key, span), self.expression(value, span)))
            elif kind == "dictionary_splat":
                entries.append((None, self.transparent(child, span)))
        return Mapping(*span, tuple(entries))

    def comprehension(self, node: SgNode, span: Span) -> Expression:
        """Clauses in the order they run, the element last."""
        element: list[Expression] = []
        clauses: list[Expression | Statement] = []
        for child in node.named_children():
            kind = child.kind()
            if kind == "for_in_clause":
                left, right = child.field("left"), child.field("right")
                if left is not None and right is not None:
                    own = span if span[0] == span[1] else span_of(child)
                    clauses.append(Assign(*own, (self.expression(left, own),), self.expression(right, own)))
            elif kind == "if_clause":
                clauses.append(self.transparent(child, span))
            elif kind == "pair":
                element += self.operands(child, span)
            elif kind not in SKIPPED:
                element.append(self.expression(child, span, kind))
        return Other(*span, node.kind(), (*clauses, *element))

    def named(self, node: SgNode, span: Span) -> Expression:
        """`x := y`."""
        operands = self.operands(node, span)
        if len(operands) != 2:
            return Other(*span, node.kind(), operands)
        return Other(*span, "named_expression", (Assign(*span, (operands[0],), operands[1]), operands[0]))

    def lambda_(self, node: SgNode, span: Span) -> Expression:
        """A lambda."""
        body = node.field("body")
        value = None if body is None else self.expression(body, span)
        returned = () if value is None else (Return(value.line, value.end, value),)
        return Function(*span, "", self.parameters(node.field("parameters"), span), body=returned)

    def parameters(self, node: SgNode | None, span: Span) -> tuple[Parameter, ...]:
        """A function's parameters; stars are dropped from the names."""
        if node is None:
            return ()
        return tuple([self.parameter(child, kind, span) for child in node.named_children() if (kind := child.kind()) not in SKIPPED])

    def parameter(self, node: SgNode, kind: str, span: Span) -> Parameter:
        """One parameter, with default and annotation."""
        own = span if span[0] == span[1] else span_of(node)
        if kind == "identifier":
            return Parameter(*own, node.text())
        annotation, default = node.field("type"), node.field("value")
        name = node.field("name") or next(iter(node.named_children()), node)
        binds: tuple[str, ...] = ()
        if kind == "tuple_pattern":
            binds, name_text = tuple(re.findall(r"[^\W\d]\w*", node.text())), ""
        else:
            name_text = name.text().lstrip("*")
        return Parameter(
            *own,
            name_text,
            None if default is None else self.expression(default, own),
            None if annotation is None else self.expression(annotation, own),
            binds=binds,
        )


_LowerExpression = Callable[[Expressions, "SgNode", Span], Expression]
_EXPRESSIONS: Final[dict[str, _LowerExpression]] = {
    **dict.fromkeys(
        ("parenthesized_expression", "type", "as_pattern_target", "case_pattern", "interpolation", "decorator", "if_clause"), Expressions.transparent
    ),
    **dict.fromkeys(("list", "tuple", "set", "pattern_list", "tuple_pattern", "list_pattern", "expression_list"), Expressions.sequence),
    **dict.fromkeys(("list_splat", "list_splat_pattern", "dictionary_splat_pattern", "parenthesized_list_splat"), Expressions.spread),
    **dict.fromkeys(("list_comprehension", "set_comprehension", "dictionary_comprehension", "generator_expression"), Expressions.comprehension),
    **dict.fromkeys(("true", "false", "none"), Expressions.constant),
    **dict.fromkeys(("integer", "float"), Expressions.number),
    **dict.fromkeys(("binary_operator", "boolean_operator"), Expressions.binary),
    **dict.fromkeys(("not_operator", "unary_operator"), Expressions.unary),
    **dict.fromkeys(("await", "yield"), Expressions.worded),
    "attribute": Expressions.attribute,
    "call": Expressions.call,
    "string": Expressions.string,
    "concatenated_string": Expressions.concatenated,
    "comparison_operator": Expressions.comparison,
    "conditional_expression": Expressions.conditional,
    "subscript": Expressions.subscript,
    "generic_type": Expressions.generic,
    "dictionary": Expressions.mapping,
    "named_expression": Expressions.named,
    "lambda": Expressions.lambda_,
}
