"""Every statement of a file with the names it can see, and what those names are bound to across files."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.bindings import Bound, bindings
from threat_modeling.codebase.syntax import (
    Assign,
    Attribute,
    Block,
    Call,
    Class,
    Export,
    Expression,
    Function,
    Import,
    Join,
    Literal,
    Module,
    Name,
    Operation,
    Parameter,
    Return,
    Sequence,
    Statement,
    dotted,
    walk,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from threat_modeling.codebase.project import Project

MAX_HOPS: Final = 6
MAX_TURNS: Final = 60
"""Turns of a loop that are told apart."""
MAX_TOLD: Final = 600
"""Turns in one file that are told apart: loops in loops have turns without number."""
UNKNOWN: Final = "{value}"
"""Stands in a constant text for a part that only a running program knows."""


@dataclass(frozen=True)
class Scope:
    """Where a piece of code stands: its file, and the names of the functions and classes around it, innermost last."""

    project: Project
    module: Module
    frames: tuple[Mapping[str, Bound | Parameter], ...] = ()
    functions: tuple[Function, ...] = ()
    classes: tuple[Class, ...] = ()

    def bound(self, expression: object) -> tuple[Scope, Bound | Parameter] | None:
        """What a name or dotted name is bound to, with the scope to read it in; None for what stands outside the target."""
        name = expression if isinstance(expression, str) else dotted(expression)
        if not name or "(" in name or "[" in name:
            return None
        for frame in reversed(self.frames):
            found = frame.get(name) or (frame.get(name.partition(".")[0]) if "." in name else None)
            if found is None:
                continue
            if isinstance(found, Import):
                break
            if isinstance(found, Parameter) and found.name in {"self", "cls"} and "." in name and name not in frame:
                continue  # what other methods set on the object
            return (self, found) if name in frame else self._member(found, name.partition(".")[2])
        definition = self.project.definition(self.module.path, name)
        if definition is None and any(name in frame for frame in self.frames):
            source, imported = self.module.imports.get(name, ("", ""))
            definition = self.project.imported(self.module.path, source, imported) if source else None
        return None if definition is None else (Scope(self.project, definition[0]), definition[1])

    def _member(self, found: Bound | Parameter, name: str) -> tuple[Scope, Bound | Parameter] | None:
        member = bindings(found.body).get(name) if isinstance(found, Class) else None
        return None if member is None else (self, member)

    def origins(self, expression: object) -> Iterator[tuple[Scope, Call]]:
        """The calls that made a value (several for a loop over a list), through names, files and functions that return it."""
        pending: list[tuple[Scope, object, int]] = [(self, expression, 0)]
        while pending:
            scope, node, hops = pending.pop()
            if hops > MAX_HOPS:
                continue
            if isinstance(node, Sequence):
                pending.extend((scope, element, hops + 1) for element in reversed(node.elements))
            elif isinstance(node, Call):
                made = scope.returned(node)
                if made:
                    pending.extend((inner, value, hops + 1) for inner, value in made)
                else:
                    yield scope, node
            elif isinstance(node, Name | Attribute):
                found = scope.bound(node)
                if found is not None and found[1] is not node:
                    pending.append((*found, hops + 1))
            elif isinstance(node, Operation) and node.operator == "await":
                pending.append((scope, node.operands[0], hops + 1))

    def returned(self, call: Call) -> list[tuple[Scope, Expression]]:
        """What a call of the project's own function gives back, with the scope inside that function."""
        found = self.bound(call.callee)
        if found is None or not isinstance(found[1], Function):
            return []
        inner = found[0].inside(found[1])
        return [
            (inner, node.value) for node in walk(found[1].body) if isinstance(node, Return) and node.operator == "return" and node.value is not None
        ]

    def inside(self, function: Function) -> Scope:
        """The scope of a function's body."""
        frame: dict[str, Bound | Parameter] = {parameter.name: parameter for parameter in function.parameters}
        frame.update(bindings(function.body))
        return replace(self, frames=(*self.frames, frame), functions=(*self.functions, function))

    def within(self, class_: Class) -> Scope:
        """The scope of a class's body: its methods see what any of them assigns to `self`."""
        frame: dict[str, Bound | Parameter] = {}
        for method in (node for node in class_.body if isinstance(node, Function)):
            frame.update({name: bound for name, bound in bindings(method.body).items() if name.startswith("self.")})
        frame.update({f"self.{name}": bound for name, bound in bindings(class_.body).items() if not isinstance(bound, Function | Class)})
        return replace(self, frames=(*self.frames, frame), classes=(*self.classes, class_))

    def qualified(self, expression: object) -> str:
        """The dotted name with import aliases resolved, relative modules without their dots."""
        return self.project.qualified(self.module, expression).lstrip(".")

    def constant(self, expression: object, hops: int = 0) -> str | None:
        """A text as far as it is constant, `UNKNOWN` in place of other parts; None where nothing is known of it."""
        if isinstance(expression, Literal) and isinstance(expression.value, str):
            return expression.value
        if hops > MAX_HOPS or not isinstance(expression, Join | Operation | Call | Name | Attribute):
            return None
        if isinstance(expression, Join):
            return "".join(self.constant(part, hops + 1) or UNKNOWN for part in expression.parts)
        if isinstance(expression, Operation | Call):
            return self._operation(expression, hops) if isinstance(expression, Operation) else self._call(expression, hops)
        return self._named(expression, hops)

    def _named(self, expression: Name | Attribute, hops: int) -> str | None:
        found = self.bound(expression) or self._attribute(expression, hops)
        if found is None or found[1] is expression:
            return None
        bound = found[1].default if isinstance(found[1], Parameter) else found[1]
        return found[0].constant(bound, hops + 1)

    def _operation(self, operation: Operation, hops: int) -> str | None:
        parts = [self.constant(part, hops + 1) for part in operation.operands]
        if operation.operator == "+" and any(part is not None for part in parts):
            return "".join(UNKNOWN if part is None else part for part in parts)
        if operation.operator == "or":
            return next((part for part in parts if part is not None), None)
        return parts[1] if operation.operator == "?:" and len(parts) == 3 else None

    def _call(self, call: Call, hops: int) -> str | None:
        """The default of an environment lookup; what `.rstrip("/")` and the like leave of a constant; what a wrapper was given."""
        name = self.qualified(call.callee)
        if name in {"os.getenv", "os.environ.get", "environ.get", "getenv"}:
            return self.constant(call.arguments[1], hops + 1) if len(call.arguments) > 1 else None
        if isinstance(call.callee, Attribute) and call.callee.name in {"rstrip", "strip", "lower"}:
            return self.constant(call.callee.object, hops + 1)
        if name.rpartition(".")[2] in {"Field", "str"}:
            return self.constant(call.keyword("default") or (call.arguments[0] if call.arguments else None), hops + 1)
        return None

    def _attribute(self, expression: Name | Attribute, hops: int) -> tuple[Scope, Bound | Parameter] | None:
        """The class attribute behind `settings.PREFIX` where `settings = Settings()`, and behind `get_settings().PREFIX`."""
        if not isinstance(expression, Attribute) or hops > MAX_HOPS:
            return None
        for scope, call in self.origins(expression.object):
            found = scope.bound(call.callee)
            if found is not None and isinstance(found[1], Class):
                member = bindings(found[1].body).get(expression.name)
                return None if member is None else (found[0], member)
        return None


