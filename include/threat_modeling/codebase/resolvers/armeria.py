"""Armeria: annotated services under the prefixes they are registered with, services and routes of the server's builder."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from threat_modeling.codebase.jvm.annotations import annotations_of, find
from threat_modeling.codebase.jvm.calls import links, method_of
from threat_modeling.codebase.jvm.classes import Key, Place, modules_of, places, simple, written
from threat_modeling.codebase.jvm.dsl import Context, Dsl
from threat_modeling.codebase.jvm.paths import joined, template
from threat_modeling.codebase.jvm.routes import Served, declared_parameters, handler_of, route
from threat_modeling.codebase.observations import Guard
from threat_modeling.codebase.syntax import Attribute, Call, Name
from threat_modeling.model import ControlCategory

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.jvm.routes import Source
    from threat_modeling.codebase.observations import Route
    from threat_modeling.codebase.project import Project

LANGUAGES: Final = ("java", "kotlin")
KEYWORDS: Final = ("com.linecorp.armeria",)

_VERBS: Final = {name: name.upper() for name in ("Get", "Post", "Put", "Delete", "Patch", "Head", "Options", "Trace")}
_BUILDER: Final = frozenset(name.lower() for name in _VERBS)
_SOURCES: Final[dict[str, Source]] = {"Param": "query", "Header": "header", "RequestObject": "body", "Attribute": "query"}
_KINDS: Final = ("exact:", "prefix:", "glob:", "regex:")


class Armeria(Dsl):
    """What the calls of a server's builder mean; `prefixes` collects where annotated services are registered."""

    framework: ClassVar[str] = "armeria"
    keywords: ClassVar[tuple[str, ...]] = KEYWORDS
    words: ClassVar[frozenset[str]] = frozenset({"annotatedService", "service", "serviceUnder", "route", "build", "pathPrefix"})

    def __init__(self, project: Project) -> None:
        super().__init__(project)
        self.prefixes: dict[Key, list[str]] = {}

    def visit(self, call: Call, name: str, context: Context) -> bool:
        """Registrations; what is chained before them is read first."""
        path = self.text(context, call.arguments[0]) if call.arguments else None
        if name == "annotatedService":
            self._annotated(call, path, context)
        elif name == "service" and path is not None and len(call.arguments) > 1:
            self.add("ANY", _plain(path), call, context, call.arguments[1])
        elif name == "serviceUnder" and path is not None:
            self.add("ANY", joined(path, "*"), call, context)
        elif name == "build" and call.arguments:
            self._fluent(call, context)
        else:
            return False
        if isinstance(call.callee, Attribute):
            self.walk((call.callee.object,), context)
        return True

    def _annotated(self, call: Call, path: str | None, context: Context) -> None:
        for argument in call.arguments[path is not None :]:
            value = context.place.names.get(argument.id, argument) if isinstance(argument, Name) else argument
            made = self.read.types.find(context.place, written(value.callee)) if isinstance(value, Call) else None
            made = made or (self.methods.typed(context.place, argument.id) if isinstance(argument, Name) else None)
            if made is not None:
                known = self.prefixes.setdefault(made.key, [])
                if (whole := joined(context.prefix, path or "")) not in known:
                    known.append(whole)

    def _fluent(self, call: Call, context: Context) -> None:
        """`route().get("/a").methods(...).build(handler)`."""
        verbs, paths = [], []
        for link in links(call.callee.object if isinstance(call.callee, Attribute) else None):
            name = method_of(link)
            text = self.text(context, link.arguments[0]) if link.arguments else None
            if name in _BUILDER and text is not None:
                verbs.append(name)
                paths.append(text)
            elif name in {"path", "pathPrefix"} and text is not None:
                paths.append(joined(text, "*") if name == "pathPrefix" else text)
        for path in paths:
            self.add(verbs[0] if verbs else "ANY", _plain(path), call, context, call.arguments[0])


def routes(project: Project) -> Iterator[Route]:
    """The routes of every server and annotated service."""
    dialect = Armeria(project)
    yield from dialect.routes()
    for module in modules_of(project, KEYWORDS):
        for place in places(module):
            yield from _service(dialect, place)


def _service(dialect: Armeria, place: Place) -> Iterator[Route]:
    read = dialect.read
    mark = find(place, place.node.decorators, ("PathPrefix",))
    own = read.constants.text(place, mark.argument("value")) or "" if mark is not None else ""
    for method in place.methods():
        found = list(annotations_of(place, method.decorators))
        extra = [text for each in found if each.name == "Path" for text in read.constants.texts(place, each.argument("value"))]
        for each in found:
            if each.name not in _VERBS:
                continue
            for path in read.constants.texts(place, each.argument("value")) or extra or [""]:
                for prefix in dialect.prefixes.get(place.key, [""]):
                    yield route(
                        read.project,
                        "armeria",
                        _VERBS[each.name],
                        template(joined(prefix, own, _plain(path))),
                        (place.module.path, method),
                        handler=handler_of(place, method),
                        parameters=declared_parameters(read, Served(place, place, method), _SOURCES),
                        guards=_decorated(dialect, place, method),
                    )


def _decorated(dialect: Armeria, place: Place, method: object) -> Iterator[Guard]:
    """`@Decorator(AuthService.class)` and the like, by the framework's own names."""
    for decorators, scope in ((method.decorators, "route"), (place.node.decorators, "router")):  # type: ignore[attr-defined]
        for each in annotations_of(place, decorators):
            argument = each.argument("value") if each.name == "Decorator" else None
            name = simple(argument.object) if isinstance(argument, Attribute) else ""
            if "Auth" in name:
                evidence = dialect.read.project.evidence(place.module.path, each.node.line, each.node.end)
                reach = "route" if scope == "route" else "router"
                yield Guard(category=ControlCategory.AUTHENTICATION, name=name, scope=reach, evidence=evidence)


def _plain(path: str) -> str:
    kind = next((kind for kind in _KINDS if path.startswith(kind)), "")
    bare = path.removeprefix(kind)
    return joined(bare, "*") if kind == "prefix:" else bare
