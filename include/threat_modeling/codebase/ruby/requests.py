"""Which values Ruby code takes from the request: params, headers, cookies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, get_args

from threat_modeling.codebase.observations import Parameter
from threat_modeling.codebase.ruby.paths import names
from threat_modeling.codebase.syntax import Attribute, Call, Expression, Name, Sequence, Subscript, dotted, text, walk

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Source = Literal["path", "query", "body", "header", "cookie", "file"]
_ORDER: Final = {source: position for position, source in enumerate(get_args(Source))}
_QUERY: Final = frozenset({"GET", "HEAD", "DELETE", "OPTIONS"})
_PARTS: Final[dict[str, Source | None]] = {
    "params": None,
    "headers": "header",
    "cookies": "cookie",
    "GET": "query",
    "POST": "body",
    "query_parameters": "query",
    "request_parameters": "body",
}
_READERS: Final = frozenset({"fetch", "dig", "key?", "has_key?", "get_header", "get", "expect", "slice", "values_at"})


def parameters(bodies: Iterable[object], method: str, path: str, declared: Iterable[str] = ()) -> tuple[Parameter, ...]:
    """The parameters of a route: those in its path, those it declares, and what its code reads; order does not depend on the code."""
    own = tuple(dict.fromkeys(names(path)))
    found: dict[tuple[Source, str], None] = {("path", name): None for name in own}
    plain: Source = "query" if method in _QUERY else "body"
    for name in declared:
        if name not in own:
            found[(plain, name)] = None
    for body in bodies:
        for source, name in reads(body):
            if source is not None or name not in own:
                found[(source or plain, name)] = None
    ordered = sorted(found, key=lambda read: (_ORDER[read[0]], own.index(read[1]) if read[0] == "path" else 0, read[1]))
    return tuple(Parameter(name=name, source=source) for source, name in ordered)


def reads(body: object) -> Iterator[tuple[Source | None, str]]:
    """What code takes from the request; None as the source of `params`, which holds query and body alike."""
    for node in walk(body):
        if isinstance(node, Subscript):
            yield from _named(_part(node.object), node.index)
        elif isinstance(node, Call) and isinstance(node.callee, Attribute):
            if node.callee.name == "permit":
                yield from _permitted(node)
            elif node.callee.name in _READERS:
                given = node.arguments[:1] if node.callee.name not in {"slice", "values_at"} else node.arguments
                for argument in given:
                    yield from _named(_part(node.callee.object), argument)


def _named(part: tuple[Source | None] | None, key: Expression) -> Iterator[tuple[Source | None, str]]:
    if part is None:
        return
    keys = key.elements if isinstance(key, Sequence) else (key,)
    for one in keys:
        name = text(one)
        if name and part[0] == "header" and name.startswith("HTTP_"):
            yield "header", name.removeprefix("HTTP_").replace("_", "-").title()
        elif name and (part[0] != "header" or not name.startswith(("rack.", "action_dispatch.", "REQUEST_", "PATH_", "QUERY_", "SERVER_"))):
            yield part[0], name


def _part(node: Expression) -> tuple[Source | None] | None:
    """Which part of the request an expression is, as (source,)."""
    if isinstance(node, Attribute) and node.name in {"signed", "encrypted", "permanent"}:
        node = node.object
    if isinstance(node, Call) and dotted(node.callee).endswith("to_unsafe_h"):
        node = node.callee
    if isinstance(node, Name):
        return (_PARTS[node.id],) if node.id in {"params", "cookies", "headers"} else ("header",) if node.id == "env" else None
    if not isinstance(node, Attribute):
        return None
    if node.name == "env":
        return ("header",)
    holder = dotted(node.object)
    if node.name in _PARTS and holder.rpartition(".")[2] in {"request", "req", "r", "rack_request", "self"}:
        return (_PARTS[node.name],)
    return None


def _permitted(call: Call) -> Iterator[tuple[Source | None, str]]:
    """`params.require(:post).permit(:title, tags: [])`: the fields."""
    if not any(
        (isinstance(node, Name) and node.id == "params") or (isinstance(node, Attribute) and node.name == "params") for node in walk(call.callee)
    ):
        return
    for argument in call.arguments:
        if (name := text(argument)) is not None:
            yield None, name
    yield from ((None, keyword.name) for keyword in call.keywords if keyword.name)
