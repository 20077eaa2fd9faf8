"""Hanami: routes of Hanami 2 (one action a class, slices) and of Hanami 1 (controllers of several applications)."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.naming import is_test
from threat_modeling.codebase.observations import Guard, Handler, Route
from threat_modeling.codebase.ruby.constants import camelized
from threat_modeling.codebase.ruby.controllers import Controllers, Definition, classes_of, macros
from threat_modeling.codebase.ruby.guards import in_handler, of_body, usual
from threat_modeling.codebase.ruby.mapper import Mapper, block_of
from threat_modeling.codebase.ruby.paths import joined, text_of
from threat_modeling.codebase.ruby.requests import parameters
from threat_modeling.codebase.ruby.scope import Mapped, Resource, Scope
from threat_modeling.codebase.syntax import Block, Call, Class, Evaluate, Expression, Function, Return, Statement, dotted, text, walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.project import Project
    from threat_modeling.codebase.syntax import Module

LANGUAGES: Final = ("ruby",)
KEYWORDS: Final = ("Hanami", "hanami")
BASES: Final = frozenset({"Hanami.Routes"})


def routes(project: Project) -> Iterator[Route]:
    """The routes of every Hanami application of a target."""
    if not any(not is_test(module.path) for module in project.modules((*LANGUAGES,), KEYWORDS)) and not _has_gem(project):
        return
    reader = _Reader(project)
    for module in project.modules(LANGUAGES):
        if module.path.endswith("config/routes.rb") and not is_test(module.path):
            yield from reader.file(module)


def _has_gem(project: Project) -> bool:
    return any("hanami" in (project.text(path) or "") for path in sorted(project.paths) if path.endswith("Gemfile"))


@dataclass(slots=True)
class _Mapper(Mapper):
    """Hanami's router: actions are named "books.index" or "books#index", an update is PATCH, slices have folders of their own."""

    def endpoint(self, call: Call, path: str, target: Expression | None, scope: Scope) -> tuple[str, str]:
        """Folder and name of an action; a path alone names none."""
        del path
        said = text_of(target if target is not None else call.keyword("to"), self.env)
        if said is None:
            return "", ""
        left, _, action = said.replace("#", ".").rpartition(".")
        return "/".join(filter(None, (scope.module, left.replace(".", "/").replace("::", "/").lower()))), action

    def root(self, call: Call, _block: Function | None, scope: Scope) -> None:
        """`root to: "home.show"`, or a block that answers."""
        self.add("GET", self.placed(scope), self.endpoint(call, "", None, scope), call, scope)

    def actions(self, call: Call, scope: Scope, opened: Resource, *, plural_: bool) -> None:
        """Resources, without PUT."""
        before = len(self.routes)
        Mapper.actions(self, call, scope, opened, plural_=plural_)
        self.routes[before:] = [mapped for mapped in self.routes[before:] if mapped.method != "PUT"]

    def evaluate(self, value: Expression, scope: Scope) -> None:
        """`slice :main, at: "/main" do` is a path and a folder."""
        block = block_of(value) if isinstance(value, Call) else None
        if isinstance(value, Call) and dotted(value.callee) == "slice" and block is not None:
            name = text_of(value.arguments[0], self.env) or ""
            path = joined(scope.path, text_of(value.keyword("at"), self.env) or f"/{name}")
            self.run(block.body, replace(scope, path=path, module=f"slices/{name}"))
            return
        Mapper.evaluate(self, value, scope)


