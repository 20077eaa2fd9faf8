"""Reads expressions: what a value is made of and who sets it."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from threat_modeling.codebase.syntax import (
    Assign,
    Attribute,
    Block,
    Call,
    Class,
    Evaluate,
    Function,
    Join,
    Literal,
    Mapping,
    Name,
    Node,
    Operation,
    Other,
    Return,
    Sequence,
    Subscript,
    Symbol,
    walk,
)
from threat_modeling.codebase.taint.filled import LANGUAGES as FILLED
from threat_modeling.codebase.taint.folding import fold
from threat_modeling.codebase.taint.frame import Frame
from threat_modeling.codebase.taint.site import Site
from threat_modeling.codebase.taint.typed import LANGUAGES as TYPED
from threat_modeling.codebase.taint.values import MAX_TEXT, NOTHING, UNKNOWN, FunctionRef, Taint, Value, either, merge_taints, tainted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from threat_modeling.codebase.syntax import Expression, Statement
    from threat_modeling.codebase.taint.values import Scope

MAX_FIELDS = 100
SELF = frozenset({"self", "this", "cls"})
TESTS = frozenset(
    {
        "==",
        "===",
        "!=",
        "!==",
        "<",
        ">",
        "<=",
        ">=",
        "in",
        "not in",
        "not",
        "!",
        "is",
        "is not",
        "instanceof",
        "typeof",
        "delete",
        "del",
        "void",
        "assert",
    }
)
"""Operators whose result is a truth value: nobody is harmed by it."""


PASSING = frozenset({"await", "...", "yield", "or", "and", "||", "&&", "??"})
"""Operators whose result is one of their operands."""


class Expressions(Frame):
    """The part of a frame that reads expressions; calls and statements stand in the classes built on it."""

    __slots__ = ()

    def evaluate(self, node: Node | None) -> Value:
        """Return what is known of an expression."""
        read = _READ.get(type(node))
        if read is None or node is None:
            return NOTHING
        if not self.engine.enter():
            return self.flat(node)
        value = read(self, node)
        self.engine.leave()
        return value

    def flat(self, node: Node) -> Value:
        """What an expression beyond the budget of depth carries: all that its names carry."""
        names = (part.id for part in islice(walk(node), 500) if isinstance(part, Name))
        return Value(taints=merge_taints(value.taints for name in names if (value := self.scope.get(name))))

    def literal(self, node: Literal) -> Value:
        """A constant."""
        text = node.value[:MAX_TEXT] if isinstance(node.value, str) else None
        return Value(constant=node.value, text=text, node=node)

    def name(self, node: Name) -> Value:
        """What a name holds: a local, what an import binds, or just its name."""
        known = self.scope.get(node.id)
        if known is not None:
            return known
        if node.id == "this" and self.klass is not None and self.module.language in FILLED:
            return Value(name="this", instance=self.klass, node=node)
        imported = self.module.imports.get(node.id)
        if imported is None and node.id[:1].isalpha() and self.module.language in FILLED:
            found = self.engine.definition(self, node.id)
            if found is not None:
                return found if found.name else replace(found, name=node.id)
        if imported is None and node.id[:1].isupper() and self.module.language in TYPED:
            found = self.engine.definition(self, node.id)
            if found is not None and found.klass is not None:
                return found
        if imported is not None:
            value = Value(name=imported_name(*imported), node=node)
            found = self.engine.definition(self, node.id)
            value = value if found is None else found if found.name else replace(found, name=value.name)
        else:
            value = Value(name=node.id, node=node)
        value = self.sourced(value, node)
        if imported is None or value.taints:
            return value
        self.scope_of_module().names.setdefault(node.id, value)
        return value

    def scope_of_module(self) -> Scope:
        """The outermost scope: what an import binds holds in the whole file."""
        scope = self.scope
        while scope.parent is not None:
            scope = scope.parent
        return scope

    def sourced(self, value: Value, node: Node) -> Value:
        """Return the value, tainted where its name is one that an attacker sets."""
        if value.name:
            for _, read in self.pack.sources.get(value.name):
                taint = Taint(source=self.hop("source", value.name, node), clean=frozenset(read.safe_for))
                return replace(value, taints=merge_taints([(taint,), value.taints]))
        return value

    def used(self, value: Value, node: Node) -> None:
        """Try the rules on names that are used."""
        if value.name and self.pack.reads:
            entries = list(self.pack.reads.get(value.name))
            if entries:
                self.match(entries, Site(node, value.name, value=(node, value), context=self.context()))

    def attribute(self, node: Attribute) -> Value:
        """`owner.name`."""
        if isinstance(node.object, Name):
            known = self.stored(node.object.id, node.name)
            if known is not None:
                return known
        return self.member(self.evaluate(node.object), node)

    def member(self, owner: Value, node: Attribute) -> Value:
        """Return what is known of an attribute of a value that was read already."""
        if isinstance(node.object, Name) and node.object.id in self.module.imports and not (owner.klass or owner.function or owner.fields):
            found = self.engine.definition(self, f"{node.object.id}.{node.name}")
            if found is not None:
                return found if found.name else replace(found, name=f"{owner.name}.{node.name}")
        if node.name[:1].isupper() and self.module.language in TYPED and owner.name.islower():
            found = self.engine.type(self, f"{owner.name}.{node.name}")
            if found is not None:
                return found
        value = self.sourced(owner.get(node.name), node)
        self.used(value, node)
        return value

    def stored(self, owner: str, name: str) -> Value | None:
        """What an attribute of a name was set to in this function, or in its class."""
        known = self.scope.get(f"{owner}.{name}")
        if known is None and owner in SELF and self.klass is not None:
            known = self.klass.attributes.get(f"self.{name}")
        return known

    def subscript(self, node: Subscript) -> Value:
        """`owner[index]`."""
        owner = self.evaluate(node.object)
        index = self.evaluate(node.index)
        if owner.elements is not None and isinstance(index.constant, int) and -len(owner.elements) <= index.constant < len(owner.elements):
            return owner.elements[index.constant]
        if isinstance(index.constant, str):
            value = self.sourced(owner.get(index.constant), node)
            self.used(value, node)
            return value
        return Value(taints=owner.taints, name=owner.name)

    def join(self, node: Join) -> Value:
        """A text with parts."""
        return self.text_of([self.evaluate(part) for part in node.parts], node)

    def text_of(self, parts: list[Value], node: Node) -> Value:
        """Return text joined from parts: its constant parts, and the taints that its beginning does not make safe."""
        text = "".join(part.text if part.text is not None else str(part.constant) if part.constant is not UNKNOWN else "{}" for part in parts)[
            :MAX_TEXT
        ]
        constant = text if all(part.constant is not UNKNOWN for part in parts) else UNKNOWN
        taints = tainted(parts, joined=True)
        if taints:
            taints = self.prefixed(taints, parts)
        return self.built(Value(taints=taints, constant=constant, text=text, node=node), node)

    def built(self, value: Value, node: Node) -> Value:
        """Try the rules on a text that is built from tainted parts; returns it."""
        if value.taints and value.text:
            entries = [entry for pattern, entry in self.pack.texts if pattern.search(value.text)]
            if entries:
                self.match(entries, Site(node, "text", value=(node, value), context=self.context()))
        return value

    def prefixed(self, taints: tuple[Taint, ...], parts: list[Value]) -> tuple[Taint, ...]:
        """Mark the taints with what the constant beginning of a text makes safe."""
        beginning = ""
        for part in parts:
            if part.taints or part.constant is UNKNOWN:
                break
            beginning += str(part.constant)
        labels = frozenset(label for pattern, prefix in self.pack.prefixes if pattern.match(beginning) for label in prefix.cleans)
        return tuple(replace(taint, clean=taint.clean | labels) for taint in taints) if labels else taints

    def operation(self, node: Operation) -> Value:
        """An operator: folded where its operands are constant."""
        values = [self.evaluate(operand) for operand in node.operands]
        folded = fold(node.operator, [value.constant for value in values])
        if folded is not UNKNOWN:
            return Value(constant=folded, text=folded if isinstance(folded, str) else None, node=node)
        if node.operator in TESTS:
            return NOTHING
        if node.operator == "+":
            return self.text_of(values, node)
        if node.operator == "?:" and len(values) == 3:
            known = values[0].constant
            values = values[1:] if known is UNKNOWN else [values[1] if known else values[2]]
        elif node.operator not in PASSING:
            return Value(taints=tainted(values), node=node)
        return either(values)

    def sequence(self, node: Sequence) -> Value:
        """A list, by element."""
        values = tuple(self.evaluate(element) for element in node.elements)
        spread = any(isinstance(element, Operation) and element.operator == "..." for element in node.elements)
        return Value(taints=tainted(values), elements=None if spread else values[:MAX_FIELDS], node=node)

    def mapping(self, node: Mapping) -> Value:
        """A mapping, by key."""
        fields: dict[str, Value] = {}
        others: list[Value] = []
        outer = self.assigning
        for key, expression in node.entries[:MAX_FIELDS]:
            name = key.value if isinstance(key, Literal) and isinstance(key.value, str) else key.id if isinstance(key, Name) else None
            self.assigning = f"{outer}.{name}" if name else outer
            value = self.evaluate(expression)
            if key is None and value.fields:
                fields.update(value.fields)
            elif key is None or name is None:
                others.append(value)
                others.append(self.evaluate(key))
            else:
                fields[name] = value if value.node is not None else replace(value, node=expression)
                self.keyed(name, expression, fields[name])
        self.assigning = outer
        return Value(taints=tainted([*fields.values(), *others]), fields=fields, node=node)

    def keyed(self, name: str, node: Expression, value: Value) -> None:
        """Try the rules on keys of mappings."""
        entries = list(self.pack.keys.get(name))
        if entries:
            self.match(entries, Site(node, name, value=(node, value), context=self.context()))

    def other(self, node: Other) -> Value:
        """A construct without a node of its own: its parts in order, and all that they carry."""
        if node.kind == "regex":
            return self.pattern(node)
        values = []
        for child in node.children:
            if isinstance(child, Assign | Block | Evaluate | Return):
                self.execute((child,))
            else:
                values.append(self.evaluate(child))
        if len(values) == 1:
            return values[0]
        return Value(taints=tainted(values), node=node)

    def pattern(self, node: Other) -> Value:
        """A regular expression literal: its pattern, without slashes and flags."""
        written = next((part.value for part in node.children if isinstance(part, Literal)), None)
        pattern = written[1:].rpartition("/")[0] if isinstance(written, str) else ""
        return Value(constant=pattern, text=pattern, name="RegExp", node=node)

    def function(self, node: Function) -> Value:
        """A function as a value; its body is read after the one around it."""
        ref = FunctionRef(node, self.module, self.scope, self.klass)
        self.pending.append(ref)
        return Value(function=ref, node=node)

    def class_(self, node: Class) -> Value:
        """A class as a value; where it has no name, nothing but this value leads to its methods."""
        if not node.name and self.module.language in TYPED:
            self.execute((node,))
        return Value(klass=self.engine.class_ref(node, self.module, self.scope), node=node)

    def call(self, node: Call) -> Value:
        """Read a call; see calls.py."""
        raise NotImplementedError

    def execute(self, body: Iterable[Statement]) -> None:
        """Read statements; see statements.py."""
        raise NotImplementedError


def imported_name(module: str, name: str) -> str:
    """The dotted name of what an import binds: `flask.request`, `child_process.exec`."""
    module = module.removeprefix("node:").strip("./").replace("::", ".").replace("/", ".")
    return f"{module}.{name}" if name and name not in {"default", "*"} else module


_READ: dict[type, Callable[[Expressions, Any], Value]] = {
    Literal: Expressions.literal,
    Symbol: Expressions.literal,
    Name: Expressions.name,
    Attribute: Expressions.attribute,
    Subscript: Expressions.subscript,
    Join: Expressions.join,
    Operation: Expressions.operation,
    Sequence: Expressions.sequence,
    Mapping: Expressions.mapping,
    Other: Expressions.other,
    Function: Expressions.function,
    Class: Expressions.class_,
    Call: lambda frame, node: frame.call(node),
}
