"""Javalin: verbs on the application and in nested paths, CRUD handlers, files, WebSockets, handlers that run before."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, Final

from threat_modeling.codebase.jvm.before import Befores
from threat_modeling.codebase.jvm.dsl import Context, Dsl
from threat_modeling.codebase.syntax import Assign, Attribute, Call, Function, Name, dotted, walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.jvm.classes import Place
    from threat_modeling.codebase.observations import Route
    from threat_modeling.codebase.project import Project
    from threat_modeling.codebase.syntax import Expression

LANGUAGES: Final = ("java", "kotlin")
KEYWORDS: Final = ("io.javalin",)

_VERBS: Final = frozenset({"get", "post", "put", "patch", "delete", "head", "options", "query"})
_CRUD: Final = (("GET", False, "getAll"), ("GET", True, "getOne"), ("POST", False, "create"), ("PATCH", True, "update"), ("DELETE", True, "delete"))


class Javalin(Dsl):
    """What Javalin's calls mean."""

    framework: ClassVar[str] = "javalin"
    keywords: ClassVar[tuple[str, ...]] = KEYWORDS
    words: ClassVar[frozenset[str]] = _VERBS | {"path", "crud", "ws", "sse", "before", "routes", "addHttpHandler", "addHandler"}

    def __init__(self, project: Project) -> None:
        super().__init__(project)
        self.befores = Befores()

    def start(self, place: Place) -> Context:
        """Below the context path that the file sets."""
        return Context(place).under(self._context_path(place))

    def _context_path(self, place: Place) -> str:
        for node in walk(place.module.body):
            if isinstance(node, Assign) and node.targets and dotted(node.targets[0]).rpartition(".")[2] == "contextPath":
                return self.read.constants.text(place, node.value) or ""
        return ""

    def visit(self, call: Call, name: str, context: Context) -> bool:
        """Verbs, nested paths and what else registers."""
        arguments = call.arguments
        path = self.text(context, arguments[0]) if arguments else None
        if name in _VERBS and arguments and _may_handle(arguments[-1 if len(arguments) < 3 else 1]):
            return self._verb(call, name, context)
        if name == "crud" and arguments:
            return self._crud(call, context)
        if name == "path" and len(arguments) == 2 and isinstance(arguments[1], Function):
            self.walk(arguments[1].body, context.under(path or "{path}"))
        elif name in {"ws", "sse"} and len(arguments) > 1 and path is not None:
            self.add("GET", path, call, context, arguments[1], kind="websocket" if name == "ws" else "http")
        elif name in {"addHttpHandler", "addHandler", "addEndpoint"} and len(arguments) > 2 and (own := self.text(context, arguments[1])) is not None:
            self.add(dotted(arguments[0]).rpartition(".")[2], own, call, context, arguments[2])
        elif name in {"before", "beforeMatched"} and arguments:
            self.befores.add(self, context, path or "*", arguments[-1], call)
        else:
            return self._files(call, name, context)
        return True

    def _verb(self, call: Call, name: str, context: Context) -> bool:
        first, *rest = call.arguments
        path = self.text(context, first)
        if path is None and (rest or not context.prefix or (isinstance(call.callee, Attribute) and dotted(call.callee.object) != "ApiBuilder")):
            return False
        if path is not None and not rest:
            return False
        handler = rest[0] if path is not None else first
        roles = rest[1:] if path is not None else []
        self.add(name, path or "", call, context, handler, guards=self.befores.roles(self, context, roles))
        return True

    def _crud(self, call: Call, context: Context) -> bool:
        """A CRUD handler at a path that ends in a parameter, or at the path around it."""
        path = self.text(context, call.arguments[0])
        handler = call.arguments[-1]
        made = handler.callee if isinstance(handler, Call) else handler
        whole = context.under(path or "")
        collection = replace(context, prefix=whole.prefix.rpartition("/")[0] or "/")
        for verb, one, method in _CRUD:
            self.add(verb, "", call, whole if one else collection, Attribute(call.line, call.end, made, method))
        return True

    def _files(self, call: Call, name: str, context: Context) -> bool:
        """`config.staticFiles.add("/folder")`, also with a lambda that says where it is hosted."""
        owner = dotted(call.callee.object) if isinstance(call.callee, Attribute) else ""
        if name == "enableWebjars":
            self.add("GET", "/webjars/**", call, context)
            return True
        if name not in {"add", "addStaticFiles"} or not (owner.endswith("staticFiles") or name == "addStaticFiles") or not call.arguments:
            return False
        hosted = "/"
        for node in walk(call.arguments):
            if isinstance(node, Assign) and dotted(node.targets[0]).endswith("hostedPath"):
                hosted = self.text(context, node.value) or hosted
        self.add("GET", f"{hosted.rstrip('/')}/**", call, context)
        return True


def _may_handle(node: Expression) -> bool:
    return isinstance(node, Function | Attribute | Call | Name)


def routes(project: Project) -> Iterator[Route]:
    """The routes of every Javalin application."""
    dialect = Javalin(project)
    found = list(dialect.routes())
    yield from dialect.befores.covering(found)
