"""http4k: `"/path" bind GET to handler`, nested routes, contracts, filters before them."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from threat_modeling.codebase.jvm.calls import method_of
from threat_modeling.codebase.jvm.classes import key_of
from threat_modeling.codebase.jvm.dsl import Context, Dsl
from threat_modeling.codebase.observations import Guard
from threat_modeling.codebase.syntax import Attribute, Call, Function, Name, Operation, dotted, walk
from threat_modeling.model import ControlCategory

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.observations import Route
    from threat_modeling.codebase.project import Project

LANGUAGES: Final = ("kotlin",)
KEYWORDS: Final = ("org.http4k",)

_METHODS: Final = frozenset({"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "PURGE", "QUERY"})
_BINDS: Final = frozenset({"bind", "bindContract"})
_AUTHENTICATING: Final = frozenset({"BasicAuth", "BearerAuth", "ApiKeyAuth", "DigestAuth", "OAuth", "AuthFilter", "authFilter"})


class Http4k(Dsl):
    """What http4k's calls mean."""

    framework: ClassVar[str] = "http4k"
    keywords: ClassVar[tuple[str, ...]] = KEYWORDS
    words: ClassVar[frozenset[str]] = _BINDS | {"routes", "contract", "to", "then", "static", "websockets"}

    def visit(self, call: Call, name: str, context: Context) -> bool:
        """Bindings, filters before routes."""
        if not isinstance(call.callee, Attribute) or len(call.arguments) != 1:
            return False
        receiver, given = call.callee.object, call.arguments[0]
        if name == "to":
            return self._to(receiver, given, call, context)
        if name in _BINDS:
            return self._bind(receiver, given, call, context)
        if name == "then":
            guard = self._authenticates(receiver, context)
            self.walk((given,), context.guarded(guard) if guard is not None else context)
            return True
        return False

    def _to(self, receiver: object, handler: object, call: Call, context: Context) -> bool:
        verb = dotted(receiver).rpartition(".")[2]
        if verb in _METHODS:
            self.add(verb, "", call, context, handler)
            return True
        if isinstance(receiver, Call) and method_of(receiver) in _BINDS and isinstance(receiver.callee, Attribute) and receiver.arguments:
            verb = dotted(receiver.arguments[0]).rpartition(".")[2]
            if verb in _METHODS:
                self.add(verb, self._path(receiver.callee.object, context), call, context, handler)
                return True
        return False

    def _bind(self, receiver: object, given: object, call: Call, context: Context) -> bool:
        path = self._path(receiver, context)
        if dotted(given).rpartition(".")[2] in _METHODS:
            return True
        if isinstance(given, Function):
            self.add("ANY", path, call, context, given)
        elif isinstance(given, Call) and method_of(given) == "static":
            self.add("GET", f"{path}/*", call, context)
        else:
            before = len(self.found)
            self.walk((given,), context.under(path))
            found = self._value(given, context) if len(self.found) == before else None
            if found is not None:
                self.walk((found,), context.under(path))
        return True

    def _value(self, node: object, context: Context) -> object:
        """The value of a name that holds routes; it is read where it is bound alone."""
        found = self.read.constants.value(context.place, dotted(node), 3) if isinstance(node, Name | Attribute) else None
        if found is None:
            return None
        self._inlined.add(key_of(found[0].module.path, found[1]))
        return found[1]

    def walk(self, nodes: object, context: Context) -> Context:
        """Names among the routes of others are read in their place."""
        for node in nodes:  # type: ignore[attr-defined]
            if (
                isinstance(node, Name)
                and (value := self._value(node, context)) is not None
                and isinstance(value, Call)
                and key_of(context.place.module.path, value) not in self._active
            ):
                key = key_of(context.place.module.path, value)
                self._active.add(key)
                super().walk((value,), context)
                self._active.discard(key)
            else:
                context = super().walk((node,), context)
        return context

    def _path(self, node: object, context: Context) -> str:
        """A text, `"/a" / Path.of("id") / "b"`, or one with what a contract says of it."""
        text = self.text(context, node)
        if text is not None:
            return text
        if isinstance(node, Operation) and node.operator == "/":
            return "/".join(self._path(operand, context) for operand in node.operands)
        if isinstance(node, Call):
            if method_of(node) in {"meta", "query", "and"} and isinstance(node.callee, Attribute):
                return self._path(node.callee.object, context)
            name = next((self.text(context, argument) for inner in walk(node) if isinstance(inner, Call) for argument in inner.arguments), None)
            return f"{{{name}}}" if name else "{part}"
        return "{part}"

    def _authenticates(self, node: object, context: Context) -> Guard | None:
        for inner in walk(node):
            name = inner.name if isinstance(inner, Attribute) else inner.id if isinstance(inner, Name) else ""
            if name in _AUTHENTICATING:
                evidence = self.read.project.evidence(context.place.module.path, inner.line, inner.line)
                return Guard(category=ControlCategory.AUTHENTICATION, name=name, scope="router", evidence=evidence)
        return None


def routes(project: Project) -> Iterator[Route]:
    """The routes of every http4k application."""
    yield from Http4k(project).routes()
