"""Vert.x Web: routes of routers by chained calls, mounted routers, files, handlers that run before."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar, Final

from threat_modeling.codebase.jvm.calls import links, method_of, root
from threat_modeling.codebase.jvm.classes import simple
from threat_modeling.codebase.jvm.dsl import Context, Dsl
from threat_modeling.codebase.jvm.paths import joined
from threat_modeling.codebase.observations import Guard
from threat_modeling.codebase.syntax import Attribute, Call, Function, Name, Return, dotted, walk
from threat_modeling.model import ControlCategory

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.jvm.classes import Place
    from threat_modeling.codebase.observations import Route
    from threat_modeling.codebase.project import Project

LANGUAGES: Final = ("java", "kotlin")
KEYWORDS: Final = ("io.vertx.ext.web",)

_VERBS: Final = frozenset({"get", "post", "put", "patch", "delete", "head", "options", "trace", "query", "connect"})
_HANDLERS: Final = frozenset({"handler", "blockingHandler", "coroutineHandler", "respond"})
_MOUNTS: Final = frozenset({"mountSubRouter", "subRouter"})
_AUTHENTICATING: Final = ("AuthHandler", "AuthenticationHandler", "APIKeyHandler")
_MAX_MOUNTS: Final = 5


@dataclass(slots=True)
class _Router:
    """The routes of one router, which have their paths from it, and where it is mounted."""

    routes: list[tuple[str, Call, Context, str, object]] = field(default_factory=list)
    before: list[tuple[str, Guard]] = field(default_factory=list)
    mounts: list[tuple[tuple[str, ...], str]] = field(default_factory=list)


class Vertx(Dsl):
    """What chains on a router mean; a router is known by the function or class around its name."""

    framework: ClassVar[str] = "vertx"
    keywords: ClassVar[tuple[str, ...]] = KEYWORDS
    words: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, project: Project) -> None:
        super().__init__(project)
        self.routers: dict[tuple[str, ...], _Router] = {}
        self._taken: set[int] = set()

    def visit(self, call: Call, name: str, context: Context) -> bool:
        """The outermost call of a chain on a router."""
        del name
        chain = links(call)
        start = root(call)
        first = method_of(chain[0]) if chain else ""
        if (
            isinstance(start, Name | Attribute)
            and (first in _VERBS | _MOUNTS | {"route", "routeWithRegex"})
            and self._is_router(start, chain, context)
        ):
            self._chain(self._key(start, context), chain, context)
            for link in chain:
                self.walk(link.arguments, context)
            return True
        return False

    def _is_router(self, start: Name | Attribute, chain: list[Call], context: Context) -> bool:
        name = dotted(start).removeprefix("this.")
        value = context.place.names.get(name)
        if isinstance(value, Call) and "Router" in dotted(value.callee):
            return True
        declared = next((a for a in (self._declared(context.place, name),) if a), "")
        if declared:
            return declared == "Router"
        return name.lower().endswith("router") or (len(chain) > 1 and method_of(chain[0]) == "route")

    def _declared(self, place: Place, name: str) -> str:
        for node in reversed(place.classes):
            for member in walk(node.body):
                targets = getattr(member, "targets", ())
                if any(isinstance(t, Name) and t.id == name for t in targets) or getattr(member, "name", None) == name:
                    declared = simple(getattr(member, "annotation", None))
                    if declared and declared != "var":
                        return declared
        return ""

    def _key(self, start: Name | Attribute, context: Context) -> tuple[str, ...]:
        """A name that stands for the router of a call stands for that call's own router."""
        name = dotted(start).removeprefix("this.")
        value = context.place.names.get(name)
        if isinstance(value, Call):
            made = self._returned(value, context)
            if made is not None:
                return made
            return (context.place.module.path, str(value.line), name)
        return (context.place.module.path, context.place.label, name)

    def _returned(self, call: Call, context: Context) -> tuple[str, ...] | None:
        """The router that a function of the target returns."""
        found = self.function(call.callee, context.place)
        if found is None:
            return None
        place, function = found
        inside = self._bound(function, Context(place))
        for node in walk(function.body):
            if isinstance(node, Return) and isinstance(node.value, Name):
                return self._key(node.value, inside)
        return None

    def _bound(self, function: Function, context: Context) -> Context:
        names = {t.id: node.value for node in walk(function.body) for t in getattr(node, "targets", ()) if isinstance(t, Name)}  # type: ignore[attr-defined]
        return Context(context.place.inside({name: value for name, value in names.items() if value is not None}))

    def _chain(self, key: tuple[str, ...], chain: list[Call], context: Context) -> None:
        router = self.routers.setdefault(key, _Router())
        verbs: list[str] = []
        path: str | None = None
        handlers: list[object] = []
        for link in chain:
            name, arguments = method_of(link), link.arguments
            texts = [text for argument in arguments if (text := self.text(context, argument)) is not None]
            if name in _VERBS:
                verbs.append(name.upper())
                path = texts[0] if texts else path
                handlers += [argument for argument in arguments if self.text(context, argument) is None]
            elif name in {"route", "path", "routeWithRegex"}:
                verbs += [dotted(a).rpartition(".")[2] for a in arguments if "HttpMethod" in dotted(a)]
                path = texts[0] if texts else path
            elif name == "method":
                verbs += [dotted(a).rpartition(".")[2] for a in arguments]
            elif name in _HANDLERS:
                handlers += arguments[:1]
            elif name in _MOUNTS and arguments:
                path = texts[0] if texts else path
                self._mount(key, path or "", arguments[-1], link, context)
                return
        self._register(router, verbs, path, handlers, chain[-1], context)

    def _mount(self, key: tuple[str, ...], path: str, child: object, call: Call, context: Context) -> None:
        inner = (
            self._key(child, context) if isinstance(child, Name | Attribute) else self._returned(child, context) if isinstance(child, Call) else None
        )
        if inner is not None:
            self.routers.setdefault(inner, _Router()).mounts.append((key, path.removesuffix("*").rstrip("/")))
        self.routers[key].routes.append(("MOUNT", call, context, path, inner))

    def _register(self, router: _Router, verbs: list[str], path: str | None, handlers: list[object], call: Call, context: Context) -> None:
        guards = [guard for handler in handlers if (guard := self._guard(handler, call, context)) is not None]
        router.before += [(path or "/*", guard) for guard in guards if not verbs]
        serving = [handler for handler in handlers if not _is_middleware(handler)]
        if any(isinstance(h, Call) and "StaticHandler" in _names(h) for h in handlers):
            router.routes.append(("GET", call, context, path or "/*", None))
        elif path is not None and serving and (verbs or not self._passes(serving[-1], context)):
            for verb in dict.fromkeys(verbs) or ("ANY",):
                inner = context.guarded(*guards)
                router.routes.append((verb, call, inner, path, serving[-1]))

    def _passes(self, handler: object, context: Context) -> bool:
        """Whether a handler of all methods lets requests go on: it runs before others."""
        found = self.handler(handler, context)
        return found is not None and any(isinstance(node, Call) and method_of(node) == "next" for node in walk(found[1].body))

    def _guard(self, handler: object, call: Call, context: Context) -> Guard | None:
        names = _names(handler) if isinstance(handler, Call) else []
        category = (
            ControlCategory.AUTHENTICATION
            if any(name.endswith(_AUTHENTICATING) for name in names)
            else ControlCategory.AUTHORIZATION
            if "AuthorizationHandler" in names
            else None
        )
        if category is None:
            return None
        evidence = self.read.project.evidence(context.place.module.path, call.line, call.end)
        return Guard(category=category, name=names[0], scope="router", evidence=evidence)

    def emit(self) -> Iterator[Route]:
        """The routes of every router, under each prefix that it is mounted at."""
        for key, router in self.routers.items():
            for prefix, guards in self._prefixes(key, _MAX_MOUNTS):
                for verb, call, context, path, handler in router.routes:
                    if verb == "MOUNT" and isinstance(handler, tuple) and handler in self.routers and self.routers[handler].routes:
                        continue
                    whole = joined(prefix, path)
                    before = [guard for pattern, guard in (*guards, *((joined(prefix, p), g) for p, g in router.before)) if _covers(pattern, whole)]
                    inner = Context(context.place, "", (*before, *context.guards))
                    self.add("ANY" if verb == "MOUNT" else verb, whole, call, inner, None if verb == "MOUNT" else handler)
        yield from self.found

    def _prefixes(self, key: tuple[str, ...], depth: int) -> Iterator[tuple[str, list[tuple[str, Guard]]]]:
        router = self.routers[key]
        if not router.mounts or not depth:
            yield "", []
            return
        for outer, path in router.mounts:
            if outer != key:
                for prefix, guards in self._prefixes(outer, depth - 1):
                    yield joined(prefix, path), [*guards, *((joined(prefix, p), g) for p, g in self.routers[outer].before)]


def _names(handler: object) -> list[str]:
    return [part.id if isinstance(part, Name) else part.name for part in walk(handler) if isinstance(part, Name | Attribute)][::-1]


def _is_middleware(handler: object) -> bool:
    """Tell the framework's own handlers, which are made by `create`."""
    return (
        isinstance(handler, Call) and any(name.endswith("Handler") and name[:1].isupper() for name in _names(handler)) and "create" in _names(handler)
    )


def _covers(pattern: str, path: str) -> bool:
    base = pattern.rstrip("*").rstrip("/")
    return path == pattern or (pattern.endswith("*") and (path == base or path.startswith(f"{base}/")))


def routes(project: Project) -> Iterator[Route]:
    """The routes of every router."""
    dialect = Vertx(project)
    list(dialect.routes())
    dialect.found = []
    yield from dialect.emit()
