"""Finds the code of a handler by the lines and the name that its route tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from threat_modeling.codebase.handlers.callees import method_of
from threat_modeling.codebase.syntax import Class, Function, Module, Node, between, children

if TYPE_CHECKING:
    from threat_modeling.codebase.project import Project
    from threat_modeling.codebase.syntax import Statement


def served_by(module: Module, name: str, line: int, end: int, method: str) -> Function | None:
    """The handler by its lines and name; of a class, the method that serves the HTTP method."""
    last = name.rpartition(".")[2]
    inside = [node for node in between(module.body, line, end) if isinstance(node, (Function, Class)) and first_line(node) >= line - 1]
    candidates = [node for node in inside if node.name == last] or inside
    if not candidates:
        return None
    chosen = candidates[0]
    if isinstance(chosen, Function):
        return chosen
    members = [node for node in chosen.body if isinstance(node, Function)]
    return next((node for node in members if node.name == method.lower()), members[0] if members else None)


def around(module: Module, function: Function) -> tuple[Statement, ...]:
    """The statements of the functions that a handler is written inside of, outermost first: what they hold, it sees."""
    pending: list[tuple[Node, tuple[Function, ...]]] = [(node, ()) for node in reversed(module.body)]
    while pending:
        node, outer = pending.pop()
        if node is function:
            return tuple(statement for holder in outer for statement in holder.body)
        if node.line <= function.line and function.end <= node.end:
            inner = (*outer, node) if isinstance(node, Function) else outer
            pending.extend((child, inner) for child in reversed(list(children(node))))
    return ()


def constructed_by(project: Project, module: Module, name: str) -> tuple[Module, Function, tuple[Statement, ...]] | None:
    """`this.login = (req, res) => ...` inside `function SessionHandler () {...}`, for a handler named `SessionHandler.login`."""
    holder, _, last = name.rpartition(".")
    found = project.definition(module.path, holder) if holder else None
    if found is None or not isinstance(found[1], (Function, Class)):
        return None
    function = method_of(found[1], last)
    return (found[0], function, found[1].body) if function is not None else None


def first_line(node: Function | Class) -> int:
    """The line where a definition begins, decorators included."""
    return min([node.line, *(decorator.line for decorator in node.decorators)])
