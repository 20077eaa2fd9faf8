"""Spark: verbs, nested paths, redirects, files, WebSockets, filters that run before."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from threat_modeling.codebase.jvm.before import Befores
from threat_modeling.codebase.jvm.dsl import Context, Dsl
from threat_modeling.codebase.syntax import Attribute, Call, Function, dotted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.observations import Route
    from threat_modeling.codebase.project import Project

LANGUAGES: Final = ("java", "kotlin")
KEYWORDS: Final = ("spark.Spark", "spark.Service", "spark.kotlin", "import spark.")

_VERBS: Final = frozenset({"get", "post", "put", "patch", "delete", "head", "trace", "connect", "options"})
_FILES: Final = frozenset({"location", "externalLocation", "staticFileLocation"})
_OWNERS: Final = frozenset({"", "Spark", "http", "service", "spark"})


class Spark(Dsl):
    """What Spark's calls mean."""

    framework: ClassVar[str] = "spark"
    keywords: ClassVar[tuple[str, ...]] = KEYWORDS
    words: ClassVar[frozenset[str]] = _VERBS | {"path", "before", "webSocket"}

    def __init__(self, project: Project) -> None:
        super().__init__(project)
        self.befores = Befores()

    def visit(self, call: Call, name: str, context: Context) -> bool:
        """Verbs, nested paths and what else registers."""
        owner = dotted(call.callee.object).rpartition(".")[2] if isinstance(call.callee, Attribute) else ""
        arguments = call.arguments
        path = self.text(context, arguments[0]) if arguments else None
        if owner == "redirect" and path is not None and name in _VERBS | {"any"}:
            self.add("ANY" if name == "any" else name, path, call, context)
        elif name in _VERBS and owner in _OWNERS and path is not None and len(arguments) > 1:
            handler = arguments[2] if len(arguments) > 2 and self.text(context, arguments[1]) is not None else arguments[1]
            self.add(name, path, call, context, handler)
        elif name == "path" and path is not None and len(arguments) == 2 and isinstance(arguments[1], Function):
            self.walk(arguments[1].body, context.under(path))
        elif name == "webSocket" and path is not None:
            self.add("GET", path, call, context, kind="websocket")
        elif name == "before" and arguments:
            self.befores.add(self, context, path or "*", arguments[-1], call)
        elif name in _FILES and (owner == "staticFiles" or name == "staticFileLocation"):
            self.add("GET", "/**", call, context)
        else:
            return False
        return True


def routes(project: Project) -> Iterator[Route]:
    """The routes of every Spark application."""
    dialect = Spark(project)
    found = list({(route.method, route.path): route for route in reversed(list(dialect.routes()))}.values())
    yield from dialect.befores.covering(reversed(found))
