"""Which router an expression stands for: through names, files, functions that return it, and parameters that callers fill."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.naming import is_test
from threat_modeling.codebase.python.routers import Placement, Router, Routers
from threat_modeling.codebase.python.scopes import Scope, statements
from threat_modeling.codebase.syntax import Assign, Attribute, Call, Class, Evaluate, Function, Name, Operation, Parameter, Return, Sequence, walk

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from threat_modeling.codebase.project import Project
    from threat_modeling.codebase.syntax import Expression, Statement

MAX_HOPS: Final = 8
MAX_STEPS: Final = 200
"""Values that are followed for one expression: functions that pass routers to each other have no end."""


def places_of(project: Project, keywords: Collection[str], packages: tuple[str, ...]) -> list[tuple[Scope, Statement]]:
    """All statements of the files that hold a keyword, each in its scope; none where no file imports any of the packages."""
    modules = [module for module in project.modules(("python",), keywords) if not is_test(module.path)]
    if not any(source.partition(".")[0] in packages for module in modules for source, _ in module.imports.values()):
        return []
    return [place for module in modules for place in statements(project, module)]


def calls(statement: Statement) -> Iterator[Call]:
    """The calls that a statement itself makes, not those of functions below it."""
    if isinstance(statement, Assign | Evaluate | Return) and statement.value is not None:
        yield from (node for node in walk(statement.value) if isinstance(node, Call))


class Wiring:
    """The routers of a project. `make` names the kind of router that a call makes and its prefix, or None where it makes none."""

    def __init__(self, places: list[tuple[Scope, Statement]], make: Callable[[Scope, Call], tuple[str, str] | None]) -> None:
        self.routers = Routers()
        self._make = make
        self._callers: dict[tuple[str, int, str], list[tuple[Scope, Call]]] = defaultdict(list)
        for scope, statement in places:
            for call in calls(statement):
                found = scope.bound(call.callee)
                if found is not None and isinstance(found[1], Function):
                    self._callers[found[0].module.path, found[1].line, found[1].name].append((scope, call))

    def made(self, scope: Scope, call: Call) -> Router | None:
        """The router that a call makes."""
        kind = self._make(scope, call)
        return None if kind is None else self.routers.add(scope, call, *kind)

    def placements(self, scope: Scope, expression: Expression) -> list[Placement]:
        """Where what an expression stands for is served; at the root where it can't be told."""
        return [place for router in self.receivers(scope, expression) for place in self.routers.placements(router)] or [Placement("")]

    def receivers(self, scope: Scope, expression: Expression) -> list[Router]:
        """The routers that an expression stands for."""
        return list({router.key: router for inner, call in self.values(scope, expression) if (router := self.made(inner, call))}.values())

    def class_of(self, scope: Scope, expression: object) -> tuple[Scope, Class] | None:
        """The class of the project that an expression names, or that what it stands for is an instance of."""
        found = scope.bound(expression) if isinstance(expression, Name | Attribute) else None
        if found is not None and isinstance(found[1], Class):
            return found[0], found[1]
        for inner, call in self.values(scope, expression):
            made = inner.bound(call.callee)
            if made is not None and isinstance(made[1], Class):
                return made[0], made[1]
        return None

    def values(self, scope: Scope, expression: object) -> Iterator[tuple[Scope, Call]]:
        """The calls that made a value."""
        pending: list[tuple[Scope, object, int]] = [(scope, expression, 0)]
        steps = 0
        while pending and steps < MAX_STEPS:
            inner, node, hops = pending.pop()
            steps += 1
            if hops > MAX_HOPS:
                continue
            if isinstance(node, Call):
                made = [] if self._make(inner, node) else inner.returned(node)
                pending.extend((where, value, hops + 1) for where, value in reversed(made))
                if not made:
                    yield inner, node
            else:
                pending.extend((where, value, hops + 1) for where, value in reversed([*self._behind(inner, node)]))

    def _behind(self, scope: Scope, node: object) -> Iterator[tuple[Scope, object]]:
        if isinstance(node, Sequence):
            yield from ((scope, element) for element in node.elements)
        elif isinstance(node, Operation) and node.operator in {"await", "+", "or", "..."}:
            yield from ((scope, operand) for operand in node.operands)
        elif isinstance(node, Parameter):
            yield from self._given(scope, node)
        elif isinstance(node, Name | Attribute):
            found = scope.bound(node)
            if found is not None and found[1] is not node:
                yield found
            elif found is None and isinstance(node, Attribute):
                yield scope, node.object  # app.router is the application's

    def _given(self, scope: Scope, parameter: Parameter) -> Iterator[tuple[Scope, object]]:
        """What callers pass for a parameter."""
        for function in reversed(scope.functions):
            if parameter not in function.parameters:
                continue
            index = function.parameters.index(parameter)
            for inner, call in self._callers[scope.module.path, function.line, function.name]:
                given = call.keyword(parameter.name) or (call.arguments[index] if index < len(call.arguments) else None)
                if given is not None:
                    yield inner, given
            return
