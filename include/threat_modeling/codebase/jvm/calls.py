"""Calls in the order in which they run: what a chain is called on first, then the call, then what its arguments call."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.syntax import Attribute, Call, Name, Node, children

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MAX_CALLS: Final = 4_000


def in_order(nodes: Iterable[object]) -> Iterator[Call]:
    """Every call below some nodes; bounded, without recursion."""
    stack: list[tuple[object, bool]] = [(node, False) for node in reversed(list(nodes))]
    seen = 0
    while stack and seen < MAX_CALLS:
        node, opened = stack.pop()
        if isinstance(node, Call):
            if opened:
                seen += 1
                yield node
                continue
            stack += [(argument, False) for argument in reversed((*node.arguments, *(k.value for k in node.keywords)))]
            stack.append((node, True))
            stack.append((node.callee.object if isinstance(node.callee, Attribute) else node.callee, False))
        elif isinstance(node, Node):
            stack += [(child, False) for child in reversed(list(children(node)))]


def method_of(call: Call) -> str:
    """The name of what is called, without what it is called on."""
    return call.callee.name if isinstance(call.callee, Attribute) else call.callee.id if isinstance(call.callee, Name) else ""


def links(node: object) -> list[Call]:
    """The calls of one chain from its beginning: `a.b().c()` -> [a.b(), a.b().c()]."""
    found: list[Call] = []
    while isinstance(node, Call):
        found.append(node)
        node = node.callee.object if isinstance(node.callee, Attribute) else None
    return found[::-1]


def root(node: object) -> object:
    """What a chain begins with: `a` of `a.b().c()`."""
    while isinstance(node, Call) and isinstance(node.callee, Attribute):
        node = node.callee.object
    return node
