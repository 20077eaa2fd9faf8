"""Which values PHP code takes from the request: superglobals, and the request objects of frameworks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Literal, get_args

from threat_modeling.codebase.observations import Parameter
from threat_modeling.codebase.php.paths import names, texts_of
from threat_modeling.codebase.syntax import Attribute, Call, Expression, Mapping, Name, Subscript, dotted, text, walk

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Source = Literal["path", "query", "body", "header", "cookie", "file"]
_ORDER: Final = {source: position for position, source in enumerate(get_args(Source))}
_QUERY: Final = frozenset({"GET", "HEAD", "DELETE", "OPTIONS"})
SUPERGLOBALS: Final[dict[str, Source | None]] = {
    "$_GET": "query",
    "$_POST": "body",
    "$_REQUEST": None,
    "$_COOKIE": "cookie",
    "$_FILES": "file",
    "$_SERVER": "header",
}
_BAGS: Final[dict[str, Source | None]] = {
    "query": "query",
    "request": "body",
    "headers": "header",
    "cookies": "cookie",
    "files": "file",
    "attributes": "path",
    "getQueryParams": "query",
    "getParsedBody": "body",
    "getCookieParams": "cookie",
    "getUploadedFiles": "file",
}
"""Parts of a request that are asked by `->get("name")` or `["name"]`."""
_WORDS: Final[dict[Source | None, str]] = {
    "query": "query getQuery getGet getQueryParam getQueryParams getGetPost",
    "body": "post getPost getPostGet getParsedBodyParam json getJSON getJsonVar put patch",
    "header": "header getHeader getHeaderLine hasHeader server getServer",
    "cookie": "cookie getCookie getCookieParam",
    "file": "file getFile getUploadedFile hasFile getFiles",
    "path": "getAttribute route getRouteParam",
    None: "input get getVar getData param all only except getMore postMore has filled string integer boolean date enum whenFilled",
}
_READERS: Final = {word: source for source, words in _WORDS.items() for word in words.split()}
_REQUEST: Final = re.compile(r"(?:^|[.$])(?:request|req|Request|serverRequest|httpRequest)(?:\(\))?$")
_KINDS: Final[dict[str, Source]] = {
    "get": "query",
    **dict.fromkeys(("post", "put"), "body"),
    "cookie": "cookie",
    "header": "header",
    "file": "file",
    "route": "path",
}
_FUNCTIONS: Final = frozenset({"input", "request", "I", "get_query_var"})


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
            if name not in own and source != "path":
                found[(source or plain, name)] = None
    ordered = sorted(found, key=lambda read: (_ORDER[read[0]], own.index(read[1]) if read[0] == "path" else 0, read[1]))
    return tuple(Parameter(name=name, source=source) for source, name in ordered)


def reads(body: object) -> Iterator[tuple[Source | None, str]]:
    """What code takes from the request; None as the source of what may be query or body."""
    for node in walk(body):
        if isinstance(node, Subscript):
            part = _part(node.object)
            name = text(node.index)
            if part is not None and name:
                yield from _named(part[0], name)
        elif isinstance(node, Call):
            yield from _called(node)


def _named(source: Source | None, name: str) -> Iterator[tuple[Source | None, str]]:
    if source == "header" and name.startswith("HTTP_"):
        yield "header", name.removeprefix("HTTP_").replace("_", "-").title()
    elif source != "header" or not re.fullmatch(r"[A-Z]+(?:_[A-Z]+)*", name):
        yield source, name


def _part(node: Expression) -> tuple[Source | None] | None:
    """Which part of the request an expression is, as (source,)."""
    if isinstance(node, Name):
        return (SUPERGLOBALS[node.id],) if node.id in SUPERGLOBALS else None
    target = node.callee if isinstance(node, Call) else node
    if isinstance(target, Attribute) and target.name in _BAGS and _REQUEST.search(dotted(target.object)):
        return (_BAGS[target.name],)
    return None


def _called(call: Call) -> Iterator[tuple[Source | None, str]]:
    """`$request->input("a")`, `$request->query->get("a")`, `input("post.a/s")`, `$request->validate(["a" => ...])`."""
    first = call.arguments[0] if call.arguments else None
    callee = call.callee
    if isinstance(callee, Name):
        if callee.id in _FUNCTIONS and (name := text(first)):
            yield from _thinking(name)
        elif callee.id == "filter_input" and len(call.arguments) > 1 and (name := text(call.arguments[1])):
            yield {"INPUT_GET": "query", "INPUT_POST": "body", "INPUT_COOKIE": "cookie"}.get(dotted(first)), name  # type: ignore[misc]
        return
    if not isinstance(callee, Attribute):
        return
    part = _part(callee.object)
    if part is not None and callee.name in {"get", "has", "getInt", "getString", "getBoolean", "getAlnum", "getAlpha", "all", "getValue"}:
        yield from ((part[0], name) for name in texts_of(first))
    elif _REQUEST.search(dotted(callee.object)) or callee.name in {"getMore", "postMore"}:
        yield from _asked(callee.name, first)


def _asked(name: str, first: Expression | None) -> Iterator[tuple[Source | None, str]]:
    if name in {"validate", "validated"} and isinstance(first, Mapping):
        yield from ((None, key) for pair, _ in first.entries if (key := text(pair)))
    elif name in _READERS:
        source = {"postMore": "body", "getMore": "query"}.get(name, _READERS[name])
        titles = texts_of(first) if name not in {"getMore", "postMore"} else _firsts(first)
        yield from ((source, title.partition("/")[0]) for title in titles)  # type: ignore[misc]


def _firsts(value: Expression | None) -> tuple[str, ...]:
    """The names of a list of (name, default) pairs."""
    elements = getattr(value, "elements", ())
    return tuple(found[0] for element in elements if (found := texts_of(element)))


def _thinking(name: str) -> Iterator[tuple[Source | None, str]]:
    """ThinkPHP's `input("get.id/d")`."""
    bare = name.lstrip("?").partition("/")[0]
    kind, dot, rest = bare.partition(".")
    if dot and kind in _KINDS:
        yield _KINDS[kind], rest
    else:
        yield None, rest if kind == "param" and dot else bare
