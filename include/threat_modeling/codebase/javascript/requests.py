"""Which values a handler takes from the request: path, query, body, headers, cookies, files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, get_args

from threat_modeling.codebase.observations import Parameter
from threat_modeling.codebase.syntax import Assign, Attribute, Call, Expression, Mapping, Name, Node, Operation, Subscript, dotted, walk
from threat_modeling.codebase.syntax import Literal as LiteralNode
from threat_modeling.codebase.syntax import Parameter as Declared

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.javascript.values import Closure

Source = Literal["path", "query", "body", "header", "cookie", "file"]
SOURCES: Final[dict[str, Source]] = {
    "params": "path",
    "query": "query",
    "body": "body",
    "headers": "header",
    "cookies": "cookie",
    "signedCookies": "cookie",
    "files": "file",
    "file": "file",
    "payload": "body",
    "state": "cookie",
}
_GETTERS: Final[dict[str, Source]] = {"get": "header", "header": "header", "param": "path", "query": "query", "queries": "query"}
_EVENTS: Final[dict[str, Source]] = {
    **dict.fromkeys(("getQuery", "getValidatedQuery"), "query"),
    **dict.fromkeys(("readBody", "readValidatedBody", "readFormData"), "body"),
    **dict.fromkeys(("getHeaders", "getRequestHeaders"), "header"),
    "parseCookies": "cookie",
}
"""Functions that are given the event of a request and return a part of it."""
_EVENT_VALUES: Final[dict[str, Source]] = {
    **dict.fromkeys(("getHeader", "getRequestHeader"), "header"),
    "getCookie": "cookie",
    "getRouterParam": "path",
}
_LIFE: Final = frozenset({"connect", "connection", "disconnect", "disconnecting", "close", "error", "open", "ping", "pong"})
_BODIES: Final = (".req.json", ".req.parseBody", ".json", ".formData")
_ORDER: Final = {source: position for position, source in enumerate(get_args(Source))}


def parameters(closure: Closure | None, path_names: tuple[str, ...]) -> tuple[Parameter, ...]:
    """The parameters of a route: those in its path, then what its handler reads."""
    found: dict[tuple[Source, str], None] = {("path", name): None for name in path_names}
    function = closure.function if closure is not None else None
    request = function.parameters[0] if function is not None and function.parameters else None
    read = reads(function.body, _name(request), request.binds) if function is not None and request is not None else ()
    for source, name in read:
        if source != "path" or name in path_names or not path_names:
            found[(source, name)] = None
    ordered = sorted(found, key=lambda read: (_ORDER[read[0]], path_names.index(read[1]) if read[1] in path_names else len(path_names), read[1]))
    return tuple(Parameter(name=name, source=source) for source, name in ordered)


def _name(request: Declared) -> str:
    """What a handler calls the request: its parameter, or what it takes from the event that it is given."""
    return next((name for name in ("request", "req") if name in request.binds), request.name)


def messages(closure: Closure) -> tuple[Parameter, ...]:
    """The messages that a connection listens to: `socket.on("chat", ...)`; those about the connection itself carry nothing."""
    found: dict[str, None] = {}
    for node in walk(closure.function.body):
        if isinstance(node, Call) and isinstance(node.callee, Attribute) and node.callee.name in {"on", "once"} and node.arguments:
            event = node.arguments[0]
            if isinstance(event, LiteralNode) and isinstance(event.value, str) and event.value not in _LIFE:
                found[event.value] = None
    return tuple(Parameter(name=name, source="body") for name in sorted(found))


def reads(body: object, request: str, binds: tuple[str, ...] = ()) -> Iterator[tuple[Source, str]]:
    """What code takes from the request object called `request`, or from the parts of it that a parameter binds."""
    reader = _Reader(request, binds)
    for node in walk(body):
        yield from reader.read(node)


class _Reader:
    """Follows the request object and the parts of it that have names of their own."""

    def __init__(self, request: str, binds: tuple[str, ...]) -> None:
        self._request = request
        self._parts: dict[str, Source] = {name: SOURCES[name] for name in binds if name in SOURCES}

    def read(self, node: Node) -> Iterator[tuple[Source, str]]:
        """What one node takes from the request."""
        if isinstance(node, Assign) and node.value is not None:
            yield from self._assigned(node.targets, node.value)
        elif isinstance(node, Attribute):
            yield from self._attribute(node)
        elif isinstance(node, Subscript) and isinstance(node.index, LiteralNode):
            source = self._part(node.object)
            if source is not None:
                yield source, str(node.index.value)
        elif isinstance(node, Call):
            yield from self._called(node)

    def _part(self, node: Expression) -> Source | None:
        """Which part of the request an expression is."""
        if isinstance(node, Call) and dotted(node.callee) in {f"{self._request}{call}" for call in _BODIES}:
            return "body"
        if isinstance(node, Call) and isinstance(node.callee, Name) and node.arguments and self._is_request(node.arguments[0]):
            return _EVENTS.get(node.callee.id)
        if isinstance(node, Operation) and node.operator in {"||", "??", "await"} and node.operands:
            return self._part(node.operands[0])
        if isinstance(node, Name):
            return self._parts.get(node.id)
        return SOURCES.get(node.name) if isinstance(node, Attribute) and self._is_request(node.object) else None

    def _is_request(self, node: Expression) -> bool:
        path = dotted(node)
        return bool(self._request) and path in {self._request, f"{self._request}.request", f"{self._request}.req"}

    def _attribute(self, node: Attribute) -> Iterator[tuple[Source, str]]:
        if node.name == "file" and self._is_request(node.object):
            yield "file", "file"
            return
        source = self._part(node.object)
        if (
            source is not None
            and not (source in {"cookie", "header", "body"} and node.name == "get")
            and not (source == "file" and isinstance(node.object, Attribute) and node.object.name == "file")
        ):
            yield source, node.name

    def _assigned(self, targets: tuple[Expression, ...], value: Expression) -> Iterator[tuple[Source, str]]:
        source = self._part(value)
        for target in targets:
            if isinstance(target, Name) and source is not None:
                self._parts[target.id] = source
            elif isinstance(target, Mapping) and source is not None:
                yield from ((source, str(key.value)) for key, _ in target.entries if isinstance(key, LiteralNode))
            elif isinstance(target, Mapping) and self._is_request(value):
                yield from self._destructured(target)

    def _destructured(self, target: Mapping) -> Iterator[tuple[Source, str]]:
        """`const {body: {name}, query} = req`."""
        for key, value in target.entries:
            source = SOURCES.get(str(key.value)) if isinstance(key, LiteralNode) else None
            if source is not None and isinstance(value, Name):
                self._parts[value.id] = source
            elif source is not None and isinstance(value, Mapping):
                yield from ((source, str(inner.value)) for inner, _ in value.entries if isinstance(inner, LiteralNode))

    def _called(self, node: Call) -> Iterator[tuple[Source, str]]:
        """`req.get("X-Name")`, `c.req.query("page")`, `ctx.cookies.get("name")`, `getCookie(c, "name")`."""
        callee = node.callee
        texts = [argument.value for argument in node.arguments if isinstance(argument, LiteralNode) and isinstance(argument.value, str)]
        if not texts:
            return
        if isinstance(callee, Attribute) and self._is_request(callee.object) and callee.name in _GETTERS:
            own = dotted(callee.object) == self._request
            yield ("query" if callee.name == "param" and own else _GETTERS[callee.name]), texts[0]
        elif isinstance(callee, Attribute) and callee.name == "get" and self._part(callee.object) in {"cookie", "header"}:
            yield self._part(callee.object) or "cookie", texts[0]
        elif isinstance(callee, Attribute) and callee.name == "get" and dotted(callee.object).endswith("searchParams"):
            yield "query", texts[0]
        elif isinstance(callee, Attribute) and callee.name == "get" and self._part(callee.object) == "body":
            yield "body", texts[0]
        elif isinstance(callee, Name) and callee.id in _EVENT_VALUES:
            yield _EVENT_VALUES[callee.id], texts[0]
