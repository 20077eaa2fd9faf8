"""PHP's expressions lowered; see languages/php.py for what PHP has and the tree spells otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.php.literals import joined
from threat_modeling.codebase.php.nodes import SKIPPED, Core, Lower, Span
from threat_modeling.codebase.syntax import (
    Attribute,
    Call,
    Expression,
    Join,
    Keyword,
    Literal,
    Mapping,
    Name,
    Operation,
    Other,
    Sequence,
    Subscript,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ast_grep_py import SgNode

_CASTS: Final = {
    **dict.fromkeys(("int", "integer"), "intval"),
    **dict.fromkeys(("float", "double"), "floatval"),
    **dict.fromkeys(("bool", "boolean"), "boolval"),
    "string": "strval",
}


class Expressions(Core):
    """One file's operators, collections and calls."""

    # operators

    def binary(self, node: SgNode, span: Span) -> Expression:
        """`.` is a Join; a long chain is unrolled, for it is left-nested without end."""
        chain: list[tuple[str, SgNode]] = []
        current, kind = node, "binary_expression"
        while kind == "binary_expression":
            left, operator, right = current.field("left"), current.field("operator"), current.field("right")
            if left is None or operator is None or right is None:
                return self.other(node, span)
            chain.append((operator.kind(), right))
            current, kind = left, left.kind()
        value = self.expression(current, span, kind)
        texts: list[Expression] = []
        for sign, operand in reversed(chain):
            right_value = self.expression(operand, span)
            if sign == ".":
                texts = texts or [value]
                texts.append(right_value)
                continue
            value = Operation(*span, sign, (joined(*span, texts) if texts else value, right_value))
            texts = []
        return joined(*span, texts) if texts else value

    def unary(self, node: SgNode, span: Span) -> Expression:
        """`!a`, `-a`."""
        operator = next((child.kind() for child in node.children() if not child.is_named()), "!")
        return Operation(*span, operator, self.operands(node, span))

    def conditional(self, node: SgNode, span: Span) -> Expression:
        """`a ? b : c`, `a ?: b`."""
        parts = self.operands(node, span)
        return Operation(*span, "?:" if len(parts) == 3 else "||", parts)

    def cast(self, node: SgNode, span: Span) -> Expression:
        """`(int) $a` is a call of intval."""
        kind, value = node.field("type"), node.field("value")
        if value is None:
            return self.other(node, span)
        name = _CASTS.get(kind.text().lower().strip() if kind is not None else "")
        operand = self.expression(value, span)
        return Call(*span, Name(*span, name), (operand,)) if name else Operation(*span, "cast", (operand,))

    def inner(self, node: SgNode, span: Span) -> Expression:
        """What adds nothing to what it holds: parentheses, `@a`, `clone a`, `&a`."""
        parts = self.operands(node, span)
        return parts[0] if len(parts) == 1 else Other(*span, node.kind(), parts)

    def spread(self, node: SgNode, span: Span) -> Expression:
        """`...$a`."""
        return Operation(*span, "...", self.operands(node, span))

    # collections

    def array(self, node: SgNode, span: Span) -> Expression:
        """`[a, b]`, `["k" => v]`, `list(...)`; positions are numbers where an array has keys too."""
        pairs = list(self.entries(node, span))
        if not any(key is not None for key, _ in pairs):
            return Sequence(*span, tuple(value for _, value in pairs))
        entries: list[tuple[Expression | None, Expression]] = []
        for position, (key, value) in enumerate(pairs):
            if key is None and isinstance(value, Operation) and value.operator == "...":
                entries.append((None, value.operands[0]))
            else:
                entries.append((key if key is not None else Literal(value.line, value.line, position), value))
        return Mapping(*span, tuple(entries))

    def entries(self, node: SgNode, span: Span) -> Iterator[tuple[Expression | None, Expression]]:
        """Key and value of each element; a list pattern holds keys, arrows and values side by side."""
        waiting: list[Expression] = []
        arrow = False
        for child in node.children():
            kind = child.kind()
            if kind == "array_element_initializer":
                parts = self.operands(child, span)
                if parts:
                    yield (parts[0] if len(parts) > 1 else None), parts[-1]
            elif kind == "=>":
                arrow = True
            elif kind in {",", "]", ")"}:
                if waiting:
                    yield (waiting[0] if arrow and len(waiting) > 1 else None), waiting[-1]
                waiting, arrow = [], False
            elif child.is_named() and kind not in SKIPPED:
                waiting.append(self.expression(child, span, kind))

    def subscript(self, node: SgNode, span: Span) -> Expression:
        """`a[b]`, `a[]`; a bare word between the brackets of a text is a key."""
        children = [child for child in node.named_children() if child.kind() not in SKIPPED]
        if not children:
            return Other(*span, "subscript_expression")
        target = self.expression(children[0], span)
        if len(children) < 2:
            return Subscript(*span, target, Literal(*span, None))
        index = children[1]
        return Subscript(*span, target, Literal(*span, index.text()) if index.kind() == "name" else self.expression(index, span))

    # calls

    def member(self, node: SgNode, span: Span) -> Expression:
        """`a->b`, `a?->b`."""
        target, name = node.field("object"), node.field("name")
        if target is None or name is None:
            return self.other(node, span)
        return self.part(self.expression(target, span), name, span)

    def part(self, holder: Expression, name: SgNode, span: Span) -> Expression:
        """A part of an object by its name; one that is computed is a Subscript."""
        if name.kind() == "name":
            return Attribute(*span, holder, name.text())
        return Subscript(*span, holder, self.expression(name, span))

    def static_member(self, node: SgNode, span: Span) -> Expression:
        """`A::$b`, `A::B`, `A::class`."""
        parts = [child for child in node.named_children() if child.kind() not in SKIPPED]
        if len(parts) < 2:
            return self.other(node, span)
        return Attribute(*span, self.class_name(parts[0], span), parts[-1].text().lstrip("$"))

    def call(self, node: SgNode, span: Span) -> Expression:
        """`f(a)`; what `sprintf` makes is a Join."""
        callee, given = node.field("function"), node.field("arguments")
        if callee is None:
            return self.other(node, span)
        name = self.expression(callee, span)
        if isinstance(name, Name) and name.id == "die":
            name = Name(*span, "exit")
        arguments, keywords = self.arguments(given, span)
        if isinstance(name, Name) and name.id == "sprintf" and len(arguments) > 1:
            return Join(*span, arguments)
        return Call(*span, name, arguments, keywords)

    def member_call(self, node: SgNode, span: Span) -> Expression:
        """`a->b(c)`."""
        target, name, given = node.field("object"), node.field("name"), node.field("arguments")
        if target is None or name is None:
            return self.other(node, span)
        return Call(*span, self.part(self.expression(target, span), name, span), *self.arguments(given, span))

    def static_call(self, node: SgNode, span: Span) -> Expression:
        """`A::b(c)`."""
        target, name, given = node.field("scope"), node.field("name"), node.field("arguments")
        if target is None or name is None:
            return self.other(node, span)
        return Call(*span, self.part(self.class_name(target, span), name, span), *self.arguments(given, span))

    def construction(self, node: SgNode, span: Span) -> Expression:
        """`new A(b)`; a class without a name is what is called."""
        parts = [child for child in node.named_children() if child.kind() not in SKIPPED]
        given = next((child for child in parts if child.kind() == "arguments"), None)
        made = next((child for child in parts if child.kind() != "arguments"), None)
        if made is None:
            return self.other(node, span)
        return Call(*span, self.class_name(made, span), *self.arguments(given, span), new=True)

    def arguments(self, node: SgNode | None, span: Span) -> tuple[tuple[Expression, ...], tuple[Keyword, ...]]:
        """Positional and named arguments."""
        positional: list[Expression] = []
        keywords: list[Keyword] = []
        for child in node.named_children() if node is not None else ():
            kind = child.kind()
            if kind in SKIPPED:
                continue
            name = child.field("name") if kind == "argument" else None
            values = [part for part in child.named_children() if part.kind() not in SKIPPED] if kind == "argument" else [child]
            if not values:
                continue
            value = self.expression(values[-1], span)
            if name is not None:
                keywords.append(Keyword(value.line, value.end, name.text(), value))
            else:
                positional.append(value)
        return tuple(positional), tuple(keywords)

    def intrinsic(self, node: SgNode, span: Span) -> Expression:
        """`print a`, `include a`, `exit(a)`, `unset(a)`: calls of their word."""
        word = node.kind().split("_")[0]
        name = {"require": "include"}.get(word, word)
        parts = self.operands(node, span)
        given = parts[0].children if len(parts) == 1 and isinstance(parts[0], Other) and parts[0].kind == "sequence_expression" else parts
        return Call(*span, Name(*span, name), given)  # type: ignore[arg-type]


