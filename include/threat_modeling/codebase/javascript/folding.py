"""Folds expressions of JavaScript to what they stand for, as far as that can be known without running anything."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from posixpath import dirname
from typing import TYPE_CHECKING, Any, ClassVar, Final

from threat_modeling.codebase.javascript.values import (
    ClassValue,
    Closure,
    Constant,
    Foreign,
    Frame,
    Given,
    Instance,
    Lazy,
    Listed,
    Namespace,
    Pattern,
    Record,
    Router,
    Value,
)
from threat_modeling.codebase.syntax import (
    Assign,
    Attribute,
    Call,
    Class,
    Expression,
    Function,
    Join,
    Literal,
    Mapping,
    Name,
    Operation,
    Other,
    Sequence,
    Subscript,
    dotted,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_MAX_BASES: Final = 5


class Folding(ABC):
    """The values of expressions; statements, calls and files are added by the classes above this one."""

    @abstractmethod
    def call(self, call: Call, frame: Frame) -> Value:
        """What a call stands for."""

    @abstractmethod
    def exported(self, path: str, name: str) -> Value:
        """What a file exports under a name."""

    @abstractmethod
    def exports(self, path: str, name: str) -> bool:
        """Whether a file itself exports a name."""

    @abstractmethod
    def assign(self, node: Assign, frame: Frame) -> None:
        """Bind what an assignment binds."""

    def settled(self, value: Value) -> Value:
        """A module that is used as a value stands for what it exports by default."""
        return self.exported(value.path, "default") if isinstance(value, Namespace) else value

    def value(self, node: Expression, frame: Frame) -> Value:
        """What an expression stands for; None where that can't be known."""
        if isinstance(node, Call):
            return self.call(node, frame)
        fold = self._FOLDS.get(type(node))
        return fold(self, node, frame) if fold is not None else None

    def _literal(self, node: Literal, _frame: Frame) -> Value:
        return Constant(node.value) if node.value is not None else None

    def _name(self, node: Name, frame: Frame) -> Value:
        if node.id == "__dirname":
            return Constant("/" + dirname(frame.module.path))
        return self.lookup(node.id, frame)

    def _attribute(self, node: Attribute, frame: Frame) -> Value:
        if node.name == "dirname" and dotted(node) == "import.meta.dirname":
            return Constant("/" + dirname(frame.module.path))
        return self.member(self.value(node.object, frame), node.name)

    def _subscript(self, node: Subscript, frame: Frame) -> Value:
        index = self.value(node.index, frame)
        return self.member(self.value(node.object, frame), str(index.value)) if isinstance(index, Constant) else None

    def _function(self, node: Function, frame: Frame) -> Value:
        return Closure(node, frame, frame.this)

    def _class(self, node: Class, frame: Frame) -> Value:
        return ClassValue(node, frame)

    def _sequence(self, node: Sequence, frame: Frame) -> Value:
        return Listed(list(self.spread(node.elements, frame)))

    def _other(self, node: Other, _frame: Frame) -> Value:
        source = node.children[0] if node.kind == "regex" and node.children else None
        return Pattern(str(source.value).rpartition("/")[0].removeprefix("/")) if isinstance(source, Literal) else None

    def member(self, value: Value, name: str) -> Value:
        """`value.name`."""
        found: Value = None
        if isinstance(value, Namespace):
            found = self.exported(value.path, name)
        elif isinstance(value, Record | Router):
            found = value.fields.get(name)
        elif isinstance(value, Instance):
            found = value.fields[name] if name in value.fields else self._method(value.of, name, value)
        elif isinstance(value, ClassValue):
            found = self._static(value, name)
        elif isinstance(value, Foreign):
            found = Foreign(value.name if name == "default" else f"{value.name}.{name}", value.arguments)
        elif isinstance(value, Listed) and name.isdigit() and int(name) < len(value.items):
            found = value.items[int(name)]
        return found

    def lookup(self, name: str, frame: Frame) -> Value:
        """What a name stands for."""
        if name == "this":
            return frame.this
        holder = frame.holder(name)
        return self._force(holder.names, name) if holder is not None else None

    def _force(self, names: dict[str, Value | Lazy], name: str) -> Value:
        found = names[name]
        if not isinstance(found, Lazy):
            return found
        if found.pending:
            return None
        found.pending = True
        value = found.find()
        if names.get(name) is found:
            names[name] = value
        found.pending = False
        return value

    def _text(self, node: Join, frame: Frame) -> Value:
        parts = []
        for part in node.parts:
            value = self.settled(self.value(part, frame))
            name = re.sub(r"\W+", "_", dotted(part).rpartition(".")[2]) or "value"
            parts.append(str(value.value) if isinstance(value, Constant) else f"{{{name}}}")
        return Constant("".join(parts))

    def _operation(self, node: Operation, frame: Frame) -> Value:
        operands = node.operands
        if node.operator in {"await", ","}:
            return [self.value(operand, frame) for operand in operands][-1]
        if node.operator in {"||", "??", "?:"}:
            choices = operands[1:] if node.operator == "?:" else operands
            known = (self.value(operand, frame) for operand in choices)
            return next((value for value in known if value is not None and not isinstance(value, Given | Foreign)), None) or self.value(
                choices[-1], frame
            )
        if node.operator == "&&":
            return self.value(operands[-1], frame)
        if node.operator == "=":
            self.assign(Assign(node.line, node.end, operands[:1], operands[-1]), frame)
            return self.value(operands[-1], frame)
        if node.operator in {"void", "!", "yield"}:
            for operand in operands:
                self.value(operand, frame)
        return None

    def _record(self, node: Mapping, frame: Frame) -> Record:
        fields: dict[str, Value] = {}
        for key, inner in node.entries:
            value = self.value(inner, frame)
            if key is None:
                spread = self.settled(value)
                fields.update(spread.fields if isinstance(spread, Record) else {})
                continue
            name = key if isinstance(key, Literal) else self.value(key, frame)
            if isinstance(name, Literal | Constant):
                fields[str(name.value)] = value
        return Record(fields)

    def spread(self, nodes: Iterable[Expression], frame: Frame) -> Iterable[Value]:
        """Values of a list of expressions, `...` of a known list opened."""
        for node in nodes:
            if isinstance(node, Operation) and node.operator == "...":
                value = self.settled(self.value(node.operands[0], frame))
                yield from value.items if isinstance(value, Listed) else [None]
            else:
                yield self.value(node, frame)

    def _static(self, value: ClassValue, name: str) -> Value:
        for member in value.definition.body:
            if isinstance(member, Assign) and isinstance(member.targets[0], Name) and member.targets[0].id == name and member.value is not None:
                return self.value(member.value, Frame(value.frame.module, value.frame, value))
        return self._method(value, name, value)

    def _method(self, of: ClassValue, name: str, this: Value, depth: int = _MAX_BASES) -> Value:
        for member in of.definition.body:
            if isinstance(member, Function) and member.name == name:
                return Closure(member, Frame(of.frame.module, of.frame, this), this)
        base = self.base(of)
        return self._method(base, name, this, depth - 1) if base is not None and depth else None

    def base(self, of: ClassValue) -> ClassValue | None:
        """The class of the target that a class extends."""
        bases = of.definition.bases
        base = self.settled(self.value(bases[0], of.frame)) if bases else None
        return base if isinstance(base, ClassValue) and base is not of else None

    def settled_unless_member(self, value: Value, name: str) -> Value:
        """A module stays one where it exports the name, and stands for its default export otherwise."""
        if isinstance(value, Namespace) and not self.exports(value.path, name):
            return self.settled(value) or value
        return value

    _FOLDS: ClassVar[dict[type, Callable[[Folding, Any, Frame], Value]]] = {
        Literal: _literal,
        Name: _name,
        Attribute: _attribute,
        Subscript: _subscript,
        Function: _function,
        Class: _class,
        Join: _text,
        Operation: _operation,
        Sequence: _sequence,
        Mapping: _record,
        Other: _other,
    }
