"""The HTTP server of the JDK: contexts and their handlers, with the methods that a handler tells apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from threat_modeling.codebase.jvm.calls import method_of
from threat_modeling.codebase.jvm.dsl import Context, Dsl
from threat_modeling.codebase.syntax import Block, Call, Function, Literal, Name, Operation, walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.jvm.classes import Place
    from threat_modeling.codebase.observations import Route
    from threat_modeling.codebase.project import Project

LANGUAGES: Final = ("java", "kotlin")
KEYWORDS: Final = ("com.sun.net.httpserver",)

_METHODS: Final = frozenset({"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"})
_MAX_DEPTH: Final = 2


class HttpServer(Dsl):
    """What `createContext` means."""

    framework: ClassVar[str] = "jdk-httpserver"
    keywords: ClassVar[tuple[str, ...]] = KEYWORDS
    words: ClassVar[frozenset[str]] = frozenset({"createContext"})

    def visit(self, call: Call, name: str, context: Context) -> bool:
        """`server.createContext("/a", handler)`."""
        path = self.text(context, call.arguments[0]) if name == "createContext" and call.arguments else None
        if path is None:
            return False
        handler = call.arguments[1] if len(call.arguments) > 1 else None
        found = self.handler(handler, context)
        for verb in (_told_apart(self, *found) if found is not None else []) or ["ANY"]:
            self.add(verb, path, call, context, handler)
        return True


def _told_apart(dialect: HttpServer, place: Place, function: Function, depth: int = _MAX_DEPTH) -> list[str]:
    """The methods that a handler compares the request's method with, in order."""
    if not any(isinstance(node, Call) and method_of(node) == "getRequestMethod" for node in walk(function.body)):
        called = (dialect.function(node.callee, place) for node in walk(function.body) if isinstance(node, Call) and isinstance(node.callee, Name))
        return next((verbs for each in called if depth and each is not None and (verbs := _told_apart(dialect, *each, depth - 1))), [])
    found: list[str] = []
    for node in walk(function.body):
        if isinstance(node, Call) and method_of(node) in {"equals", "equalsIgnoreCase"}:
            found += _named(node.callee, *node.arguments)
        elif (isinstance(node, Operation) and node.operator in {"==", "!=", "case"}) or (isinstance(node, Block) and node.kind == "switch"):
            found += _named(*(node.operands if isinstance(node, Operation) else node.heads))
    return list(dict.fromkeys(found))


def _named(*nodes: object) -> list[str]:
    return [str(inner.value) for node in nodes for inner in walk(node) if isinstance(inner, Literal) and inner.value in _METHODS]


def routes(project: Project) -> Iterator[Route]:
    """The contexts of every server."""
    yield from HttpServer(project).routes()
