"""Ktor: nested routes and verbs, typed resources, WebSockets, files, blocks that authenticate or limit."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar, Final

from threat_modeling.codebase.jvm.annotations import find
from threat_modeling.codebase.jvm.classes import Place, simple
from threat_modeling.codebase.jvm.dsl import Context, Dsl
from threat_modeling.codebase.jvm.paths import joined
from threat_modeling.codebase.observations import Guard
from threat_modeling.codebase.syntax import Call, Function, Literal, dotted
from threat_modeling.model import ControlCategory

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.observations import Route
    from threat_modeling.codebase.project import Project

LANGUAGES: Final = ("kotlin",)
KEYWORDS: Final = ("io.ktor",)

_VERBS: Final = frozenset({"get", "post", "put", "patch", "delete", "head", "options", "query"})
_SOCKETS: Final = frozenset({"webSocket", "webSocketRaw", "sse"})
_FILES: Final = frozenset({"static", "staticResources", "staticFiles", "staticZip", "staticFileSystem", "singlePageApplication"})
_TYPED: Final = re.compile(r"\b(get|post|put|patch|delete|head|options)\s*<\s*([\w.]+)")
_ROOT_PATH: Final = re.compile(r"^\s*rootPath\s*[=:]\s*\"?([^\"\s#]+)", re.MULTILINE)
_MAX_OUTER: Final = 6


class Ktor(Dsl):
    """What Ktor's calls mean."""

    framework: ClassVar[str] = "ktor"
    keywords: ClassVar[tuple[str, ...]] = KEYWORDS
    words: ClassVar[frozenset[str]] = _VERBS | _SOCKETS | _FILES | {"route", "routing", "authenticate", "handle", "method", "rateLimit"}

    def start(self, place: Place) -> Context:
        """Below the root path that the configuration sets."""
        return Context(place).under(self._root_path)

    @cached_property
    def _root_path(self) -> str:
        named = (path for path in self.read.project.paths if path.endswith(("application.conf", "application.yaml", "application.yml")))
        texts = (self.read.project.text(path) or "" for path in sorted(named) if "/test/" not in path)
        return next((found[1] for text in texts if (found := _ROOT_PATH.search(text))), "")

    def visit(self, call: Call, name: str, context: Context) -> bool:
        """Routes, verbs, blocks."""
        block = call.arguments[-1] if call.arguments and isinstance(call.arguments[-1], Function) else None
        path = self.text(context, call.arguments[0]) if call.arguments and call.arguments[0] is not block else None
        if name in _VERBS and block is not None:
            return self._verb(call, name, path, block, context)
        if name in _VERBS and path is not None and len(call.arguments) == 2:
            self.add(name, path, call, context, call.arguments[1])
            return True
        if name in _SOCKETS and block is not None:
            self.add("GET", path or "", call, context, block, kind="http" if name == "sse" else "websocket")
            return True
        if name in _FILES and call.arguments and (path is not None or name == "singlePageApplication"):
            self.add("GET", joined(path or "", "*"), call, context)
            return True
        return block is not None and self._block(call, name, path, block, context)

    def _verb(self, call: Call, name: str, path: str | None, block: Function, context: Context) -> bool:
        typed = self._of_type(call, context) if path is None and len(call.arguments) == 1 else None
        if typed is None and path is None and (len(call.arguments) > 1 or "." in dotted(call.callee)):
            return False
        self.add(name, typed or path or "", call, context, block)
        return True

    def _of_type(self, call: Call, context: Context) -> str | None:
        """`get<Articles.Id> { }`: the path of a class with @Resource, and of those around it or named as its parent."""
        lines = (self.read.project.text(context.place.module.path) or "").split("\n")
        match = _TYPED.search(lines[call.line - 1]) if call.line <= len(lines) else None
        found = self.read.types.find(context.place, match[2]) if match else None
        return self._resource(found, _MAX_OUTER) if found is not None else None

    def _resource(self, place: Place, depth: int) -> str | None:
        mark = find(place, place.node.decorators, ("Resource", "Location"))
        if mark is None:
            return None
        own = self.read.constants.text(place, mark.argument("value", "path")) or ""
        constructor = place.method("constructor")
        for parameter in constructor.parameters if constructor is not None and depth else ():
            outer = self.read.types.find(place, dotted(parameter.annotation)) if parameter.annotation is not None else None
            prefix = self._resource(outer, depth - 1) if outer is not None and outer.node is not place.node else None
            if prefix is not None:
                return joined(prefix, own)
        return own

    def _block(self, call: Call, name: str, path: str | None, block: Function, context: Context) -> bool:
        if name == "route":
            verbs = [dotted(argument).rpartition(".")[2] for argument in call.arguments[1:-1] if "HttpMethod" in dotted(argument)]
            self._inner(block, context.under(path or ""), verbs[0] if verbs else "")
        elif name == "method" and len(call.arguments) > 1:
            self._inner(block, context, dotted(call.arguments[0]).rpartition(".")[2])
        elif name == "handle":
            self.add("ANY", "", call, context, block)
        elif name == "authenticate":
            optional = call.keyword("optional")
            is_open = isinstance(optional, Literal) and optional.value is True
            self.walk(block.body, context if is_open else context.guarded(self._guard(call, context, ControlCategory.AUTHENTICATION, name)))
        elif name == "rateLimit":
            self.walk(block.body, context.guarded(self._guard(call, context, ControlCategory.RATE_LIMITING, name)))
        else:
            return False
        return True

    def _inner(self, block: Function, context: Context, verb: str) -> None:
        """A block for one method: its `handle` serves that method."""
        if not verb:
            self.walk(block.body, context)
            return
        for statement in block.body:
            value = getattr(statement, "value", None)
            if isinstance(value, Call) and simple(value.callee) == "handle" and value.arguments:
                self.add(verb, "", value, context, value.arguments[-1])
            else:
                self.walk((statement,), context)

    def _guard(self, call: Call, context: Context, category: ControlCategory, name: str) -> Guard:
        evidence = self.read.project.evidence(context.place.module.path, call.line, call.line)
        return Guard(category=category, name=name, scope="router", evidence=evidence)


def routes(project: Project) -> Iterator[Route]:
    """The routes of every Ktor application."""
    yield from Ktor(project).routes()
