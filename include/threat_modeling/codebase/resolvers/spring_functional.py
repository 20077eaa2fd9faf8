"""Spring's router functions: verbs as builders, as predicates and in the Kotlin DSL, nested paths; routes of Spring Cloud Gateway."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from threat_modeling.codebase.jvm.calls import method_of
from threat_modeling.codebase.jvm.dsl import Context, Dsl
from threat_modeling.codebase.jvm.routes import Served
from threat_modeling.codebase.jvm.spring.base import base_path
from threat_modeling.codebase.jvm.spring.security import Security
from threat_modeling.codebase.syntax import Attribute, Call, Function, Node, children, dotted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.jvm.classes import Place
    from threat_modeling.codebase.observations import Route
    from threat_modeling.codebase.project import Project

LANGUAGES: Final = ("java", "kotlin")
KEYWORDS: Final = ("RouterFunction", "coRouter", "function.server", "servlet.function", "RouteLocator")

_VERBS: Final = frozenset({"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"})
_NESTS: Final = frozenset({"nest", "path"})


class Functional(Dsl):
    """What the calls of router functions mean."""

    framework: ClassVar[str] = "spring"
    keywords: ClassVar[tuple[str, ...]] = KEYWORDS
    words: ClassVar[frozenset[str]] = _VERBS | _NESTS | {"router", "coRouter", "route", "resources"}

    def __init__(self, project: Project) -> None:
        super().__init__(project)
        self._security = Security(self.read)

    def start(self, place: Place) -> Context:
        """Below the application's base path."""
        return Context(place).under(base_path(self.read, place))

    def visit(self, call: Call, name: str, context: Context) -> bool:
        """Verbs with a path, nested paths, routes of a gateway."""
        if name in _VERBS and call.arguments:
            return self._verb(call, name, context)
        if name == "nest":
            return self._nest(call, context)
        if name == "path" and len(call.arguments) == 2 and isinstance(call.arguments[1], Function):
            self._chained(call, context)
            self.walk(call.arguments[1].body, context.under(self.text(context, call.arguments[0]) or ""))
            return True
        if name in {"route", "andRoute"} and len(call.arguments) == 2:
            return self._predicate(call, context)
        return False

    def _verb(self, call: Call, name: str, context: Context) -> bool:
        path = self.text(context, call.arguments[0])
        if path is None:
            return False
        self._chained(call, context)
        self._serve(name, path, call, context, call.arguments[-1] if len(call.arguments) > 1 else None)
        return True

    def _serve(self, verb: str, path: str, call: Node, context: Context, handler: object) -> None:
        served = self.handler(handler, context)
        function = served[1] if served is not None else Function(call.line, call.end, "")
        before = len(self.found)
        self.add(verb, path, call, context, handler)
        base = base_path(self.read, context.place)
        for index in range(before, len(self.found)):
            found = self.found[index]
            guards = self._security.of(Served(context.place, context.place, function), verb, found.path.removeprefix(base) or "/")
            self.found[index] = found.model_copy(update={"guards": tuple(guards)})

    def _chained(self, call: Call, context: Context) -> None:
        if isinstance(call.callee, Attribute):
            self.walk((call.callee.object,), context)

    def _nest(self, call: Call, context: Context) -> bool:
        """`"/a".nest { }`, `path("/a").nest { }`, `.nest(path("/a"), builder -> ...)`, `nest(path("/a"), route(...))`."""
        given = list(call.arguments)
        receiver = call.callee.object if isinstance(call.callee, Attribute) else None
        prefix = self._path_in(receiver, context) if len(given) == 1 else None
        if prefix is None and len(given) > 1:
            prefix = self._path_in(given[0], context)
            self._chained(call, context)
            given = given[1:]
        inner = context.under(prefix or "")
        for argument in given:
            self.walk(argument.body if isinstance(argument, Function) else (argument,), inner)
        return True

    def _path_in(self, node: object, context: Context) -> str | None:
        """The path of a predicate: a text, or what `path(...)` among its calls is given."""
        text = self.text(context, node)
        if text is not None:
            return text
        pending = [node]
        while pending:
            current = pending.pop()
            if isinstance(current, Call) and method_of(current) in {"path", "pathPrefix"} and current.arguments:
                return self.text(context, current.arguments[0])
            if isinstance(current, Node) and not isinstance(current, Function):
                pending += children(current)
        return None

    def _predicate(self, call: Call, context: Context) -> bool:
        """`route(GET("/a").and(accept(JSON)), handler::show)`, also a gateway's `route("id", r -> r.path("/a").uri(...))`."""
        first, last = call.arguments
        self._chained(call, context)
        if isinstance(last, Function) and self.text(context, first) is not None:
            self._gateway(call, last, context)
            return True
        verbs = [node for node in _calls(first) if method_of(node) in _VERBS and node.arguments]
        for node in verbs:
            path = self.text(context, node.arguments[0])
            if path is not None:
                self._serve(method_of(node), path, node, context, last)
        if not verbs and (path := self._path_in(first, context)) is not None:
            methods = [dotted(a).rpartition(".")[2] for node in _calls(first) if method_of(node) == "method" for a in node.arguments]
            self._serve(methods[0] if methods else "ANY", path, call, context, last)
        return True

    def _gateway(self, call: Call, block: Function, context: Context) -> None:
        """Paths and methods that the predicates of a gateway's route name, those of its own functions too."""
        nodes = list(_calls(block.body))
        for node in list(nodes):
            found = self.function(node.callee, context.place) or self._extension(node, context)
            nodes += _calls(found[1].body) if found is not None else ()
        paths = [self.text(context, argument) for node in nodes if method_of(node) == "path" for argument in node.arguments]
        verbs = [dotted(argument).rpartition(".")[2] for node in nodes if method_of(node) == "method" for argument in node.arguments]
        for path in dict.fromkeys(path for path in paths if path is not None):
            for verb in dict.fromkeys(verbs) or ("ANY",):
                self.add(verb, path, call, context)

    def _extension(self, call: Call, context: Context) -> tuple[Place, Function] | None:
        method = context.place.method(method_of(call)) if context.place.classes else None
        return (context.place, method) if method is not None else None


def _calls(nodes: object) -> Iterator[Call]:
    pending = list(nodes) if isinstance(nodes, tuple) else [nodes]
    while pending:
        node = pending.pop()
        if isinstance(node, Call):
            yield node
        if isinstance(node, Node):
            pending += list(children(node))[::-1]


def routes(project: Project) -> Iterator[Route]:
    """The routes of every router function and gateway."""
    if any(word in (project.text(file.path) or "") for file in project.files if file.language in LANGUAGES for word in KEYWORDS):
        yield from Functional(project).routes()
