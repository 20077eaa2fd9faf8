"""Follows statements of JavaScript in order: both branches of a condition, each turn of a loop over a known list."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.javascript.folding import Folding
from threat_modeling.codebase.javascript.values import ClassValue, Closure, Frame, Instance, Lazy, Listed, Record, Router, Value
from threat_modeling.codebase.syntax import (
    Assign,
    Attribute,
    Block,
    Class,
    Evaluate,
    Export,
    Expression,
    Function,
    Import,
    Literal,
    Mapping,
    Name,
    Operation,
    Return,
    Sequence,
    Statement,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

MAX_STEPS: Final = 60_000
"""Statements and calls followed for one file that is run for its own sake; the table of a large application takes a tenth."""
MAX_UNROLLED: Final = 200


class Running(Folding):
    """Statements and the names they bind."""

    steps = 0
    cut_short = False
    """Whether a limit was reached, so that something may be missing."""

    @abstractmethod
    def imported(self, importer: str, source: str, name: str) -> Value:
        """What an import binds."""

    def hoist(self, body: Iterable[Statement], frame: Frame) -> None:
        """Bind the names of a scope before it runs; nested blocks share it."""
        pending = list(body)[::-1]
        while pending:
            node = pending.pop()
            if isinstance(node, Export):
                self._hoist_export(node, frame)
                node = node.value  # type: ignore[assignment]
            if isinstance(node, Function) and node.name:
                frame.names.setdefault(node.name, Closure(node, frame, frame.this))
            elif isinstance(node, Class) and node.name and not node.keywords:
                frame.names.setdefault(node.name, ClassValue(node, frame))
            elif isinstance(node, Import) and node.alias:
                frame.names[node.alias] = Lazy(lambda n=node: self.imported(frame.module.path, n.module, n.name))  # type: ignore[misc]
            elif isinstance(node, Assign) and node.value is not None:
                for target in node.targets:
                    self._declare(target, node.value, frame)
            elif isinstance(node, Block):
                pending.extend([inner for branch in node.bodies for inner in branch][::-1])

    def _hoist_export(self, node: Export, frame: Frame) -> None:
        value = node.value
        if isinstance(value, Function):
            frame.exports[node.name] = Closure(value, frame)
        elif isinstance(value, Class):
            frame.exports[node.name] = ClassValue(value, frame)
        elif isinstance(value, Assign):
            frame.exports[node.name] = Lazy(lambda: self.lookup(node.name, frame))
        else:
            frame.exports[node.name] = Lazy(lambda: self.value(value, frame))  # type: ignore[arg-type]

    def _declare(self, target: Expression, value: Expression, frame: Frame) -> None:
        if isinstance(target, Name):
            if target.id not in frame.names:
                frame.names[target.id] = Lazy(lambda: self.value(value, frame))
        elif isinstance(target, Mapping):
            for key, inner in target.entries:
                name = inner.operands[0] if isinstance(inner, Operation) and inner.operator == "=" else inner
                if isinstance(name, Name) and isinstance(key, Literal) and name.id not in frame.names:
                    frame.names[name.id] = Lazy(lambda k=str(key.value): self.member(self.value(value, frame), k))  # type: ignore[misc]

    def run(self, body: Iterable[Statement], frame: Frame) -> None:
        """Follow statements in order."""
        for node in body:
            self.steps += 1
            if self.steps > MAX_STEPS:
                self.cut_short = True
                return
            if isinstance(node, Export):
                node = node.value  # type: ignore[assignment]  # noqa: PLW2901 -- what is exported is also run
            if isinstance(node, Assign):
                self.assign(node, frame)
            elif isinstance(node, Evaluate):
                self.value(node.value, frame)
            elif isinstance(node, Return):
                frame.returned.append(self.value(node.value, frame) if node.value is not None and node.operator == "return" else None)
            elif isinstance(node, Block):
                self._block(node, frame)

    def assign(self, node: Assign, frame: Frame) -> None:
        """Bind names, and fields of objects of the target."""
        if node.value is None:
            return
        value = self.value(node.value, frame)
        for target in node.targets:
            if isinstance(target, Name):
                holder = frame.holder(target.id) or frame
                if value is not None or isinstance(holder.names.get(target.id), Lazy):
                    holder.names[target.id] = value
            elif isinstance(target, Attribute):
                owner = self.value(target.object, frame)
                if isinstance(owner, Instance | Record | Router):
                    owner.fields[target.name] = value

    def _block(self, node: Block, frame: Frame) -> None:
        if node.kind == "for" and node.bodies and node.bodies[0] and isinstance(node.bodies[0][0], Assign):
            first, rest = node.bodies[0][0], node.bodies[0][1:]
            iterated = self.settled(self.value(node.heads[0], frame)) if node.heads and first.value == node.heads[0] else None
            if isinstance(iterated, Listed):
                self.cut_short = self.cut_short or len(iterated.items) > MAX_UNROLLED
                for item in iterated.items[:MAX_UNROLLED]:
                    turn = Frame(frame.module, frame, frame.this)
                    self.bind(first.targets[0], item, turn)
                    self.hoist(rest, turn)
                    self.run(rest, turn)
                    frame.returned += turn.returned
                return
        for body in node.bodies:
            self.run(body, frame)

    def bind(self, target: object, value: Value, frame: Frame) -> None:
        """Bind a name or a pattern to a value."""
        if isinstance(target, Name):
            frame.names[target.id] = value
        elif isinstance(target, Mapping):
            for key, inner in target.entries:
                name = inner.operands[0] if isinstance(inner, Operation) and inner.operator == "=" else inner
                self.bind(name, self.member(value, str(key.value)) if isinstance(key, Literal) else None, frame)
        elif isinstance(target, Sequence):
            for position, inner in enumerate(target.elements):
                item = value.items[position] if isinstance(value, Listed) and position < len(value.items) else None
                self.bind(inner, item, frame)
