"""Helidon SE: rules of its routing, registered services, files."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from threat_modeling.codebase.jvm.classes import Place, key_of, written
from threat_modeling.codebase.jvm.dsl import Context, Dsl
from threat_modeling.codebase.syntax import Attribute, Call, Function, Name, dotted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.observations import Route
    from threat_modeling.codebase.project import Project

LANGUAGES: Final = ("java", "kotlin")
KEYWORDS: Final = ("io.helidon",)

_VERBS: Final = frozenset({"get", "post", "put", "patch", "delete", "head", "options", "trace"})
_SERVING: Final = frozenset({"routing", "update"})


class Helidon(Dsl):
    """What Helidon's calls mean."""

    framework: ClassVar[str] = "helidon"
    keywords: ClassVar[tuple[str, ...]] = KEYWORDS
    words: ClassVar[frozenset[str]] = _VERBS | {"register", "any", "route"}

    def visit(self, call: Call, name: str, context: Context) -> bool:
        """Verbs and registered services; what is chained before them is read first."""
        path = self.text(context, call.arguments[0]) if call.arguments else None
        if not isinstance(call.callee, Attribute):
            return False
        if name in _VERBS | {"any"} and path is not None and len(call.arguments) > 1:
            self.walk((call.callee.object,), context)
            self.add("ANY" if name == "any" else name, path, call, context, call.arguments[-1])
            return True
        if name in _VERBS | {"any"} and len(call.arguments) == 1 and path is None and context.depth:
            self.walk((call.callee.object,), context)
            self.add("ANY" if name == "any" else name, "", call, context, call.arguments[0])
            return True
        if name == "register" and call.arguments:
            self.walk((call.callee.object,), context)
            for argument in call.arguments[path is not None :]:
                self._service(argument, context.under(path or ""))
            return True
        if name == "route" and path is not None and len(call.arguments) > 1:
            self.walk((call.callee.object,), context)
            self.add(dotted(call.arguments[0]).rpartition(".")[2] or "ANY", path, call, context, call.arguments[-1])
            return True
        return False

    def _service(self, argument: object, context: Context) -> None:
        """What a service registers in its `routing` or `update` method."""
        value = context.place.names.get(argument.id, argument) if isinstance(argument, Name) else argument
        if isinstance(value, Call):
            if isinstance(value.callee, Attribute) and value.callee.name in {"create", "builder"}:
                self.add("GET", "/*", value, context) if "StaticContent" in dotted(value.callee) else None
            found = self.read.types.find(context.place, written(value.callee))
            found = found or (self.read.types.find(context.place, dotted(value.callee.object)) if isinstance(value.callee, Attribute) else None)
            method = next((m for m in found.methods() if m.name in _SERVING), None) if found is not None else None
            if found is not None and method is not None:
                self._follow(found, method, context)
        elif isinstance(value, Function):
            self.walk(value.body, context)

    def _follow(self, place: Place, method: Function, context: Context) -> None:
        key = key_of(place.module.path, method)
        self._inlined.add(key)
        if key not in self._active:
            self._active.add(key)
            self.walk(method.body, Context(place, context.prefix, context.guards, context.depth + 1))
            self._active.discard(key)


def routes(project: Project) -> Iterator[Route]:
    """The routes of every Helidon SE server."""
    yield from Helidon(project).routes()
