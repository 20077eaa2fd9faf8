"""Ruby: ast-grep's grammar lowered to the one syntax tree.

What Ruby has and the tree spells otherwise:
- a module is a Class with the keyword `module`; `class A::B` has the name "A::B"; what `class << self` holds stands in the class;
- a method's last value is its Return; `def self.a` has the decorator `self`, what stands below `private` the decorator `private`;
- a block is a Function without a name and the last argument of its call; `&a` is Operation "&";
- `a.b` without arguments is an Attribute; a method of the same file that is called without a receiver is one of `self`;
- `@a` is the attribute `a` of `self`; symbols are Literals (ruby/literals.py); pairs with symbols as keys are Keywords of a call;
- constants are global and loaded by name: each one that a file uses and does not define is an Import of the name it has;
- `a if b` is a Block; `unless` negates its head; `a << b` standing alone adds to a.
"""

from __future__ import annotations

import gc
import re
from typing import TYPE_CHECKING, ClassVar, Final
from weakref import WeakKeyDictionary

from ast_grep_py import SgRoot

from threat_modeling.codebase.ruby.constants import Constants
from threat_modeling.codebase.ruby.definitions import Definitions
from threat_modeling.codebase.ruby.expressions import EXPRESSIONS, SKIPPED, UNKNOWN, Expressions, Lower, Span, span_of
from threat_modeling.codebase.syntax import (
    Assign,
    Block,
    Call,
    Class,
    Evaluate,
    Export,
    Expression,
    Function,
    Import,
    Module,
    Name,
    Node,
    Operation,
    Other,
    Return,
    Sequence,
    Statement,
)

if TYPE_CHECKING:
    from ast_grep_py import SgNode

    from threat_modeling.codebase.languages import Files

EXTENSIONS: Final = {".rb": "ruby", ".rake": "ruby", ".ru": "ruby", ".rbw": "ruby"}

_METHODS: Final = re.compile(r"\bdef (?:self\.)?([a-z_]\w*[?!]?)")
_CONSTANTS: WeakKeyDictionary[Files, Constants] = WeakKeyDictionary()
"""The files of a target by the constants they are loaded for."""


def lower(path: str, source: str) -> Module:
    """The syntax tree of one file; what does not parse is counted in `errors` and the rest is kept."""
    collecting = gc.isenabled()
    gc.disable()  # a tree has no cycles; looking for some while it grows costs more than the parse
    try:
        root = SgRoot(source.removeprefix("\ufeff"), "ruby").root()
        lowering = _Statements(frozenset(_METHODS.findall(source)), _heredocs(root) if "<<" in source else {})
        lowering.errors += root.kind() == "ERROR"
        body = lowering.block(root, UNKNOWN)
    finally:
        if collecting:
            gc.enable()
    imports = _imports(lowering.constants, body)
    exports = [Export(node.line, node.line, "default", Name(node.line, node.line, node.name)) for node in body if isinstance(node, Class)][:1]
    bound = {found.alias: (found.module, "") for found in imports}
    return Module(path, "ruby", (*imports, *body, *exports), lowering.errors, source.count("\n") + 1, bound)


def resolve(files: Files, importer: str, module: str) -> str | None:
    """The file of the target that a constant or a `require` names."""
    if files not in _CONSTANTS:
        _CONSTANTS[files] = Constants(files.paths)
    return _CONSTANTS[files].resolve(importer, module)


def _heredocs(root: SgNode) -> dict[int, SgNode]:
    """Where a here document is announced -> its body: both come in the same order."""
    starts, bodies = root.find_all(kind="heredoc_beginning"), root.find_all(kind="heredoc_body")
    return {start.range().start.index: body for start, body in zip(starts, bodies, strict=False)}


def _imports(constants: dict[str, int], body: tuple[Statement, ...]) -> tuple[Import, ...]:
    """An Import for each constant by its first name, but for those that the file defines at its top."""
    own = {node.name.partition("::")[0] for node in body if isinstance(node, Class)}
    first: dict[str, int] = {}
    for constant, line in constants.items():
        first.setdefault(constant.partition("::")[0], line)
    return tuple(Import(line, line, name, "", name) for name, line in first.items() if name not in own)


