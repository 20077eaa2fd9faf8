r"""PHP: ast-grep's grammar lowered to the one syntax tree.

What PHP has and the tree spells otherwise:
- markup around `<?php ... ?>` is left out (php/tags.py); `echo`, `print`, `include`, `exit` are calls of that name;
- a variable keeps its dollar ("$a"), so that it never hides a function; `$this` is `this`; properties have none, as `$this->a` reads them;
- `->`, `?->` and `::` are Attributes, the backslashes of a namespace are dots;
- attributes and the annotations of a doc comment are decorators, `private`, `protected`, `static` and `abstract` too;
- `__construct` has the name `constructor`; `use SomeTrait;` is a call of `use`; an interface is a Class with the keyword `interface`;
- `use A\B as C` is the Import ("A.B", "", "C"); a class of the same namespace that the file does not define is an Import as well;
- an array without keys is a Sequence, with keys a Mapping; `.` is a Join; `(int) $a` is a call of intval.
"""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING, Final
from weakref import WeakKeyDictionary

from ast_grep_py import SgRoot

from threat_modeling.codebase.php.autoload import Autoload
from threat_modeling.codebase.php.definitions import Definitions
from threat_modeling.codebase.php.expressions import EXPRESSIONS, Expressions
from threat_modeling.codebase.php.nodes import SKIPPED, UNKNOWN, Span, span_of
from threat_modeling.codebase.php.tags import code_of
from threat_modeling.codebase.syntax import (
    Assign,
    Block,
    Class,
    Evaluate,
    Export,
    Expression,
    Function,
    Import,
    Module,
    Name,
    Node,
    Other,
    Return,
    Statement,
)

if TYPE_CHECKING:
    from ast_grep_py import SgNode

    from threat_modeling.codebase.languages import Files

EXTENSIONS: Final = {".php": "php", ".phtml": "php", ".php5": "php", ".php7": "php", ".inc": "php", ".module": "php"}

_BODIES: Final = frozenset({"compound_statement", "colon_block"})
_AUTOLOADS: WeakKeyDictionary[Files, Autoload] = WeakKeyDictionary()
"""The files of a target by the classes they are loaded for."""


def lower(path: str, source: str) -> Module:
    """The syntax tree of one file; what does not parse is counted in `errors` and the rest is kept."""
    lowering = _Statements()
    collecting = gc.isenabled()
    gc.disable()  # a tree has no cycles; looking for some while it grows costs more than the parse
    try:
        root = SgRoot(code_of(source.removeprefix("\ufeff")), "php").root()
        lowering.errors += root.kind() == "ERROR"
        body = lowering.block(root, UNKNOWN)
    finally:
        if collecting:
            gc.enable()
    imports = {**lowering.neighbors(body), **lowering.imports}
    added = tuple(Import(1, 1, module, "", alias) for alias, (module, _) in imports.items())
    exports = [Export(node.line, node.line, "default", Name(node.line, node.line, node.name)) for node in body if isinstance(node, Class)][:1]
    return Module(path, "php", (*added, *body, *exports), lowering.errors, source.count("\n") + 1, imports)


def resolve(files: Files, importer: str, module: str) -> str | None:
    """The file of the target that a class is loaded from."""
    if files not in _AUTOLOADS:
        _AUTOLOADS[files] = Autoload(files)
    return _AUTOLOADS[files].resolve(importer, module)


