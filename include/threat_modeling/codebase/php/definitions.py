"""PHP's functions, classes, attributes and parameters lowered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ast_grep_py import SgRoot

from threat_modeling.codebase.php.annotations import expressions
from threat_modeling.codebase.php.expressions import Expressions
from threat_modeling.codebase.php.nodes import SKIPPED, Span, span_of
from threat_modeling.codebase.syntax import (
    Assign,
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
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ast_grep_py import SgNode

_ELEMENTS = frozenset({"property_element", "const_element", "static_variable_declaration"})
_KINDS = {"interface_declaration": "interface", "trait_declaration": "trait", "enum_declaration": "enum"}


class Definitions(Expressions):
    """The part of the lowering that makes functions and classes."""

    def __init__(self) -> None:
        super().__init__()
        self.comment: tuple[str, int] | None = None
        """The doc comment right before the node that is being lowered, with its line."""

    def function(self, node: SgNode, span: Span) -> Function:
        """A function, a method, a closure; `__construct` has the name `constructor`."""
        decorators = self.decorators(node, span)
        name, body, returned = node.field("name"), node.field("body"), node.field("return_type")
        written = name.text() if name is not None else ""
        parameters = tuple(self.parameters(node.field("parameters"), span))
        statements: tuple[Statement, ...]
        if body is None:
            statements = ()
        elif body.kind() == "compound_statement":
            statements = self.block(body, span)
        else:
            value = self.expression(body, span)
            statements = (Return(value.line, value.end, value),)
        annotation = self.expression(returned, span) if returned is not None else None
        return Function(*span, {"__construct": "constructor"}.get(written, written), parameters, decorators, statements, annotation)

    def parameters(self, node: SgNode | None, span: Span) -> Iterator[Parameter]:
        """The parameters of a function, by their variables."""
        for child in node.named_children() if node is not None else ():
            if not child.kind().endswith("_parameter"):
                continue
            name, kind, default = child.field("name"), child.field("type"), child.field("default_value")
            yield Parameter(
                *span,
                name.text() if name is not None else "",
                self.expression(default, span) if default is not None else None,
                self.type_(kind, span) if kind is not None else None,
                self.attributes(child, span),
            )

    def type_(self, node: SgNode, span: Span) -> Expression:
        """A type; its class is one that the file uses."""
        inner = node.named_children() if node.kind() in {"named_type", "optional_type", "union_type"} else []
        return self.type_(inner[0], span) if inner else self.class_name(node, span)

    def decorators(self, node: SgNode, span: Span) -> tuple[Expression, ...]:
        """Annotations of the doc comment, attributes, and the words before `function` and `class`."""
        comment, self.comment = self.comment, None
        found = [*self.annotations(comment), *self.attributes(node, span)]
        for child in node.named_children():
            kind = child.kind()
            if kind == "visibility_modifier" and child.text() != "public":
                found.append(Name(span[0], span[0], child.text()))
            elif kind in {"static_modifier", "abstract_modifier"}:
                found.append(Name(span[0], span[0], kind.removesuffix("_modifier")))
        return tuple(found)

    def annotations(self, comment: tuple[str, int] | None) -> Iterator[Expression]:
        """The annotations of a doc comment."""
        written = expressions(comment[0]) if comment is not None else []
        if not written or comment is None:
            return
        root = SgRoot(";".join(written) + ";", "php").root()
        for child in root.named_children():
            if child.kind() == "expression_statement":
                yield from self.operands(child, (comment[1], comment[1]))

    def attributes(self, node: SgNode, span: Span) -> tuple[Expression, ...]:
        """`#[A, B(1)]`."""
        found: list[Expression] = []
        for entries in node.named_children():
            if entries.kind() == "attribute_list":
                for attribute in (one for group in entries.named_children() for one in group.named_children()):
                    own = span if span[0] == span[1] else span_of(attribute)
                    parts = [part for part in attribute.named_children() if part.kind() not in SKIPPED]
                    if parts:
                        given = parts[1] if len(parts) > 1 else None
                        found.append(Call(*own, self.class_name(parts[0], own), *self.arguments(given, own)))
        return tuple(found)

    def class_(self, node: SgNode, span: Span) -> Class:
        """A class, an interface, a trait, an enumeration."""
        decorators = self.decorators(node, span)
        name, body = node.field("name"), node.field("body")
        bases: list[Expression] = []
        keywords: list[Keyword] = []
        for child in node.named_children():
            kind = child.kind()
            if kind in {"base_clause", "class_interface_clause"}:
                bases += [self.class_name(base, span) for base in child.named_children() if base.kind() not in SKIPPED]
            elif kind == "declaration_list" and body is None:
                body = child
            elif kind == "abstract_modifier":
                keywords.append(Keyword(*span, "abstract", Literal(*span, value=True)))
        word = _KINDS.get(node.kind())
        if word is not None:
            keywords.append(Keyword(*span, word, Literal(*span, value=True)))
        return Class(*span, name.text() if name is not None else "", tuple(bases), tuple(keywords), decorators, self.block(body, span))

    def properties(self, node: SgNode, span: Span) -> Node:
        """Properties and constants of a class: names without a dollar, as `$this->name` reads them."""
        self.comment = None
        written = node.field("type")
        annotation = self.type_(written, span) if written is not None else None
        elements = [node] if node.kind() == "enum_case" else [child for child in node.named_children() if child.kind() in _ELEMENTS]
        found = [self.element(child, span, annotation) for child in elements]
        return found[0] if len(found) == 1 else self.several(found, span)

    def element(self, node: SgNode, span: Span, annotation: Expression | None = None) -> Assign:
        """`$a = 1` or `A = 1` of a declaration; a static variable keeps its dollar."""
        parts = [child for child in node.named_children() if child.kind() not in SKIPPED]
        name = parts[0].text() if parts else ""
        target = Name(span[0], span[0], name if node.kind() == "static_variable_declaration" else name.lstrip("$"))
        value = self.expression(parts[1], span) if len(parts) > 1 else None
        return Assign(*span, (target,), value, "=", annotation)

    def several(self, found: list[Assign], span: Span) -> Node:
        """Several statements in the place of one; see languages/php.py."""
        raise NotImplementedError

    def used_traits(self, node: SgNode, span: Span) -> Evaluate:
        """`use SomeTrait;` in a class is a call of `use`."""
        names = tuple(self.class_name(child, span) for child in node.named_children() if child.kind() in {"name", "qualified_name"})
        return Evaluate(*span, Call(*span, Name(*span, "use"), names))