@dataclass(slots=True)
class _Reader:
    project: Project
    controllers: Controllers = field(init=False)

    def __post_init__(self) -> None:
        self.controllers = Controllers(self.project)

    def file(self, module: Module) -> Iterator[Route]:
        """One table of routes: a class of Hanami::Routes, or a script of Hanami 1."""
        bodies = [node.body for _, node in classes_of(module.body) if any(dotted(base) in BASES for base in node.bases)]
        plain = tuple(statement for statement in module.body if isinstance(statement, Evaluate | Block))
        for body in bodies or [_unwrapped(plain)]:
            mapper = _Mapper(lambda _importer, _name: None)
            mapper.run(body, Scope(module, path=self.prefix(module)))
            for mapped in mapper.routes:
                yield self.route(mapped)

    def prefix(self, module: Module) -> str:
        """Where config/environment.rb mounts an application of Hanami 1, by the name of its folder."""
        folder = module.path.removesuffix("/config/routes.rb").rpartition("/")[2]
        above = module.path.partition("apps/")[0] if "apps/" in module.path else None
        environment = self.project.module(f"{above}config/environment.rb") if above is not None else None
        for call in walk(environment.body) if environment is not None else ():
            if (
                isinstance(call, Call)
                and dotted(call.callee) == "mount"
                and call.arguments
                and dotted(call.arguments[0]).lower().startswith(f"{folder.replace('_', '')}.")
            ):
                return text_of(call.keyword("at"), {}) or ""
        return f"/{folder}" if above is not None and folder not in {"web", ""} and environment is None else ""

    def route(self, mapped: Mapped) -> Route:
        """One entry with the class of its action."""
        definition = self.action(mapped)
        function = next((definition.methods[name] for name in ("handle", "call") if name in definition.methods), None) if definition else None
        handler = None
        guards: list[Guard] = []
        declared: tuple[str, ...] = ()
        if definition is not None:
            node = function or definition.node
            name = f"{mapped.controller.rpartition('/')[2]}.{mapped.action}"
            handler = Handler(file=definition.module.path, line=node.line, end=node.end, function=name)
            guards = list(self.guards(definition, function))
            declared = tuple(_declared(definition))
        elif block_of(mapped.node) is not None if isinstance(mapped.node, Call) else False:
            handler = Handler(file=mapped.module.path, line=mapped.node.line, end=mapped.node.end, function=f"{mapped.method} {mapped.path}")
        return Route(
            method=mapped.method,
            path=mapped.path,
            framework="hanami",
            handler=handler,
            registration=self.project.evidence(mapped.module.path, mapped.node.line, mapped.node.line),
            parameters=parameters([function.body] if function is not None else [], mapped.method, mapped.path, declared),
            guards=tuple(dict.fromkeys(guards)),
        )

    def action(self, mapped: Mapped) -> Definition | None:
        """The class of an action, by where Hanami looks for it."""
        root = mapped.module.path.removesuffix("config/routes.rb")
        slice_, _, rest = mapped.controller.partition("/") if mapped.controller.startswith("slices/") else ("", "", mapped.controller)
        if slice_:
            name, _, rest = rest.partition("/")
            slice_ = f"slices/{name}/"
        for folder in (f"{root}{slice_}actions/", f"{root}app/actions/", f"{root}controllers/", f"{root}app/controllers/"):
            path = f"{folder}{rest}/{mapped.action}.rb"
            module = self.project.module(path) if path in self.project.paths else None
            if module is not None:
                return self.controllers.declared(module, camelized(mapped.action))
        return None

    def guards(self, definition: Definition, function: Function | None) -> Iterator[Guard]:
        """`before :authenticate`, blocks, and checks in the action."""

        def find(name: str) -> Function | None:
            found = self.controllers.action(definition, name)
            return found[1] if found is not None else None

        for macro in self.controllers.macros(definition):
            if macro.name != "before":
                continue
            for argument in macro.call.arguments:
                name = text(argument) or "before"
                known = argument if isinstance(argument, Function) else find(name)
                found = of_body(known.body, find) if known is not None else tuple(filter(None, (usual(name),)))
                for category in found:
                    evidence = self.project.evidence(macro.module.path, macro.call.line, macro.call.line)
                    yield Guard(category=category, name=name, scope="router", evidence=evidence)
        for category, name, node in in_handler(function.body, find) if function is not None else ():
            evidence = self.project.evidence(definition.module.path, node.line, min(node.end, node.line + 10))
            yield Guard(category=category, name=name, scope="handler", evidence=evidence)


def _declared(definition: Definition) -> Iterator[str]:
    """What the `params` block of an action declares."""
    for macro in macros(definition):
        block = block_of(macro.call) if macro.name in {"params", "contract"} else None
        for call in _calls(block.body) if block is not None else ():
            inner = call
            while isinstance(inner, Call) and dotted(inner.callee) not in {"required", "optional"}:
                target = getattr(inner.callee, "object", None)
                if not isinstance(target, Call):
                    break
                inner = target
            if dotted(inner.callee) in {"required", "optional"} and inner.arguments and (name := text(inner.arguments[0])):
                yield name


def _unwrapped(body: tuple[Statement, ...]) -> tuple[Statement, ...]:
    """What `Hanami::Router.new do` and `Hanami.application.routes do` hold, or the script itself."""
    for call in _calls(body):
        block = block_of(call)
        if block is not None and dotted(call.callee).startswith("Hanami."):
            return block.body
    return body


def _calls(body: tuple[Statement, ...]) -> Iterator[Call]:
    for statement in body:
        value = statement.value if isinstance(statement, Evaluate | Return) else None
        if isinstance(value, Call):
            yield value
        elif isinstance(statement, Class):
            yield from _calls(statement.body)