class _Statements(Definitions, Expressions):
    """One file's statements; gathers its imports."""

    def __init__(self) -> None:
        super().__init__()
        self.imports: dict[str, tuple[str, str]] = {}
        self.namespace = ""

    def neighbors(self, body: tuple[Statement, ...]) -> dict[str, tuple[str, str]]:
        """Classes that the file uses and neither defines nor imports: they are of its own namespace."""
        own = {node.name for node in body if isinstance(node, Class)}
        heads = {name.partition(".")[0] for name in self.classes}
        prefix = f"{self.namespace}." if self.namespace else ""
        return {head: (prefix + head, "") for head in sorted(heads) if head not in own and head[:1].isupper()}

    def block(self, node: SgNode | None, span: Span) -> tuple[Statement, ...]:
        """The statements below a node; a doc comment belongs to what follows it."""
        statements: list[Statement] = []
        for child in node.named_children() if node is not None else ():
            kind = child.kind()
            if kind == "comment":
                own = span if span[0] == span[1] else span_of(child)
                self.comment = (child.text(), own[1])
            elif kind not in SKIPPED:
                statements.extend(self.statement(child, span, kind))
                self.comment = None
        return tuple(statements)

    def statement(self, node: SgNode, span: Span, kind: str | None = None) -> tuple[Statement, ...]:
        """A node as statements: a declaration of several names is several."""
        lowered = self.lower(node, span, kind)
        if isinstance(lowered, Block) and lowered.kind == "several":
            return lowered.bodies[0]
        if isinstance(lowered, Import | Assign | Return | Evaluate | Block | Function | Class | Other):
            return (lowered,)
        return (Evaluate(lowered.line, lowered.end, lowered),)  # type: ignore[arg-type]

    def several(self, found: list[Assign], span: Span) -> Node:
        """Several statements in the place of one; `statement` opens it."""
        return Block(*span, "several", (), (tuple(found),))

    def evaluated(self, node: SgNode, span: Span) -> Node:
        """An expression standing as a statement."""
        for child in node.named_children():
            kind = child.kind()
            if kind not in SKIPPED:
                return self.lower(child, span, kind)
        return Other(*span, "empty")

    def namespaced(self, node: SgNode, span: Span) -> Node:
        r"""`namespace A\B;`, or with its body in braces."""
        name, body = node.field("name"), node.field("body")
        self.namespace = name.text().replace("\\", ".") if name is not None else ""
        return Block(*span, "several", (), (self.block(body, span),))

    def imported(self, node: SgNode, span: Span) -> Node:
        r"""`use A\B;`, `use A\{B, C as D};`: functions and constants too."""
        prefix = ""
        for child in node.named_children():
            kind = child.kind()
            if kind == "namespace_name":
                prefix = child.text().replace("\\", ".") + "."
            elif kind == "namespace_use_group":
                for clause in child.named_children():
                    self.use(clause, prefix)
            elif kind == "namespace_use_clause":
                self.use(child, prefix)
        return Block(*span, "several", (), ((),))

    def use(self, node: SgNode, prefix: str) -> None:
        """One name of a `use`."""
        parts = [child.text() for child in node.named_children() if child.kind() in {"name", "qualified_name", "namespace_name"}]
        if parts:
            module = prefix + parts[0].strip("\\").replace("\\", ".")
            self.imports[parts[1] if len(parts) > 1 else module.rpartition(".")[2]] = (module, "")

    def assignment(self, node: SgNode, span: Span) -> Node:
        """`a = b`, `a = b = c`, `a = &b`."""
        targets: list[Expression] = []
        current: SgNode | None = node
        value: Expression | None = None
        while current is not None and len(targets) < 20:
            left, right = current.field("left"), current.field("right")
            current = None
            if left is not None:
                targets.append(self.expression(left, span))
            if right is not None and right.kind() == "assignment_expression":
                current = right
            elif right is not None:
                value = self.expression(right, span)
        return Assign(*span, tuple(targets), value)

    def augmented(self, node: SgNode, span: Span) -> Node:
        """`a .= b`, `a ??= b`."""
        left, operator, right = node.field("left"), node.field("operator"), node.field("right")
        if left is None or right is None:
            return self.other(node, span)
        sign = operator.kind() if operator is not None else "="
        return Assign(*span, (self.expression(left, span),), self.expression(right, span), {".=": "+="}.get(sign, sign))

    def returned(self, node: SgNode, span: Span) -> Return:
        """`return a`, `throw a`, `yield a`."""
        parts = self.operands(node, span)
        kind = node.kind()
        operator = "raise" if kind.startswith("throw") else "yield" if kind.startswith("yield") else "return"
        return Return(*span, parts[0] if parts else None, operator)

    def left(self, node: SgNode, span: Span) -> Other:
        """`break`, `continue`."""
        return Other(*span, node.kind().removesuffix("_statement"))

    def branches(self, node: SgNode, span: Span) -> Block:
        """`if`: an `elseif` adds its head and body to the same Block."""
        heads: list[Expression] = []
        bodies: list[tuple[Statement, ...]] = []
        self.branch(node, span, heads, bodies)
        for child in node.named_children():
            if child.kind() == "else_if_clause":
                self.branch(child, span, heads, bodies)
            elif child.kind() == "else_clause":
                bodies.append(self.body(child.field("body"), span))
        if len(bodies) == len(heads) + 1 and len(bodies[-1]) == 1:
            nested = bodies[-1][0]
            if isinstance(nested, Block) and nested.kind == "if":
                return Block(*span, "if", (*heads, *nested.heads), (*bodies[:-1], *nested.bodies))
        return Block(*span, "if", tuple(heads), tuple(bodies))

    def branch(self, node: SgNode, span: Span, heads: list[Expression], bodies: list[tuple[Statement, ...]]) -> None:
        """Condition and body of one branch."""
        condition = node.field("condition")
        heads.append(self.expression(condition, span) if condition is not None else Name(*span, ""))
        bodies.append(self.body(node.field("body"), span))

    def body(self, node: SgNode | None, span: Span) -> tuple[Statement, ...]:
        """A branch, which may be one statement without braces."""
        if node is None:
            return ()
        kind = node.kind()
        return (
            self.block(node, span) if kind in {"compound_statement", "colon_block"} else () if kind in SKIPPED else self.statement(node, span, kind)
        )

    def loop(self, node: SgNode, span: Span) -> Block:
        """`while`, `do`, `for`."""
        body = node.field("body")
        heads = [
            self.expression(child, span, kind)
            for child in node.named_children()
            if (kind := child.kind()) not in SKIPPED
            and kind not in {"compound_statement", "colon_block"}
            and (body is None or child.range() != body.range())
        ]
        return Block(*span, "for" if node.kind() == "for_statement" else "while", tuple(heads), (self.body(body, span),))

    def for_each(self, node: SgNode, span: Span) -> Block:
        """`foreach ($a as $k => $v)`: the value is assigned first in the body."""
        body = node.field("body")
        parts = [child for child in node.named_children() if child.kind() not in SKIPPED][:2]
        if len(parts) < 2:
            return Block(*span, "for", (), (self.body(body, span),))
        iterated = self.expression(parts[0], span)
        target = parts[1].named_children()[-1] if parts[1].kind() == "pair" else parts[1]
        bound = Assign(span[0], span[0], (self.expression(target, span),), iterated)
        return Block(*span, "for", (iterated,), ((bound, *self.body(body, span)),))

    def switch(self, node: SgNode, span: Span) -> Block:
        """`switch`: the value and each case's value are heads, each case a body."""
        condition, body = node.field("condition"), node.field("body")
        heads = [self.expression(condition, span)] if condition is not None else []
        bodies: list[tuple[Statement, ...]] = []
        for case in body.named_children() if body is not None else ():
            children = [child for child in case.named_children() if child.kind() not in SKIPPED]
            if case.kind() == "case_statement" and children:
                heads.append(self.expression(children[0], UNKNOWN))
                children = children[1:]
            bodies.append(tuple(statement for child in children for statement in self.statement(child, UNKNOWN)))
        return Block(*span, "switch", tuple(heads), tuple(bodies))

    def attempt(self, node: SgNode, span: Span) -> Block:
        """`try`: what is caught are heads, each clause a body."""
        heads: list[Expression] = []
        bodies = [self.block(node.field("body"), span)]
        for child in node.named_children():
            if child.kind() == "catch_clause":
                caught, name = child.field("type"), child.field("name")
                heads += self.operands(caught, UNKNOWN) if caught is not None else ()
                target = self.expression(name, UNKNOWN) if name is not None else None
                bound = (Assign(target.line, target.end, (target,), None),) if target is not None else ()
                bodies.append((*bound, *self.block(child.field("body"), span)))
            elif child.kind() == "finally_clause":
                bodies.append(self.block(child.field("body"), span))
        return Block(*span, "try", tuple(heads), tuple(bodies))

    def nothing(self, _node: SgNode, span: Span) -> Node:
        """What has no effect of its own: `declare`, `global`, `goto`, labels."""
        return Block(*span, "several", (), ((),))