class _Statements(Definitions, Expressions):
    """One file's statements."""

    table: ClassVar[dict[str, Lower]]

    def block(self, node: SgNode | None, span: Span) -> tuple[Statement, ...]:
        """The statements below a node; a body with `rescue` or `ensure` is a `try`."""
        statements: list[Statement] = []
        clauses: list[tuple[Statement, ...]] = []
        heads: list[Expression] = []
        for child in node.named_children() if node is not None else ():
            kind = child.kind()
            if kind in SKIPPED:
                continue
            if kind == "rescue":
                clauses.append(self.rescue(child, span, heads))
            elif kind in {"ensure", "else"}:
                clauses.append(self.block(child, span))
            else:
                statements.append(self.statement(child, span, kind))
        if clauses and node is not None:
            return (Block(*span_of(node), "try", tuple(heads), (tuple(statements), *clauses)),)
        return tuple(statements)

    def statement(self, node: SgNode, span: Span, kind: str | None = None) -> Statement:
        """A node as a statement."""
        lowered = self.lower(node, span, kind)
        if isinstance(lowered, Operation) and lowered.operator == "<<" and len(lowered.operands) == 2:
            return Assign(lowered.line, lowered.end, (lowered.operands[0],), lowered.operands[1], "+=")
        if isinstance(lowered, Import | Assign | Return | Evaluate | Block | Function | Class | Other):
            return lowered
        return Evaluate(lowered.line, lowered.end, lowered)  # type: ignore[arg-type]

    def rescue(self, node: SgNode, span: Span, heads: list[Expression]) -> tuple[Statement, ...]:
        """`rescue A, B => e`: what is caught are heads of the `try`, the first one is bound."""
        caught, variable, body = node.field("exceptions"), node.field("variable"), node.field("body")
        own = span if span[0] == span[1] else span_of(node)
        heads += self.operands(caught, own) if caught is not None else ()
        bound: tuple[Statement, ...] = ()
        if variable is not None:
            target = self.operands(variable, own)
            self.bind(target)
            bound = (Assign(own[0], own[0], target, None),)
        return (*bound, *self.block(body, own))

    def begin(self, node: SgNode, span: Span) -> Node:
        """`begin ... end`."""
        body = self.block(node, span)
        return body[0] if len(body) == 1 else Block(*span, "begin", (), (body,))

    def assignment(self, node: SgNode, span: Span) -> Node:
        """`a = b`, `a, b = c`, `a += b`; `a = b = c` has two targets."""
        targets: list[Expression] = []
        current: SgNode | None = node
        value: Expression | None = None
        while current is not None and len(targets) < 20:
            left, right = current.field("left"), current.field("right")
            current = None
            if left is not None:
                targets.append(self.target(left, span))
            if right is not None and right.kind() == "assignment":
                current = right
            elif right is not None:
                value = self.expression(right, span)
        self.bind(tuple(targets))
        return Assign(*span, tuple(targets), value)

    def target(self, node: SgNode, span: Span) -> Expression:
        """What is assigned to: a name, an attribute, an element, or several."""
        kind = node.kind()
        if kind == "identifier":
            return Name(*(span if span[0] == span[1] else span_of(node)), node.text())
        if kind in {"left_assignment_list", "destructured_left_assignment", "rest_assignment"}:
            found = tuple(self.target(child, span) for child in node.named_children())
            return Operation(*span, "...", found) if kind == "rest_assignment" else Sequence(*span, found)
        return self.expression(node, span)

    def bind(self, targets: tuple[Expression, ...]) -> None:
        """Note names that are local from here on."""
        for target in targets:
            if isinstance(target, Name):
                self.locals.add(target.id)
            elif isinstance(target, Sequence):
                self.bind(target.elements)
            elif isinstance(target, Operation):
                self.bind(target.operands)

    def augmented(self, node: SgNode, span: Span) -> Node:
        """`a += b`, `a ||= b`."""
        left, operator, right = node.field("left"), node.field("operator"), node.field("right")
        if left is None or right is None:
            return self.other(node, span)
        target = self.target(left, span)
        self.bind((target,))
        return Assign(*span, (target,), self.expression(right, span), operator.text() if operator is not None else "+=")

    def returned(self, node: SgNode, span: Span) -> Return:
        """`return a`; several values are a Sequence."""
        given = next((child for child in node.named_children() if child.kind() == "argument_list"), None)
        values = self.operands(given, span) if given is not None else ()
        return Return(*span, values[0] if len(values) == 1 else Sequence(*span, values) if values else None)

    def left(self, node: SgNode, span: Span) -> Node:
        """`break`, `next`, `redo`, `retry`: `next a` gives a value back from a block."""
        kind = node.kind()
        if kind == "next" and node.named_children():
            return self.returned(node, span)
        return Other(*span, {"next": "continue"}.get(kind, kind))

    def yielded(self, node: SgNode, span: Span) -> Node:
        """`yield a` calls the block that the method was given."""
        given = next((child for child in node.named_children() if child.kind() == "argument_list"), None)
        arguments, keywords = self.arguments(given, span) if given is not None else ((), ())
        return Call(*span, Name(*span, "yield"), arguments, keywords)

    def branches(self, node: SgNode, span: Span) -> Block:
        """`if`, `unless`: an `elsif` adds its head and bodies to the same Block."""
        heads: list[Expression] = []
        bodies: list[tuple[Statement, ...]] = []
        current: SgNode | None = node
        while current is not None and len(heads) < 500:
            condition, then, otherwise = (current.field(name) for name in ("condition", "consequence", "alternative"))
            heads.append(self.condition(condition, span, negated=current.kind() == "unless"))
            bodies.append(self.block(then, span))
            current = otherwise if otherwise is not None and otherwise.kind() == "elsif" else None
            if otherwise is not None and current is None:
                bodies.append(self.block(otherwise, span))
        return Block(*span, "if", tuple(heads), tuple(bodies))

    def condition(self, node: SgNode | None, span: Span, *, negated: bool) -> Expression:
        """What a branch asks."""
        asked = self.expression(node, span) if node is not None else Name(*span, "")
        return Operation(asked.line, asked.end, "!", (asked,)) if negated else asked

    def modified(self, node: SgNode, span: Span) -> Node:
        """`a if b`, `a while b`."""
        kind = node.kind().removesuffix("_modifier")
        body, condition = node.field("body"), node.field("condition")
        head = self.condition(condition, span, negated=kind in {"unless", "until"})
        inner = (self.statement(body, span),) if body is not None else ()
        return Block(*span, "if" if kind in {"if", "unless"} else "while", (head,), (inner,))

    def rescued(self, node: SgNode, span: Span) -> Expression:
        """`a rescue b`: one of both."""
        return Operation(*span, "||", self.operands(node, span))

    def case(self, node: SgNode, span: Span) -> Block:
        """`case`: with a value it is a switch; without one an `if`."""
        value = node.field("value")
        heads = [self.expression(value, span)] if value is not None else []
        bodies: list[tuple[Statement, ...]] = []
        for child in node.named_children():
            kind = child.kind()
            if kind in {"when", "in_clause"}:
                parts = [part for part in child.named_children() if part.kind() not in {"then", "comment"}]
                asked = tuple(self.expression(part, UNKNOWN) for part in parts)
                heads.append(asked[0] if len(asked) == 1 else Sequence(*span, asked))
                bodies.append(self.block(child.field("body"), span))
            elif kind == "else":
                bodies.append(self.block(child, span))
        return Block(*span, "switch" if value is not None else "if", tuple(heads), tuple(bodies))

    def loop(self, node: SgNode, span: Span) -> Block:
        """`while`, `until`."""
        head = self.condition(node.field("condition"), span, negated=node.kind() == "until")
        return Block(*span, "while", (head,), (self.block(node.field("body"), span),))

    def for_each(self, node: SgNode, span: Span) -> Block:
        """`for a in b`."""
        pattern, value = node.field("pattern"), node.field("value")
        iterated = self.operands(value, span) if value is not None else ()
        target = self.target(pattern, span) if pattern is not None else Name(*span, "")
        self.bind((target,))
        bound = (Assign(span[0], span[0], (target,), iterated[0]),) if iterated else ()
        return Block(*span, "for", iterated[:1], ((*bound, *self.block(node.field("body"), span)),))

    def splice(self, node: SgNode, span: Span) -> Node:
        """BEGIN, END and the like: their statements."""
        return Block(*span, "begin", (), (self.block(node, span),))


_Statements.table = {
    **EXPRESSIONS,
    "assignment": _Statements.assignment,
    "operator_assignment": _Statements.augmented,
    "return": _Statements.returned,
    **dict.fromkeys(("break", "next", "redo", "retry"), _Statements.left),
    "yield": _Statements.yielded,
    **dict.fromkeys(("if", "unless"), _Statements.branches),
    **dict.fromkeys(("if_modifier", "unless_modifier", "while_modifier", "until_modifier"), _Statements.modified),
    "rescue_modifier": _Statements.rescued,
    **dict.fromkeys(("case", "case_match"), _Statements.case),
    **dict.fromkeys(("while", "until"), _Statements.loop),
    "for": _Statements.for_each,
    "begin": _Statements.begin,
    **dict.fromkeys(("begin_block", "end_block"), _Statements.splice),
    **dict.fromkeys(("method", "singleton_method"), _Statements.method),
    **dict.fromkeys(("class", "module"), _Statements.class_),
    "singleton_class": _Statements.singleton,
    **dict.fromkeys(("block", "do_block", "lambda"), _Statements.function),
}
