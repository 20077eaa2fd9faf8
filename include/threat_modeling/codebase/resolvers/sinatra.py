"""Sinatra and Padrino: routes of scripts and classes, namespaces, filters in order, mounts of config.ru."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.naming import is_test
from threat_modeling.codebase.ruby.controllers import classes_of
from threat_modeling.codebase.ruby.endpoints import Endpoints
from threat_modeling.codebase.ruby.mapper import block_of
from threat_modeling.codebase.ruby.paths import joined, text_of, texts_of
from threat_modeling.codebase.ruby.rack import mounts
from threat_modeling.codebase.syntax import Attribute, Block, Call, Class, Evaluate, Export, Expression, Function, Literal, Other, Return, dotted
from threat_modeling.model import ControlCategory

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.observations import Guard, Route
    from threat_modeling.codebase.project import Project
    from threat_modeling.codebase.syntax import Module, Statement

LANGUAGES: Final = ("ruby",)
KEYWORDS: Final = ("Sinatra", "sinatra", "Padrino")
VERBS: Final = frozenset({"get", "post", "put", "patch", "delete", "options", "head", "link", "unlink"})
BASES: Final = frozenset({"Sinatra.Base", "Sinatra.Application", "Padrino.Application", "Padrino.Base"})
MAX_DEPTH: Final = 12
_TRANSPARENT: Final = frozenset({"configure", "register", "each", "with_options", "class_eval"})
_GROUP = re.compile(r"\((?:\?<(\w+)>)?(?:[^()]|\([^()]*\))*\)[?*+]?")


@dataclass(frozen=True, slots=True)
class Place:
    """What holds where a route is declared."""

    module: Module
    prefix: str
    guards: tuple[Guard, ...] = ()
    controller: str | None = None
    """The name of the Padrino controller around it; None outside."""


def routes(project: Project) -> Iterator[Route]:
    """The routes of every Sinatra application of a target."""
    modules = [module for module in project.modules(LANGUAGES, KEYWORDS) if not is_test(module.path)]
    if modules:
        yield from _Reader(project).read(modules)


@dataclass(slots=True)
class _Reader:
    project: Project
    endpoints: Endpoints = field(init=False)
    applications: set[str] = field(default_factory=set)
    mounted: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.endpoints = Endpoints(self.project, "sinatra")

    def read(self, modules: list[Module]) -> Iterator[Route]:
        """Classes first, for what they are called; then every file that reopens one of them, or is a script."""
        self.mounted = mounts(self.project)
        for module in modules:
            for name, node in classes_of(module.body):
                if self.endpoints.derives(module, node, BASES):
                    self.applications.add(name)
        script = any("sinatra" in {module for module, _ in _required(file)} for file in modules)
        for module in self.project.modules(LANGUAGES, (" do", " {")):
            if is_test(module.path):
                continue
            for name, node in classes_of(module.body):
                prefix = self.mounted.get(name.replace("::", "."), "")
                if name in self.applications or self.endpoints.derives(module, node, BASES):
                    yield from self.body(node.body, Place(module, prefix), MAX_DEPTH)
                elif any(isinstance(member, Function) and member.name in {"registered", "included"} for member in node.body):
                    yield from self.registered(node, Place(module, prefix))
            if script or _padrino(module):
                yield from self.body(tuple(s for s in module.body if not isinstance(s, Class)), Place(module, ""), MAX_DEPTH)

    def registered(self, node: Class, place: Place) -> Iterator[Route]:
        """An extension: `def self.registered(app)` adds routes to who registers it."""
        for member in node.body:
            if isinstance(member, Function) and member.name in {"registered", "included"}:
                yield from self.body(member.body, place, MAX_DEPTH)

    def body(self, body: tuple[Statement, ...], place: Place, depth: int) -> Iterator[Route]:
        """Declarations in order: a filter guards every route of its scope, wherever it stands."""
        if depth == 0:
            return
        calls = [call for statement in body for call in _calls(statement)]
        for call in calls:
            place = replace(place, guards=(*place.guards, *self.filters(call, place)))
        for statement in body:
            if isinstance(statement, Block):
                for inner in statement.bodies:
                    yield from self.body(inner, place, depth - 1)
                continue
            for call in _calls(statement):
                yield from self.declared(call, place, depth)

    def filters(self, call: Call, place: Place) -> tuple[Guard, ...]:
        """`before do ... end`, `use Rack::Auth::Basic`."""
        name, block = dotted(call.callee), block_of(call)
        if name == "before" and block is not None and len(call.arguments) == 1:
            return self.endpoints.before(place.module, call, block.body, "router")
        if name == "use" and call.arguments:
            used = dotted(call.arguments[0])
            if used.startswith(("Rack.Auth", "Warden")):
                return (self.endpoints.guard(place.module, call, ControlCategory.AUTHENTICATION, used, "application"),)
            if used.startswith("Rack.Protection.AuthenticityToken") or used == "Rack.Csrf":
                return (self.endpoints.guard(place.module, call, ControlCategory.CORS_CSP, used, "application"),)
            if used == "Rack.Attack":
                return (self.endpoints.guard(place.module, call, ControlCategory.RATE_LIMITING, used, "application"),)
        return ()

    def declared(self, call: Call, place: Place, depth: int) -> Iterator[Route]:
        """A route, or a block of them."""
        name = call.callee.name if isinstance(call.callee, Attribute) else dotted(call.callee)
        block = block_of(call)
        if name in VERBS or (name == "route" and len(call.arguments) > 1):
            yield from self.served(name, call, block, place)
        elif name in {"namespace", "controllers", "controller"} and block is not None:
            yield from self.body(block.body, self.inside(name, call, place), depth - 1)
        elif block is not None and (name in _TRANSPARENT or dotted(call.callee) == "Sinatra.new"):
            yield from self.body(block.body, place, depth - 1)

    def inside(self, name: str, call: Call, place: Place) -> Place:
        """The scope of a namespace or of a Padrino controller."""
        parts = [part for argument in call.arguments if (part := text_of(argument, {})) is not None]
        if name == "namespace":
            return replace(place, prefix=joined(place.prefix, *map(_pattern, parts)))
        mapped = text_of(call.keyword("map"), {})
        title = mapped if mapped is not None else "/".join(parts)
        above = call.keyword("parent")
        parent = f"{texts_of(above, {})[0]}/{{{texts_of(above, {})[0]}_id}}" if texts_of(above, {}) else ""
        owner = self.mounted.get(dotted(call.callee.object), "") if isinstance(call.callee, Attribute) else ""
        return replace(place, prefix=joined(owner or place.prefix, parent, _pattern(title)), controller=title)

    def served(self, name: str, call: Call, block: Function | None, place: Place) -> Iterator[Route]:
        """`get "/path" do ... end`; without a block it is a request of a test."""
        given = [argument for argument in call.arguments if argument is not block]
        handed = block is not None or any(getattr(argument, "operator", "") == "&" for argument in given)
        methods: tuple[str, ...] = (name.upper(),)
        if name == "route":
            words = [argument for argument in given if (text_of(argument, {}) or "").lower() in VERBS]
            methods = tuple((text_of(word, {}) or "").upper() for word in words)
            given = [argument for argument in given if argument not in words]
        if not handed or not (given or place.controller is not None):
            return
        for target in given[:1] or [Literal(call.line, call.line, "")]:
            path = self.path(target, call, place)
            for method in methods if path is not None else ():
                yield self.endpoints.route(place.module, method, joined(place.prefix, path or ""), call, block, place.guards)

    def path(self, target: Expression, call: Call, place: Place) -> str | None:
        """The path of a route as Sinatra (Mustermann) or Padrino writes it."""
        if isinstance(target, Other) and target.kind == "regex":
            source = next((str(child.value) for child in target.children if isinstance(child, Literal)), "")
            return _regular(source)
        written = text_of(target, {})
        if written is None:
            return None
        if place.controller is None and not written.startswith("/") and type(target).__name__ == "Symbol":
            return None if _padrino(place.module) is False else written
        if place.controller is not None:
            mapped = text_of(call.keyword("map"), {})
            written = mapped if mapped is not None else "" if written == "index" else written
        extra = "".join(f"/{{{part}}}" for part in texts_of(call.keyword("with"), {}))
        return _pattern(written) + extra


def _required(module: Module) -> Iterator[tuple[str, str]]:
    for statement in module.body:
        found = getattr(statement, "module", "")
        if isinstance(found, str) and found in {"sinatra", "sinatra/base", "sinatra/reloader", "sinatra/namespace"}:
            yield "sinatra", found


def _padrino(module: Module) -> bool:
    return any("controller" in dotted(call.callee) for statement in module.body for call in _calls(statement))


def _calls(statement: Statement) -> Iterator[Call]:
    value = statement.value if isinstance(statement, Evaluate | Return | Export) else getattr(statement, "value", None)
    if isinstance(value, Call):
        yield value


def _pattern(path: str) -> str:
    """`/a/:id?`, `/a/*`, `/a.?:format?` as a path with {names}."""
    path = re.sub(r"\.\?:\w+\??|\(\.?:?\w*\)", "", path)
    path = re.sub(r"/\??:\w+\?|/\?", "", path)
    path = re.sub(r":(\w+)", r"{\1}", path)
    return re.sub(r"(?<!\{)\*(\w*)", lambda m: f"{{{m[1] or 'splat'}}}", path)


def _regular(source: str) -> str:
    """The path that a regular expression stands for: groups are parameters."""
    inner = re.sub(r"^(?:/|%r.)|[^\w)][imxounse]*$", "", source[:2_000]).replace("\\/", "/")
    inner = re.sub(r"\\[Az]|[\^$]", "", inner)
    return "/" + _GROUP.sub(lambda m: f"{{{m[1] or 'captures'}}}", inner).lstrip("/").replace("\\", "")
