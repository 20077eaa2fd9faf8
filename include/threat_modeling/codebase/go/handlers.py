"""Which function serves a route: through wrappers, conversions, middleware makers and files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.go.running import Running, captured
from threat_modeling.codebase.go.values import Argument, Closure, Foreign, Given, Record, Router, Site, Value
from threat_modeling.codebase.observations import Handler
from threat_modeling.codebase.syntax import Attribute, Block, Call, Literal, Name, Operation, Sequence, walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.go.evaluation import Evaluation

_MAX_WRAPPERS: Final = 8
_CONVERSIONS: Final = frozenset({"HandlerFunc", "WrapF", "WrapH", "WrapHandler", "HTTPHandler", "HTTPHandlerFunc", "FromStd", "HandlerFuncAdapter"})
_SERVING: Final = ("ServeHTTP", "Handle", "Handler", "ServeRequest")


def unwrapped(argument: Argument) -> tuple[Closure | None, tuple[Argument, ...]]:
    """The function that does the work, and what is wrapped around it, outermost first."""
    value: Value = argument.value
    before: list[Argument] = []
    for _ in range(_MAX_WRAPPERS):
        if isinstance(value, Record):
            value = next((found for name in _SERVING if (found := Running.method(value, name))), None)
        elif isinstance(value, Foreign) and value.arguments:
            if value.name.rpartition(".")[2] not in _CONVERSIONS:
                before.append(Argument(value, argument.site, value.name))
            value = next((v for v in reversed(value.arguments) if isinstance(v, Closure | Record) or (isinstance(v, Foreign) and v.arguments)), None)
        elif isinstance(value, Closure):
            inner = _wrapped(value)
            if inner is None:
                return value, tuple(before)
            before.append(Argument(value, argument.site, value.maker or value.function.name))
            value = inner
        else:
            break
    return None, tuple(before)


def _wrapped(closure: Closure) -> Value:
    """The handler given to the function that made this one, where this one calls it."""
    called: set[str] = set()
    for node in walk(closure.function.body):
        if isinstance(node, Call):
            if isinstance(node.callee, Name):
                called.add(node.callee.id)
            elif isinstance(node.callee, Attribute) and isinstance(node.callee.object, Name) and node.callee.name in _SERVING:
                called.add(node.callee.object.id)
    frame = closure.frame
    names = [name for name in called if (holder := frame.holder(name)) is not None and name in holder.parameters]
    given = {id(value) for value in captured(closure) if not isinstance(value, Router)}
    for name in sorted(names):
        holder = frame.holder(name)
        value = holder.names.get(name) if holder is not None else None
        if id(value) in given and isinstance(value, Closure | Foreign) and not (isinstance(value, Closure) and value.function is closure.function):
            return value
    return None


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
