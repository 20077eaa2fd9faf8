"""Reads statements: what names hold after each of them, branch by branch."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from threat_modeling.codebase.syntax import (
    Assign,
    Attribute,
    Block,
    Call,
    Class,
    Evaluate,
    Export,
    Expression,
    Function,
    Import,
    Mapping,
    Name,
    Operation,
    Other,
    Return,
    Sequence,
    Subscript,
    dotted,
)
from threat_modeling.codebase.syntax import Literal as Constant
from threat_modeling.codebase.taint import filled
from threat_modeling.codebase.taint.calls import Calls
from threat_modeling.codebase.taint.expressions import SELF, imported_name
from threat_modeling.codebase.taint.filled import LANGUAGES as FILLED
from threat_modeling.codebase.taint.site import Site
from threat_modeling.codebase.taint.typed import LANGUAGES as TYPED
from threat_modeling.codebase.taint.typed import declared
from threat_modeling.codebase.taint.values import NOTHING, UNKNOWN, FunctionRef, Scope, Value, either, merge_taints

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from threat_modeling.codebase.syntax import Statement
    from threat_modeling.codebase.taint.site import Argument
    from threat_modeling.codebase.taint.values import ClassRef, Taint

LEAVING = frozenset({"abort", "sys.exit", "exit", "quit", "os._exit", "process.exit", "fail"})
CONTROL = ("break", "continue")


class Statements(Calls):
    """A frame that reads whole bodies."""

    __slots__ = ()

    def execute(self, body: Iterable[Statement]) -> None:
        """Read statements in order."""
        for statement in body:
            run = _RUN.get(type(statement))
            if run is None:
                self.evaluate(statement)
            elif self.engine.enter():
                run(self, statement)
                self.engine.leave()

    def imported(self, node: Import) -> None:
        """Try the rules on imports; names are bound when they are used."""
        names = {imported_name(node.module, ""), imported_name(node.module, node.name)}
        for name in sorted(names):
            entries = list(self.pack.imports.get(name))
            if entries:
                self.match(entries, Site(node, name, context=self.context()))

    def evaluated(self, node: Evaluate) -> None:
        """An expression standing alone."""
        self.evaluate(node.value)

    def returned_(self, node: Return) -> None:
        """return, yield, raise."""
        value = self.evaluate(node.value)
        if node.operator == "raise":
            return
        self.returned.append(value)
        if self.returns and node.value is not None:
            given = value.elements[0] if value.elements and isinstance(node.value, Sequence) else value
            self.match(self.returns, Site(node, "return", value=(node.value, given), context=self.context()))

    def assign(self, node: Assign) -> None:
        """One value, its targets."""
        outer, self.assigning = self.assigning, dotted(node.targets[0]).removesuffix("[]") if node.targets else ""
        if isinstance(node.targets[0] if node.targets else None, Subscript):
            self.assigning = self.target_name(node.targets[0]) or self.assigning
        value = self.evaluate(node.value)
        if node.annotation is not None and self.module.language in FILLED:
            value = self.filled_variable(node, value)
        elif node.annotation is not None and self.module.language in TYPED:
            value = declared(self.module, node.annotation, value)
            if node.value is None:
                self.scope.names.update({target.id: value for target in node.targets if isinstance(target, Name)})
        for target in node.targets:
            if node.operator == "+=":
                self.bind(target, self.text_of([self.evaluate(target), value], node), node)
            elif node.value is not None:
                self.bind(target, value, node)
        self.assigning = outer

    def filled_variable(self, node: Assign, value: Value) -> Value:
        """What a variable of Go or C# holds that is declared with a type: an object of the project's, or what the type names."""
        typed_ = self.evaluate(node.annotation)
        if typed_.klass is not None and value.instance is None:
            value = replace(value, instance=typed_.klass)
        value = filled.declared(self.module, node.annotation, value)
        if node.value is None:
            self.scope.names.update({target.id: value for target in node.targets if isinstance(target, Name)})
        return value

    def bind(self, target: Expression, value: Value, node: Assign) -> None:
        """Give a target its value."""
        if isinstance(target, Sequence):
            for position, element in enumerate(target.elements):
                elements = value.elements
                given = (
                    elements[position]
                    if elements is not None and len(elements) == len(target.elements)
                    else Value(taints=value.taints, name=value.name)
                )
                self.bind(element, given, node)
        elif isinstance(target, Mapping):
            for key, element in target.entries:
                name = key.value if isinstance(key, Constant) else key.id if isinstance(key, Name) else None
                self.bind(element, self.sourced(value.get(name), node) if isinstance(name, str) else value, node)
        elif isinstance(target, Operation) and target.operands:
            self.bind(target.operands[0], value, node)
        else:
            self.bind_one(target, value, node)

    def bind_one(self, target: Expression, value: Value, node: Assign) -> None:
        """Give one name, attribute or element its value."""
        name = self.target_name(target)
        if not name:
            return
        entries = list(self.pack.assigns.get(name))
        if entries and node.value is not None:
            self.match(entries, Site(node, name, value=(node.value, value), context=self.context()))
        written = dotted(target)
        if value.taints:
            value = replace(value, taints=tuple(taint.via(self.hop("process", written, node)) for taint in value.taints))
        if isinstance(target, Name):
            self.scope.names[target.id] = Value(name=value.name) if filled.is_error(self, target) else value
        elif isinstance(target, Attribute) and isinstance(target.object, Name):
            self.attribute_set(target.object.id, target.name, value)
        elif isinstance(target, Subscript) and isinstance(target.object, Name):
            self.element_set(target.object.id, target.index, value)

    def target_name(self, target: Expression) -> str:
        """The dotted name that a target stands for, with import aliases and constant keys resolved."""
        if isinstance(target, Name):
            return target.id
        if isinstance(target, Attribute):
            owner = self.evaluate(target.object).name or dotted(target.object)
            return f"{owner or '?'}.{target.name}"
        if isinstance(target, Subscript):
            owner = self.evaluate(target.object).name or dotted(target.object)
            index = self.evaluate(target.index).constant
            return f"{owner or '?'}.{index}" if isinstance(index, str) else owner
        return ""

    def attribute_set(self, owner: str, name: str, value: Value) -> None:
        """`owner.name = value`: kept for this function, and for the other methods of the class where the owner is self."""
        self.scope.names[f"{owner}.{name}"] = value
        if owner in SELF and self.klass is not None:
            kept = replace(value, taints=tuple(taint for taint in value.taints if taint.source is not None))
            known = self.klass.attributes.get(f"self.{name}")
            self.klass.attributes.names[f"self.{name}"] = kept if known is None else either([known, kept])
        elif owner not in SELF:
            self.tainted_by(owner, value.taints)

    def element_set(self, owner: str, index: Expression, value: Value) -> None:
        """`owner[index] = value`."""
        key = self.evaluate(index).constant
        known = self.scope.get(owner)
        if known is not None and known.fields is not None and isinstance(key, str):
            self.scope.names[owner] = replace(known, fields={**known.fields, key: value}, taints=merge_taints([known.taints, value.taints]))
        else:
            self.tainted_by(owner, value.taints)

    def tainted_by(self, owner: str, taints: tuple[Taint, ...]) -> None:
        """Keep in an object what was stored in it."""
        known = self.scope.get(owner)
        if taints and known is not None:
            self.scope.names[owner] = replace(known, taints=merge_taints([known.taints, taints]), constant=UNKNOWN)

    def block(self, node: Block) -> None:
        """Loops, with, try; branches in branching()."""
        if node.kind in {"if", "switch"}:
            self.branching(node)
            return
        bound = {id(body[0].value) for body in node.bodies if body and isinstance(body[0], Assign)}
        for head in node.heads:
            if id(head) not in bound:
                self.evaluate(head)
        repeated = node.kind in {"for", "while", "do"} and self.loop == 0
        known = dict(self.scope.names) if repeated else {}
        self.loop += 1
        self.bodies(node)
        if repeated and _carries(known, self.scope):
            self.bodies(node)
        self.loop -= 1

    def bodies(self, node: Block) -> None:
        """The bodies of a block, each once; a loop's may not run at all."""
        for body in node.bodies:
            before = self.scope
            self.scope = before.branch()
            self.execute(body)
            before.join([before.branch(), self.scope] if node.kind in {"for", "while"} else [self.scope])
            self.scope = before

    def branching(self, node: Block) -> None:
        """Read if and switch: every branch on a copy, with what its condition rules out; branches that leave do not come back."""
        before, ends = self.scope, []
        constants = [self.evaluate(head) for head in node.heads]
        otherwise = before.branch()
        if node.kind == "switch" and len(node.heads) == len(node.bodies) + 1:
            self.cases(node, constants[0])
            return
        for position, body in enumerate(node.bodies):
            head = node.heads[position] if node.kind == "if" and position < len(node.heads) else None
            known = constants[position].constant if head is not None and is_certain(head) else UNKNOWN
            if known is not UNKNOWN and not known:
                continue
            self.scope = otherwise.branch()
            self.rule_out(head, holds=True)
            self.execute(body)
            if not leaves(body) or (self.module.language in TYPED and _breaks(body)):
                ends.append(self.scope)
            self.scope = otherwise
            self.rule_out(head, holds=False)
            if known is not UNKNOWN:
                break
        else:
            if node.kind != "if" or len(node.bodies) <= len(node.heads):
                ends.append(otherwise)
        self.scope = before
        before.join(ends or [otherwise])

    def cases(self, node: Block, given: Value) -> None:
        """Read a switch with a head for each body: the case of a constant alone, or each on a copy."""
        before, ends, value = self.scope, [], given.constant
        tests = [head for head in node.heads[1:] if isinstance(head, Operation)]
        chosen = [_selects(head, value) for head in tests] if value is not UNKNOWN and len(tests) == len(node.bodies) else []
        defaults = [head.operator == "default" for head in tests]
        if any(chosen):
            defaults = chosen
        for position, body in enumerate(node.bodies):
            if chosen and not defaults[position]:
                continue
            self.scope = before.branch()
            if self.module.language == "rust":  # the pattern of an arm binds what it holds
                self.bind(node.heads[position + 1], given, Assign(node.heads[0].line, node.heads[0].end, (), None))
            self.execute(body)
            if not leaves(body):
                ends.append(self.scope)
            self.scope = before
        before.join([*ends, *([] if any(defaults) else [before.branch()])] or [before.branch()])

    def rule_out(self, head: Expression | None, *, holds: bool) -> None:
        """Note what a condition makes safe in the current scope."""
        if head is not None:
            for taints, labels in self.guarded(head, holds=holds):
                self.scope.clean(taints, labels)

    def function_statement(self, node: Function) -> None:
        """A definition: decorators now, the body after the one around it."""
        for decorator in node.decorators:
            self.decorated(decorator)
        for parameter in node.parameters:
            self.evaluate(parameter.default)
        ref = FunctionRef(node, self.module, self.scope, self.klass)
        if node.name:
            self.scope.names[node.name] = Value(function=ref, name=node.name, node=node)
        if node.name in {"__init__", "constructor"}:
            self.pending.insert(0, ref)
        else:
            self.pending.append(ref)

    def decorated(self, decorator: Expression) -> None:
        """Try the rules on decorators; a decorator with arguments is a call as well."""
        if isinstance(decorator, Call):
            callee, owner = self.callee(decorator)
            site = self.site(decorator, callee, owner)
            self.match(list(self.pack.calls.get(site.name)), site)
        else:
            site = Site(decorator, self.evaluate(decorator).name, context=self.context())
        self.match(list(self.pack.decorators.get(site.name)), site)

    def class_statement(self, node: Class) -> None:
        """A class: its body now, its methods after."""
        ref = self.engine.class_ref(node, self.module, self.scope)
        if node.name:
            self.scope.names[node.name] = Value(klass=ref, name=node.name, node=node)
        for decorator in node.decorators:
            self.decorated(decorator)
        for base in node.bases:
            name = self.evaluate(base).name
            entries = list(self.pack.bases.get(name)) if name else []
            if entries:
                self.match(entries, Site(base, name, keywords=self.methods(node, ref), context=(*self.context(), node.name)))
        inner = type(self)(self.engine, self.module, self.pack, Scope({}, self.scope), FunctionRef(_BODY, self.module, self.scope, ref), node.name)
        if self.module.language in TYPED:
            self.engine.bodies[ref.node.line, self.module.path, node.name] = inner.scope
        inner.execute(node.body)
        for name, value in inner.scope.names.items():
            if value.function is None:
                ref.attributes.names.setdefault(f"self.{name}", value)
        self.pending.extend(inner.pending)

    def methods(self, node: Class, ref: ClassRef) -> dict[str, Argument]:
        """The methods of a class by their names, for rules on its bases."""
        own = (member for member in node.body if isinstance(member, Function))
        return {member.name: (member, Value(function=FunctionRef(member, self.module, self.scope, ref))) for member in own}

    def export(self, node: Export) -> None:
        """What a file gives to others."""
        if isinstance(node.value, Function | Class) and node.value.name:
            self.execute((node.value,))
            value = self.scope.get(node.value.name) or NOTHING
        elif isinstance(node.value, Assign | Block | Evaluate):
            self.execute((node.value,))
            return
        else:
            value = self.evaluate(node.value)
        self.scope.names[f"exports.{node.name}"] = value

    def other_statement(self, node: Other) -> None:
        """A statement without a node of its own."""
        self.other(node)


