"""Which names a file binds at its top level, and which it exports: what imports of other files can reach."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from threat_modeling.codebase.syntax import (
    Assign,
    Attribute,
    Block,
    Class,
    Export,
    Expression,
    Function,
    Import,
    Literal,
    Module,
    Name,
    Statement,
    dotted,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

Bound: TypeAlias = Statement | Expression | Module


def bindings(body: tuple[Statement, ...]) -> dict[str, Bound]:
    """Name (also `self.x`) -> Function, Class, Import or the expression assigned last; a mere `None` never hides another value."""
    names: dict[str, Bound] = {}
    for name, bound in _bound(body):
        if name not in names or not (isinstance(bound, Literal) and bound.value is None):
            names[name] = bound
    names.pop("", None)
    return names


def exported(module: Module, name: str) -> Bound | None:
    """What a file exports under a name, in languages that say so; the module's own name for it may differ."""
    for node in module.body:
        if isinstance(node, Export) and node.name == name:
            return node.value.value if isinstance(node.value, Assign) else node.value
    return None


def _bound(statements: tuple[Statement, ...]) -> Iterator[tuple[str, Bound]]:
    """Bindings in source order, also those under `if` and `try`; never those of functions and classes."""
    pending = list(statements)[::-1]
    while pending:
        node = pending.pop()
        if isinstance(node, Function | Class):
            yield node.name, node
        elif isinstance(node, Import):
            yield node.alias, node
        elif isinstance(node, Assign) and node.value is not None:
            yield from ((dotted(target), node.value) for target in node.targets if isinstance(target, Name | Attribute))
        elif isinstance(node, Block):
            pending.extend([inner for body in node.bodies for inner in body][::-1])
        elif isinstance(node, Export) and isinstance(node.value, Function | Class | Assign | Block):
            pending.append(node.value)