def _turns(scope: Scope, loop: Block) -> list[Scope]:
    """The turns of a loop over a list that stands in the code: `for path, view in [("/a", a), ("/b", b)]`; none where it can't be known."""
    first = loop.bodies[0][0] if loop.kind == "for" and loop.bodies and loop.bodies[0] else None
    if not isinstance(first, Assign) or len(first.targets) != 1:
        return []
    found = scope.bound(first.value) if isinstance(first.value, Name | Attribute) else (scope, first.value)
    values = found[1].elements if found is not None and isinstance(found[1], Sequence) else ()
    target = first.targets[0]
    names = target.elements if isinstance(target, Sequence) else (target,)
    turns = []
    for value in values[:MAX_TURNS]:
        parts = value.elements if isinstance(target, Sequence) and isinstance(value, Sequence) else (value,)
        if len(parts) != len(names):
            return []
        frame: dict[str, Bound | Parameter] = {name.id: part for name, part in zip(names, parts, strict=True) if isinstance(name, Name)}
        turns.append(replace(scope, frames=(*scope.frames, frame)))
    return turns


def statements(project: Project, module: Module) -> Iterator[tuple[Scope, Statement]]:
    """All statements of a file in source order, those inside functions, classes and branches too, each in its scope."""
    pending: list[tuple[Scope, Statement]] = [(Scope(project, module), node) for node in reversed(module.body)]
    told = 0
    while pending:
        scope, node = pending.pop()
        yield scope, node
        below: tuple[Statement, ...] = ()
        inner = scope
        if isinstance(node, Function):
            inner, below = scope.inside(node), node.body
        elif isinstance(node, Class):
            inner, below = scope.within(node), node.body
        elif isinstance(node, Block):
            below = tuple(statement for body in node.bodies for statement in body)
            turns = _turns(scope, node) if told < MAX_TOLD else []
            told += len(turns)
            for turn in reversed(turns):
                pending.extend((turn, statement) for statement in reversed(below))
            if turns:
                continue
        elif isinstance(node, Export) and isinstance(node.value, Function | Class | Block):
            below = (node.value,)
        pending.extend((inner, statement) for statement in reversed(below))