def _carries(known: dict[str, Value], after: Scope) -> bool:
    """Tell whether the first turn of a loop leaves something for the next: a taint, or another value for a name from before it."""
    changed = ((name, value) for name, value in after.names.items() if known.get(name) is not value)
    return any(value.taints or name in known for name, value in changed)


def _breaks(body: tuple[Statement, ...]) -> bool:
    """Tell a body that ends a loop: what it set holds after the loop."""
    return isinstance(body[-1], Other) and body[-1].kind == "break_statement"


def _selects(head: Operation, value: object) -> bool:
    """Tell whether a case is the one for a constant."""
    return any(isinstance(operand, Constant) and operand.value == value for operand in head.operands)


_BODY = Function(1, 1, "")
"""Stands for the body of a class where a function is asked for."""


def leaves(body: tuple[Statement, ...]) -> bool:
    """Tell whether control never passes the end of a body."""
    if not body:
        return False
    final = body[-1]
    if isinstance(final, Return):
        return final.operator != "yield"
    if isinstance(final, Other):
        return final.kind.startswith(CONTROL)
    if isinstance(final, Evaluate):
        value = final.value.operands[0] if isinstance(final.value, Operation) and final.value.operands else final.value
        return isinstance(value, Call) and dotted(value.callee) in LEAVING
    return isinstance(final, Block) and final.kind == "if" and len(final.bodies) > len(final.heads) and all(leaves(branch) for branch in final.bodies)


def is_certain(head: Expression) -> bool:
    """Tell a condition of literals and local arithmetic, not one on a setting that a deployment may change."""
    return isinstance(head, Constant) or (
        isinstance(head, Operation) and not any(isinstance(part, Name) and part.id.isupper() for part in head.operands)
    )


_RUN: dict[type, Callable[[Statements, Any], None]] = {
    Import: Statements.imported,
    Assign: Statements.assign,
    Return: Statements.returned_,
    Evaluate: Statements.evaluated,
    Block: Statements.block,
    Function: Statements.function_statement,
    Class: Statements.class_statement,
    Export: Statements.export,
    Other: Statements.other_statement,
}