EXPRESSIONS: Final[dict[str, Lower]] = {
    **dict.fromkeys(("name", "qualified_name", "namespace_name", "named_type", "primitive_type"), Expressions.name),
    "variable_name": Expressions.variable,
    "relative_scope": Expressions.scope,
    **dict.fromkeys(("boolean", "null"), Expressions.constant),
    **dict.fromkeys(("integer", "float"), Expressions.number),
    **dict.fromkeys(("string", "encapsed_string"), Expressions.string),
    **dict.fromkeys(("heredoc", "nowdoc"), Expressions.heredoc),
    "shell_command_expression": Expressions.command,
    "binary_expression": Expressions.binary,
    "unary_op_expression": Expressions.unary,
    "conditional_expression": Expressions.conditional,
    "cast_expression": Expressions.cast,
    **dict.fromkeys(("parenthesized_expression", "error_suppression_expression", "clone_expression", "by_ref"), Expressions.inner),
    "variadic_unpacking": Expressions.spread,
    **dict.fromkeys(("array_creation_expression", "list_literal"), Expressions.array),
    "subscript_expression": Expressions.subscript,
    **dict.fromkeys(("member_access_expression", "nullsafe_member_access_expression"), Expressions.member),
    **dict.fromkeys(("scoped_property_access_expression", "class_constant_access_expression"), Expressions.static_member),
    "function_call_expression": Expressions.call,
    **dict.fromkeys(("member_call_expression", "nullsafe_member_call_expression"), Expressions.member_call),
    "scoped_call_expression": Expressions.static_call,
    "object_creation_expression": Expressions.construction,
    **dict.fromkeys(
        (
            "print_intrinsic",
            "echo_statement",
            "include_expression",
            "include_once_expression",
            "require_expression",
            "require_once_expression",
            "exit_statement",
            "unset_statement",
        ),
        Expressions.intrinsic,
    ),
}
