"""Grape: classes of endpoints with prefix, version, namespaces, mounts across files, and filters of their scope."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.naming import is_test
from threat_modeling.codebase.ruby.controllers import Definition, classes_of
from threat_modeling.codebase.ruby.endpoints import Endpoints
from threat_modeling.codebase.ruby.mapper import block_of
from threat_modeling.codebase.ruby.paths import joined, template, text_of, texts_of
from threat_modeling.codebase.ruby.rack import mounts
from threat_modeling.codebase.syntax import Block, Call, Evaluate, Function, Mapping, Name, Return, dotted
from threat_modeling.model import ControlCategory

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.observations import Guard, Route
    from threat_modeling.codebase.project import Project
    from threat_modeling.codebase.syntax import Statement

LANGUAGES: Final = ("ruby",)
KEYWORDS: Final = ("Grape",)
VERBS: Final = frozenset({"get", "post", "put", "patch", "delete", "head", "options"})
BASES: Final = frozenset({"Grape.API", "Grape.API.Instance"})
MAX_DEPTH: Final = 15
_NAMESPACES: Final = frozenset({"namespace", "resource", "resources", "group", "segment"})


@dataclass(slots=True)
class _Settings:
    """What a scope hands to the endpoints in it, changed line by line."""

    mount: str = ""
    prefix: str = ""
    versions: tuple[str, ...] = ("",)
    space: str = ""
    guards: tuple[Guard, ...] = ()
    declared: tuple[str, ...] = ()

    def paths(self, own: str) -> Iterator[str]:
        """The absolute paths of an endpoint."""
        for version in self.versions:
            yield template(joined(self.mount, self.prefix, version, self.space, own))


def routes(project: Project) -> Iterator[Route]:
    """The routes of every Grape API of a target."""
    if any(not is_test(module.path) for module in project.modules(LANGUAGES, KEYWORDS)):
        yield from _Reader(project).read()


@dataclass(slots=True)
class _Reader:
    project: Project
    endpoints: Endpoints = field(init=False)

    def __post_init__(self) -> None:
        self.endpoints = Endpoints(self.project, "grape")

    def read(self) -> Iterator[Route]:
        """Every API that no other one mounts."""
        found: list[tuple[str, Definition]] = []
        mounted: set[tuple[str, int]] = set()
        for module in self.project.modules(LANGUAGES, (" do", " {", "mount", "Grape")):
            if is_test(module.path):
                continue
            for name, node in classes_of(module.body):
                if self.endpoints.derives(module, node, BASES):
                    definition = Definition(module, node)
                    found.append((name, definition))
                    mounted |= {(d.module.path, d.node.line) for d, _ in self.mounted(node.body, definition, MAX_DEPTH)}
        outer = mounts(self.project)
        for name, definition in found:
            if (definition.module.path, definition.node.line) not in mounted:
                yield from self.body(definition.node.body, definition, _Settings(mount=outer.get(name.replace("::", "."), "")), MAX_DEPTH)

    def mounted(self, body: tuple[Statement, ...], definition: Definition, depth: int) -> Iterator[tuple[Definition, str]]:
        """The APIs that a body mounts, with the path that is given for each."""
        for call in _calls(body):
            block = block_of(call)
            if dotted(call.callee) == "mount" and call.arguments:
                first = call.arguments[0]
                pairs = first.entries if isinstance(first, Mapping) else ((first, call.keyword("at")),)
                for constant, at in pairs:
                    found = self.endpoints.controllers.constant(definition.module, dotted(constant)) if constant is not None else None
                    if found is not None:
                        yield found, text_of(at, {}) or ""
            elif block is not None and depth:
                yield from self.mounted(block.body, definition, depth - 1)

    def body(self, body: tuple[Statement, ...], definition: Definition, settings: _Settings, depth: int) -> Iterator[Route]:
        """One scope, line by line."""
        if depth == 0:
            return
        named: tuple[str, ...] = ()
        for call in _calls(body):
            name, block = dotted(call.callee), block_of(call)
            if name in VERBS or name == "route":
                yield from self.served(name, call, block, definition, replace(settings, declared=(*settings.declared, *named)))
                named = ()
            elif name == "params" and block is not None:
                named = tuple(_declared(block.body))
            elif name in _NAMESPACES or name == "route_param":
                if block is not None:
                    own = text_of(call.arguments[0], {}) if call.arguments and call.arguments[0] is not block else ""
                    space = joined(settings.space, f":{own}" if name == "route_param" else own or "")
                    inner = replace(settings, space=space, declared=(*settings.declared, *named))
                    yield from self.body(block.body, definition, inner, depth - 1)
                named = ()
            elif name == "mount":
                for found, at in self.mounted((Evaluate(call.line, call.end, call),), definition, 1):
                    yield from self.body(found.node.body, found, replace(settings, mount=settings.mount, space=joined(settings.space, at)), depth - 1)
            elif name == "version" and block is not None:
                yield from self.body(block.body, definition, self.set(call, replace(settings), definition), depth - 1)
            else:
                settings = self.set(call, settings, definition)

    def set(self, call: Call, settings: _Settings, definition: Definition) -> _Settings:
        """What one line changes for those below it."""
        name, block = dotted(call.callee), block_of(call)
        texts = tuple(text for argument in call.arguments for text in texts_of(argument, {}))
        if name == "prefix" and texts:
            return replace(settings, prefix=texts[0])
        if name == "version" and texts:
            using = text_of(call.keyword("using"), {})
            return replace(settings, versions=texts if using in {None, "path"} else ("",))
        if name in {"before", "before_validation", "after_validation"} and block is not None:
            return replace(settings, guards=(*settings.guards, *self.endpoints.before(definition.module, call, block.body, "router")))
        if name in {"http_basic", "http_digest", "auth"}:
            guard = self.endpoints.guard(definition.module, call, ControlCategory.AUTHENTICATION, name, "router")
            return replace(settings, guards=(*settings.guards, guard))
        return settings

    def served(self, name: str, call: Call, block: Function | None, definition: Definition, settings: _Settings) -> Iterator[Route]:
        """`get ":id" do`, `route [:get, :post], "path" do`."""
        given = [argument for argument in call.arguments if argument is not block and not isinstance(argument, Mapping)]
        methods: tuple[str, ...] = (name.upper(),)
        if name == "route":
            titles = tuple(text.upper() for text in texts_of(given[0], {})) if given else ()
            methods, given = tuple("ANY" if title in {"ANY", "*"} else title for title in titles), given[1:]
        paths = tuple(path for argument in given for path in texts_of(argument, {})) or ("",)
        for method in methods:
            for own in paths:
                for path in settings.paths(own):
                    yield self.endpoints.route(definition.module, method, path, call, block, settings.guards, settings.declared)


def _declared(body: tuple[Statement, ...]) -> Iterator[str]:
    """The names that a `params` block declares."""
    for call in _calls(body):
        if dotted(call.callee) in {"requires", "optional"}:
            for argument in call.arguments:
                if (name := text_of(argument, {})) is not None:
                    yield name
        elif (block := block_of(call)) is not None:
            yield from _declared(block.body)


def _calls(body: tuple[Statement, ...]) -> Iterator[Call]:
    """The calls of a body; a verb may stand alone, without arguments and block."""
    for statement in body:
        if isinstance(statement, Evaluate | Return):
            if isinstance(statement.value, Call):
                yield statement.value
            elif isinstance(statement.value, Name) and statement.value.id in VERBS:
                yield Call(statement.line, statement.end, statement.value)
        elif isinstance(statement, Block):
            for inner in statement.bodies:
                yield from _calls(inner)
