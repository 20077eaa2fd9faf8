"""The lowering of PHP: dispatch by the grammar's kind, and names, constants and text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, ClassVar, Final

from threat_modeling.codebase.php.literals import joined, number, quoted, unescaped
from threat_modeling.codebase.syntax import (
    Assign,
    Attribute,
    Block,
    Call,
    Evaluate,
    Expression,
    Function,
    Import,
    Literal,
    Name,
    Node,
    Operation,
    Other,
    Return,
    Statement,
)

if TYPE_CHECKING:
    from ast_grep_py import SgNode

MAX_DEPTH: Final = 90
"""Levels of nesting that are lowered; below it stands an empty Other, counted as an error, so that no reader can overflow."""
MAX_PARTS: Final = 20

Span = tuple[int, int]
Lower = Callable[[Any, "SgNode", Span], Node]

UNKNOWN: Final[Span] = (0, 1)
"""A span of several lines: the node below must be asked for its own."""
SKIPPED: Final = frozenset({"comment", "php_tag", "php_end_tag", "empty_statement", "text_interpolation", "text"})

_PLAIN = re.compile(r"""'([^'\\]*)'|"([^"\\$\{]*)\"""")


def span_of(node: SgNode) -> Span:
    """First and last line, 1-based."""
    place = node.range()
    return place.start.line + 1, place.end.line + 1


class Core:
    """What all parts of the lowering share: counts errors and depth, gathers the names of classes that it uses."""

    table: ClassVar[dict[str, Lower]] = {}
    """Grammar's kind -> how it is lowered."""

    def __init__(self) -> None:
        self.errors = 0
        self.depth = 0
        self.classes: dict[str, int] = {}
        """Names in the place of a class, with the line of their first use."""

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
        lowered = self.table.get(kind, Core.other)(self, node, span)
        self.depth -= 1
        return lowered

    def expression(self, node: SgNode, span: Span, kind: str | None = None) -> Expression:
        """A node where a value is asked for: an assignment is Operation "="."""
        lowered = self.lower(node, span, kind)
        if isinstance(lowered, Assign):
            value = lowered.value if lowered.value is not None else Literal(lowered.line, lowered.end, None)
            return Operation(lowered.line, lowered.end, lowered.operator, (*lowered.targets, value))
        if isinstance(lowered, Evaluate):
            return lowered.value
        if isinstance(lowered, Return | Block | Import):
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
        """Statements below a node; see languages/php.py."""
        raise NotImplementedError

    def function(self, node: SgNode, span: Span) -> Function:
        """A closure; see languages/php.py."""
        raise NotImplementedError

    def name(self, node: SgNode, span: Span) -> Expression:
        """A constant, a function or a class by its name; the backslashes of a namespace are dots."""
        return dotted_name(span, node.text())

    def class_name(self, node: SgNode, span: Span) -> Expression:
        """A name in the place of a class."""
        if node.kind() not in {"name", "qualified_name"}:
            return self.expression(node, span)
        written = node.text()
        if not written.startswith("\\") and written not in {"self", "static", "parent"}:
            self.classes.setdefault(written.replace("\\", "."), span[0])
        return dotted_name(span, written)

    def variable(self, node: SgNode, span: Span) -> Name:
        """`$a` is the name "$a"; `$this` is `this`."""
        written = node.text()
        return Name(*span, "this" if written == "$this" else written)

    def scope(self, node: SgNode, span: Span) -> Name:
        """`self`, `static`, `parent`."""
        return Name(*span, {"static": "self"}.get(node.text(), node.text()))

    def constant(self, node: SgNode, span: Span) -> Literal:
        """true, false, null."""
        return Literal(*span, {"true": True, "false": False}.get(node.text().lower()))

    def number(self, node: SgNode, span: Span) -> Expression:
        """A number; one without a value that fits is Other."""
        value = number(node.text())
        return Other(*span, node.kind()) if value is None else Literal(*span, value)

    def string(self, node: SgNode, span: Span) -> Expression:
        """Text, or a Join with what is interpolated."""
        written = node.text()
        plain = _PLAIN.fullmatch(written)
        if plain:
            return Literal(*span, plain[plain.lastindex or 1])
        if written[:1] == "'":
            return Literal(*span, quoted(written[1:-1]))
        return joined(*span, list(self.pieces(node, span)))

    def heredoc(self, node: SgNode, span: Span) -> Expression:
        """`<<<A`, `<<<'A'`."""
        body = next((child for child in node.named_children() if child.kind() in {"heredoc_body", "nowdoc_body"}), None)
        return joined(*span, list(self.pieces(body, span)) if body is not None else [])

    def pieces(self, node: SgNode, span: Span) -> Iterator[Expression]:
        """The constant and the interpolated parts of a text."""
        for child in node.named_children():
            kind = child.kind()
            if kind in {"string_content", "string_value", "nowdoc_string"}:
                yield Literal(*span, child.text())
            elif kind == "escape_sequence":
                yield Literal(*span, unescaped(child.text()))
            elif kind not in SKIPPED:
                yield self.expression(child, span, kind)

    def command(self, node: SgNode, span: Span) -> Expression:
        """A command in backticks is a call of shell_exec."""
        return Call(*span, Name(*span, "shell_exec"), (joined(*span, list(self.pieces(node, span))),))


def dotted_name(span: Span, written: str) -> Expression:
    r"""`A\B` as A.B."""
    first, *rest = written.strip("\\").split("\\")[:MAX_PARTS]
    value: Expression = Name(*span, first)
    for name in rest:
        value = Attribute(*span, value, name)
    return value
