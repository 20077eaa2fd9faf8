"""Where the code of a route is, and which HTTP methods it tells apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from threat_modeling.codebase.go.values import Argument, Closure, Foreign, Given, Record, Site
from threat_modeling.codebase.observations import Handler
from threat_modeling.codebase.syntax import Attribute, Block, Literal, Name, Operation, Sequence, walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.go.evaluation import Evaluation


def handler(argument: Argument | None, closure: Closure | None, site: Site) -> Handler:
    """Where the code of a route is; the registration itself where it can't be found."""
    if closure is None:
        written = argument.written if argument is not None else ""
        if argument is not None and isinstance(argument.value, Foreign | Given):
            written = argument.value.name
        return Handler(file=site.path, line=site.line, end=site.end, function=written)
    function = closure.function
    name = function.name or closure.maker
    of = closure.this.of if isinstance(closure.this, Record) and closure.this.type is not None else ""
    full = f"{of}.{name}" if of and name in (closure.this.type.methods if isinstance(closure.this, Record) and closure.this.type else ()) else name
    return Handler(file=closure.frame.module.path, line=function.line, end=function.end, function=full)


def dispatched(evaluation: Evaluation, closure: Closure | None) -> tuple[str, ...]:
    """The HTTP methods that a handler tells apart by itself: `switch r.Method { case "POST": ... }`, `if r.Method != "GET"`."""
    if closure is None:
        return ()
    found: list[str] = []
    for node in walk(closure.function.body):
        if isinstance(node, Block) and node.heads:
            found += _of_block(evaluation, closure, node)
    return tuple(dict.fromkeys(found))


def _of_block(evaluation: Evaluation, closure: Closure, node: Block) -> Iterator[str]:
    if node.kind == "switch" and _is_method(node.heads[0]):
        for head in node.heads[1:]:
            for value in head.elements if isinstance(head, Sequence) else (head,):
                yield from _method(evaluation, closure, value)
    elif node.kind == "if":
        for head in node.heads:
            for part in walk(head):
                if isinstance(part, Operation) and part.operator in {"==", "!="} and _is_method(part.operands[0]):
                    yield from _method(evaluation, closure, part.operands[-1])


def _is_method(node: object) -> bool:
    return isinstance(node, Attribute) and node.name == "Method"


def _method(evaluation: Evaluation, closure: Closure, node: object) -> Iterator[str]:
    value = evaluation.value(node, closure.frame) if isinstance(node, Literal | Attribute | Name) else None
    text = getattr(value, "value", None)
    if isinstance(text, str) and text.isupper():
        yield text
