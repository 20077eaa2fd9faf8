"""Python, 2 and 3: ast-grep's grammar lowered to the one syntax tree.

What Python has and the tree spells otherwise:
- a function's line is that of its `def`; its decorators carry their own lines;
- `import a.b` binds `a`, as Python does: Import("a.b", "", "a"), imports["a"] = ("a", "");
- `*x` is Operation("...") in calls, lists and targets; `a if c else b` is Operation("?:", (c, a, b));
- a comprehension is Other with its Assigns (target, iterated value), conditions and element, in the order they run;
- `x := y` is Other("named_expression", (Assign, Name)); `except X as e` has the head X and starts with Assign(e, X);
- `match` is Block("switch"): the subject and the cases' conditions are its heads; assert and del are Operations.

Speed: calls into the parser cost more than the tree itself, so text is read once for a whole dotted name or plain string, and
nothing below a node that stands on one line is asked for its place.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Final

from ast_grep_py import SgRoot

from threat_modeling.codebase.python.expressions import MAX_DEPTH, SKIPPED, UNKNOWN, Expressions, Span, span_of
from threat_modeling.codebase.python.imports import resolve
from threat_modeling.codebase.python.simple import assigned, simple
from threat_modeling.codebase.syntax import (
    Assign,
    Block,
    Call,
    Class,
    Evaluate,
    Expression,
    Function,
    Import,
    Module,
    Name,
    Operation,
    Other,
    Return,
    Sequence,
    Statement,
)

if TYPE_CHECKING:
    from ast_grep_py import SgNode

__all__ = ["EXTENSIONS", "lower", "resolve"]

BOM: Final = "\ufeff"
EXTENSIONS: Final = {".py": "python", ".pyw": "python"}


def lower(path: str, source: str) -> Module:
    """The syntax tree of one Python file; what does not parse is counted in `errors` and the rest is kept."""
    lowering = _Statements()
    collecting = gc.isenabled()
    gc.disable()  # a tree has no cycles; looking for some while it grows costs more than the parse
    try:
        root = SgRoot(source.removeprefix(BOM), "python").root()
        lowering.errors += root.kind() == "ERROR"
        body = lowering.block(root)
    finally:
        if collecting:
            gc.enable()
    return Module(path, "python", body, lowering.errors, source.count("\n") + 1, lowering.imports)


class _Statements(Expressions):
    """One file's statements; gathers its imports."""

    def __init__(self) -> None:
        super().__init__()
        self.imports: dict[str, tuple[str, str]] = {}

    # statements

    def block(self, node: SgNode | None) -> tuple[Statement, ...]:
        """The statements below a module, block or error node."""
        if node is None:
            return ()
        statements: list[Statement] = []
        for child in node.named_children():
            kind = child.kind()
            if kind in SKIPPED:
                continue
            span = span_of(child)
            lowered = _STATEMENTS.get(kind)
            if lowered is None:
                statements.append(self.unknown_statement(child, span, kind))
            elif self.depth >= MAX_DEPTH:
                statements.append(self.cut(span, kind))
            else:
                self.depth += 1
                statements.extend(lowered(self, child, span))
                self.depth -= 1
        return tuple(statements)

    def unknown_statement(self, node: SgNode, span: Span, kind: str) -> Statement:
        """Error nodes, control words and what the grammar may add; expressions that an error left without a statement."""
        if kind == "ERROR":
            self.errors += 1
            if self.depth >= MAX_DEPTH:
                return Other(*span, kind)
            self.depth += 1
            children = self.block(node)
            self.depth -= 1
            return Other(*span, kind, children)
        expression = self.expression(node, UNKNOWN, kind)
        return expression if isinstance(expression, Other) else Evaluate(*span, expression)

    def expression_statement(self, node: SgNode, span: Span) -> Iterator[Statement]:
        if span[0] == span[1]:
            source = node.text()
            pair = assigned(source, span[0])
            plain = simple(source, span[0]) if pair is None else None
            if pair is not None:
                yield Assign(*span, (pair[0],), pair[1])
                return
            if plain is not None:
                yield Evaluate(*span, plain)
                return
        parts = [(child, kind) for child in node.named_children() if (kind := child.kind()) not in SKIPPED]
        if len(parts) != 1:
            yield Evaluate(*span, Sequence(*span, tuple(self.expression(part, span, kind) for part, kind in parts)))
            return
        child, kind = parts[0]
        if kind == "assignment":
            yield self.assignment(child, span)
        elif kind == "augmented_assignment":
            target, operator, value = child.children()[:3]
            yield Assign(*span, (self.expression(target, span),), self.expression(value, span), operator.kind())
        elif kind == "yield":
            yield Return(*span, self.only(child, span), "yield")
        else:
            yield Evaluate(*span, self.expression(child, span, kind))

    def assignment(self, node: SgNode, span: Span) -> Assign:
        """`a = b = value` is one Assign with two targets."""
        targets: list[Expression] = []
        annotation = value = None
        current: SgNode | None = node
        while current is not None and len(targets) <= MAX_DEPTH:
            left, kind, right = current.field("left"), current.field("type"), current.field("right")
            if left is not None:
                targets.append(self.expression(left, span))
            if kind is not None:
                annotation = self.expression(kind, span)
            current = None
            if right is not None:
                if right.kind() == "assignment":
                    current = right
                else:
                    value = self.expression(right, span)
        self.errors += current is not None
        return Assign(*span, tuple(targets), value, annotation=annotation)

    def returned(self, node: SgNode, span: Span) -> Iterator[Statement]:
        yield Return(*span, self.only(node, span))

    def raised(self, node: SgNode, span: Span) -> Iterator[Statement]:
        yield Return(*span, self.only(node, span), "raise")

    def asserted(self, node: SgNode, span: Span) -> Iterator[Statement]:
        """assert, del."""
        operator = node.kind().removesuffix("_statement").replace("delete", "del")
        yield Evaluate(*span, Operation(*span, operator, self.operands(node, span)))

    def printed(self, node: SgNode, span: Span) -> Iterator[Statement]:
        """Python 2's print and exec statements, as the calls they became."""
        name = node.kind().removesuffix("_statement")
        yield Evaluate(*span, Call(*span, Name(span[0], span[0], name), self.operands(node, span)))

    def import_module(self, node: SgNode, span: Span) -> Iterator[Statement]:
        for child in node.named_children():
            if child.kind() == "aliased_import":
                module, alias = (part.text() for part in child.named_children()[:2])
                self.imports[alias] = (module, "")
                yield Import(*span, module, "", alias)
            elif child.kind() == "dotted_name":
                module = child.text()
                alias = module.partition(".")[0]
                self.imports.setdefault(alias, (alias, ""))
                yield Import(*span, module, "", alias)

    def import_names(self, node: SgNode, span: Span) -> Iterator[Statement]:
        module_node = node.field("module_name")
        module = module_node.text().replace(" ", "") if module_node is not None else "__future__"
        names = node.named_children()[1 if module_node is not None else 0 :]
        for child in names:
            kind = child.kind()
            if kind == "wildcard_import":
                yield Import(*span, module, "*", "")
            elif kind == "dotted_name":
                name = child.text()
                self.imports[name] = (module, name)
                yield Import(*span, module, name, name)
            elif kind == "aliased_import":
                name, alias = (part.text() for part in child.named_children()[:2])
                self.imports[alias] = (module, name)
                yield Import(*span, module, name, alias)

    def decorated(self, node: SgNode, span: Span) -> Iterator[Statement]:
        decorators = []
        for child in node.named_children():
            kind = child.kind()
            if kind == "decorator":
                decorators.append(self.expression(child, span, kind))
            elif kind == "function_definition":
                yield self.function(child, span_of(child), tuple(decorators))
            elif kind == "class_definition":
                yield self.class_(child, span_of(child), tuple(decorators))

    def function_statement(self, node: SgNode, span: Span) -> Iterator[Statement]:
        yield self.function(node, span, ())

    def class_statement(self, node: SgNode, span: Span) -> Iterator[Statement]:
        yield self.class_(node, span, ())

    def function(self, node: SgNode, span: Span, decorators: tuple[Expression, ...]) -> Function:
        name, returns = node.field("name"), node.field("return_type")
        first = node.child(0)
        return Function(
            *span,
            name.text() if name is not None else "",
            self.parameters(node.field("parameters"), span),
            decorators,
            self.block(node.field("body")),
            None if returns is None else self.expression(returns, span),
            is_async=first is not None and first.kind() == "async",
        )

    def class_(self, node: SgNode, span: Span, decorators: tuple[Expression, ...]) -> Class:
        name, arguments = node.field("name"), node.field("superclasses")
        bases, keywords = self.arguments(arguments, span) if arguments is not None else ((), ())
        return Class(*span, name.text() if name is not None else "", bases, keywords, decorators, self.block(node.field("body")))

    def branches(self, node: SgNode, span: Span) -> Iterator[Statement]:
        """if, while and try: conditions and caught types are heads, every block is a body."""
        heads: list[Expression] = []
        bodies: list[tuple[Statement, ...]] = []
        for child in node.named_children():
            kind = child.kind()
            if kind == "block":
                bodies.append(self.block(child))
            elif kind in _CLAUSES:
                self.clause(child, heads, bodies)
            elif kind not in SKIPPED:
                heads.append(self.expression(child, UNKNOWN, kind))
        yield Block(*span, node.kind().removesuffix("_statement"), tuple(heads), tuple(bodies))

    def clause(self, node: SgNode, heads: list[Expression], bodies: list[tuple[Statement, ...]]) -> None:
        """One elif, else, except, finally or case of a statement with branches."""
        bound: list[Statement] = []
        body: tuple[Statement, ...] = ()
        for child in node.named_children():
            kind = child.kind()
            if kind == "block":
                body = self.block(child)
            elif kind == "as_pattern":
                assign = self.bound(child)
                bound.append(assign)
                heads.append(assign.value or assign.targets[0])
            elif kind not in SKIPPED and kind != "case_pattern":
                heads.append(self.expression(child, UNKNOWN, kind))
        bodies.append((*bound, *body))

    def bound(self, node: SgNode) -> Assign:
        """`value as target`."""
        span = span_of(node)
        value, *targets = self.operands(node, span)
        return Assign(*span, tuple(targets), value)

    def switch(self, node: SgNode, span: Span) -> Iterator[Statement]:
        heads: list[Expression] = []
        bodies: list[tuple[Statement, ...]] = []
        for child in node.named_children():
            if child.kind() == "block":
                for case in child.named_children():
                    if case.kind() == "case_clause":
                        self.clause(case, heads, bodies)
            else:
                heads.append(self.expression(child, UNKNOWN))
        yield Block(*span, "switch", tuple(heads), tuple(bodies))

    def loop(self, node: SgNode, span: Span) -> Iterator[Statement]:
        left, right, alternative = node.field("left"), node.field("right"), node.field("alternative")
        heads = () if right is None else (self.expression(right, UNKNOWN),)
        bound = () if left is None or not heads else (Assign(span[0], span[0], (self.expression(left, UNKNOWN),), heads[0]),)
        bodies = [(*bound, *self.block(node.field("body")))]
        if alternative is not None:
            bodies.append(self.block(alternative.field("body")))
        yield Block(*span, "for", heads, tuple(bodies))

    def with_(self, node: SgNode, span: Span) -> Iterator[Statement]:
        heads: list[Expression] = []
        bound: list[Statement] = []
        clause = next((child for child in node.named_children() if child.kind() == "with_clause"), None)
        for entry in clause.named_children() if clause is not None else ():
            value = entry.field("value") if entry.kind() == "with_item" else None
            if value is not None and value.kind() == "as_pattern":
                assign = self.bound(value)
                bound.append(assign)
                heads.append(assign.value or assign.targets[0])
            elif value is not None:
                heads.append(self.expression(value, UNKNOWN))
        yield Block(*span, "with", tuple(heads), ((*bound, *self.block(node.field("body"))),))


_LowerStatement = Callable[[_Statements, "SgNode", Span], Iterator[Statement]]
_CLAUSES: Final = frozenset({"elif_clause", "else_clause", "except_clause", "except_group_clause", "finally_clause"})
_STATEMENTS: Final[dict[str, _LowerStatement]] = {
    "expression_statement": _Statements.expression_statement,
    "return_statement": _Statements.returned,
    "raise_statement": _Statements.raised,
    **dict.fromkeys(("assert_statement", "delete_statement"), _Statements.asserted),
    **dict.fromkeys(("print_statement", "exec_statement"), _Statements.printed),
    "import_statement": _Statements.import_module,
    **dict.fromkeys(("import_from_statement", "future_import_statement"), _Statements.import_names),
    "decorated_definition": _Statements.decorated,
    "function_definition": _Statements.function_statement,
    "class_definition": _Statements.class_statement,
    **dict.fromkeys(("if_statement", "while_statement", "try_statement"), _Statements.branches),
    "match_statement": _Statements.switch,
    "for_statement": _Statements.loop,
    "with_statement": _Statements.with_,
}
