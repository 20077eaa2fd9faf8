"""Folds expressions of Go to values: constants, text that is put together, lists, structs, names across files."""

from __future__ import annotations

import posixpath
import re
from abc import abstractmethod
from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.go.values import (
    Closure,
    Constant,
    Foreign,
    Frame,
    Given,
    Lazy,
    Listed,
    Package,
    Record,
    Router,
    Type,
    Value,
)
from threat_modeling.codebase.syntax import (
    Attribute,
    Call,
    Expression,
    Function,
    Join,
    Literal,
    Mapping,
    Name,
    Operation,
    Sequence,
    Subscript,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from threat_modeling.codebase.project import Project

MAX_TEXT: Final = 2_000
MAX_ITEMS: Final = 2_000
_VERSION: Final = re.compile(r"(?:/v\d+|\.v\d+)(?=/|\Z)")
_METHOD: Final = re.compile(r"(?:net/http|.*/(?:fiber|fasthttp|echo|consts|http))\.Method([A-Z][a-z]+)\Z|.*/echo\.([A-Z]{3,7})\Z")
_STATUS: Final = re.compile(r"%[+#]?[vsdqt]")


def full_name(source: str) -> str:
    """An import path without its version."""
    return _VERSION.sub("", source)


class Folding:
    """Expressions and names."""

    project: Project

    @abstractmethod
    def call(self, call: Call, frame: Frame) -> Value:
        """What a call stands for."""

    @abstractmethod
    def exported(self, folder: str, name: str) -> Value:
        """What a package of the target binds a name to."""

    @abstractmethod
    def imported(self, importer: str, source: str) -> Value:
        """The package that an import names."""

    @abstractmethod
    def assumed(self, of: str, frame: Frame, node: Expression) -> Router | None:
        """A router of this type that nobody was seen to make."""

    def value(self, node: Expression | None, frame: Frame) -> Value:
        """What an expression stands for."""
        if isinstance(node, Name):
            return self.lookup(node.id, frame)
        if isinstance(node, Attribute):
            return self.member(self.value(node.object, frame), node.name, frame, node)
        if isinstance(node, Call):
            return self.call(node, frame)
        return self._made(node, frame) if isinstance(node, Literal | Function | Sequence | Mapping) else self._composed(node, frame)

    def _made(self, node: Literal | Function | Sequence | Mapping, frame: Frame) -> Value:
        if isinstance(node, Literal):
            return Constant(node.value) if node.value is not None else None
        if isinstance(node, Function):
            return Closure(node, frame)
        if isinstance(node, Sequence):
            return Listed([self.value(element, frame) for element in node.elements[:MAX_ITEMS]])
        return Record({str(key): self.value(value, frame) for key, value in self._entries(node, frame)})

    def _entries(self, node: Mapping, frame: Frame) -> Iterable[tuple[str, Expression]]:
        for name, value in node.entries[:MAX_ITEMS]:
            key = self.value(name, frame)
            if isinstance(key, Constant):
                yield str(key.value), value

    def _composed(self, node: Expression | None, frame: Frame) -> Value:
        if isinstance(node, Join):
            return self.joined(self.value(part, frame) for part in node.parts)
        if isinstance(node, Subscript):
            return self._subscript(self.value(node.object, frame), self.value(node.index, frame))
        if isinstance(node, Operation) and node.operands:
            values = [self.value(operand, frame) for operand in node.operands]
            if node.operator == "+" and any(isinstance(value, Constant) and isinstance(value.value, str) for value in values):
                return self.joined(values)
            return values[0] if node.operator == "..." else None
        return None

    @staticmethod
    def joined(values: Iterable[Value]) -> Value:
        """Text put together; what is not known of it is a parameter, at its beginning nothing: a prefix from the settings."""
        text = ""
        for value in values:
            if isinstance(value, Constant):
                text += str(value.value)
            elif text:
                text += f"{{{value.name.rpartition('.')[2]}}}" if isinstance(value, Given | Foreign) else "{value}"
        return Constant(text[:MAX_TEXT])

    @staticmethod
    def _subscript(owner: Value, index: Value) -> Value:
        if isinstance(owner, Record) and isinstance(index, Constant):
            return owner.fields.get(str(index.value))
        if isinstance(owner, Listed) and isinstance(index, Constant) and isinstance(index.value, int) and 0 <= index.value < len(owner.items):
            return owner.items[index.value]
        return None

    def lookup(self, name: str, frame: Frame) -> Value:
        """What a name is bound to."""
        holder = frame.holder(name)
        if holder is None:
            return None
        found = holder.names[name]
        if isinstance(found, Lazy):
            holder.names[name] = None
            holder.names[name] = value = found.find()
            return value
        return found

    def member(self, owner: Value, name: str, frame: Frame, node: Expression) -> Value:
        """`owner.name`."""
        if isinstance(owner, Package):
            return self.exported(owner.folder, name)
        if isinstance(owner, Record):
            return self._field(owner, name, frame, node)
        if isinstance(owner, Router):
            return owner.fields.get(name, owner if name in {"Router", "Engine", "App", "RouterGroup", "Handlers"} else None)
        if isinstance(owner, Foreign | Given):
            full = f"{owner.name if isinstance(owner, Foreign) else owner.of}.{name}"
            method = _METHOD.match(full)
            return Constant((method[1] or method[2]).upper()) if method else Foreign(full)
        if isinstance(owner, Type):
            return self._method(owner, name, None)
        return None

    def _field(self, owner: Record, name: str, frame: Frame, node: Expression) -> Value:
        if name in owner.fields:
            return owner.fields[name]
        if owner.type is None:
            return Foreign(f"{owner.of}.{name}") if owner.of else None
        declared = owner.type.fields.get(name)
        if declared is not None:
            owner.fields[name] = self.unset(declared[0], declared[1], frame, node, name)
            return owner.fields[name]
        return self._method(owner.type, name, owner) or self._embedded(owner, name, frame, node)

    def _method(self, of: Type, name: str, this: Value) -> Value:
        method = of.methods.get(name)
        return Closure(method[0], method[1], this) if method is not None else None

    def _embedded(self, owner: Record, name: str, frame: Frame, node: Expression) -> Value:
        """A field or a method of an embedded struct; of an embedded router, the router."""
        for base, home in owner.type.bases if owner.type is not None else ():
            last = base.name if isinstance(base, Attribute) else base.id if isinstance(base, Name) else ""
            inner = owner.fields.get(last)
            if inner is None:
                inner = owner.fields[last] = self.unset(base, home, frame, node, last)
            if last == name:
                return inner
            if isinstance(inner, Record) and (found := self._field(inner, name, frame, node)) is not None:
                return found
        return None

    def embedded_router(self, owner: Record) -> Router | None:
        """The router that a struct embeds, whose methods are its own."""
        for base, home in owner.type.bases if owner.type is not None else ():
            last = base.name if isinstance(base, Attribute) else base.id if isinstance(base, Name) else ""
            inner = owner.fields.get(last)
            if inner is None and isinstance(base, Name | Attribute):
                inner = owner.fields[last] = self.unset(base, home, home, base, last)
            if isinstance(inner, Router):
                return inner
        return None

    def unset(self, annotation: Expression | None, home: Frame, frame: Frame, node: Expression, name: str) -> Value:
        """What something of a declared type is before anything is assigned to it: an empty struct, an assumed router."""
        of = self.type_name(annotation, home)
        router = self.assumed(of, frame, node)
        if router is not None:
            return router
        found = self.value(annotation, home) if isinstance(annotation, Name | Attribute) else None
        if isinstance(found, Type):
            return Record({}, found.name, found)
        return Given(name, of)

    def type_name(self, annotation: Expression | None, frame: Frame) -> str:
        """The full name of a type of an installed package; of the target's own its name; "" where it has none."""
        if isinstance(annotation, Name):
            found = self.value(annotation, frame)
            if isinstance(found, Type):
                return self._alias(found) or found.name
            return annotation.id
        if isinstance(annotation, Attribute):
            owner = self.value(annotation.object, frame)
            if isinstance(owner, Foreign):
                return f"{owner.name}.{annotation.name}"
            found = self.exported(owner.folder, annotation.name) if isinstance(owner, Package) else None
            return (self._alias(found) or found.name) if isinstance(found, Type) else ""
        return ""

    def _alias(self, of: Type) -> str:
        """`type Router = gin.Engine` names gin's."""
        if not of.alias or len(of.bases) != 1:
            return ""
        base, home = of.bases[0]
        return self.type_name(base, home) if isinstance(base, Attribute) else ""

    def formatted(self, values: list[Value]) -> Value:
        """`fmt.Sprintf(format, ...)`."""
        if not values or not isinstance(values[0], Constant):
            return None
        rest = iter(values[1:])

        def replaced(_: re.Match[str]) -> str:
            value = next(rest, None)
            return str(value.value) if isinstance(value, Constant) else f"{{{value.name if isinstance(value, Given) else 'value'}}}"

        return Constant(_STATUS.sub(replaced, str(values[0].value))[:MAX_TEXT])

    def builtin(self, name: str, values: list[Value]) -> Value:
        """What a few functions that put text together give."""
        if name in {"fmt.Sprintf", "fmt.Sprint"}:
            return self.formatted(values)
        if name in {"path.Join", "net/url.JoinPath", "path/filepath.Join"} and values:
            parts = [str(value.value) if isinstance(value, Constant) else "{value}" for value in values]
            return Constant(posixpath.normpath(posixpath.join("", *(part.strip("/") if at else part for at, part in enumerate(parts)))))
        if name == "strings.Join" and len(values) == 2 and isinstance(values[0], Listed) and isinstance(values[1], Constant):
            separator = str(values[1].value)
            return Constant(separator.join(str(item.value) if isinstance(item, Constant) else "{value}" for item in values[0].items)[:MAX_TEXT])
        if name in {"strings.TrimSuffix", "strings.TrimPrefix", "strings.TrimRight", "strings.ToLower", "strings.TrimSpace"} and values:
            return values[0]
        return None