_Statements.table = {
    **EXPRESSIONS,
    "expression_statement": _Statements.evaluated,
    "namespace_definition": _Statements.namespaced,
    "namespace_use_declaration": _Statements.imported,
    **dict.fromkeys(("assignment_expression", "reference_assignment_expression"), _Statements.assignment),
    "augmented_assignment_expression": _Statements.augmented,
    **dict.fromkeys(("return_statement", "throw_expression", "throw_statement", "yield_expression"), _Statements.returned),
    **dict.fromkeys(("break_statement", "continue_statement"), _Statements.left),
    "if_statement": _Statements.branches,
    **dict.fromkeys(("while_statement", "do_statement", "for_statement"), _Statements.loop),
    "foreach_statement": _Statements.for_each,
    "switch_statement": _Statements.switch,
    "try_statement": _Statements.attempt,
    **dict.fromkeys(("function_definition", "method_declaration", "anonymous_function", "arrow_function"), _Statements.function),
    **dict.fromkeys(
        ("class_declaration", "interface_declaration", "trait_declaration", "enum_declaration", "anonymous_class"),
        _Statements.class_,
    ),
    **dict.fromkeys(("property_declaration", "const_declaration", "function_static_declaration", "enum_case"), _Statements.properties),
    "use_declaration": _Statements.used_traits,
    **dict.fromkeys(("declare_statement", "global_declaration", "goto_statement", "named_label_statement"), _Statements.nothing),
}
